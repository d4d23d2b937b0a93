"""Where does everything stand on a voucher? One geometry for the ruled form and for the words put on it.

The form (labels and rules) is laid out once per process; a voucher then costs only its own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from relief.documents.language import Words
from relief.documents.placing import Box, Page, Rule
from relief.domain.labels import label

LEFT, TOP, WIDTH, LABEL_WIDTH = 14.0, 32.0, 186.0, 19.0
COLUMNS = (47.0, 42.0, 40.0)
WIDER = {"reason": 167.0, "capitals": 108.0, "figures": 40.0, "goods": 101.0}

ROWS = (
    (9.5, ("payee", "resident_id", "kind")),
    (9.5, ("fund", "case_number", "month")),
    (16.0, ("reason",)),
    (11.0, ("capitals", "figures")),
    (9.5, ("way", "bank", "account")),
    (9.5, ("agent", "agent_id", "authority")),
    (13.0, ("signature", "fingerprint", "witness")),
    (9.5, ("received", "attachments", "entry_number")),
)
GOODS_ROW = (9.5, ("way", "goods"))
HANDS = ("approver", "reviewer", "handler_1", "handler_2", "cashier")

LABELS = {
    "payee": label("Payee"),
    "resident_id": label("Resident ID"),
    "kind": label("Kind of relief"),
    "fund": label("Source of the money"),
    "case_number": label("Case number"),
    "month": label("Month of relief"),
    "reason": label("Reason"),
    "capitals": label("Amount in capitals"),
    "figures": label("In figures"),
    "way": label("Way of paying"),
    "bank": label("Bank"),
    "account": label("Account"),
    "goods": label("Goods"),
    "agent": label("Collected by agent"),
    "agent_id": label("Agent's resident ID"),
    "authority": label("Relation, authorisation"),
    "signature": label("Signature of payee"),
    "fingerprint": label("Fingerprint"),
    "witness": label("Witness"),
    "received": label("Day received"),
    "attachments": label("Attachments"),
    "entry_number": label("Accounting entry no."),
    "approver": label("Approved by"),
    "reviewer": label("Reviewed by"),
    "handler_1": label("Handled by"),
    "handler_2": label("Handled by"),
    "cashier": label("Cashier"),
}

OFFICE = Box(42, 8.5, 104, 6, 10.5, "center")
TITLE = Box(38, 14, 112, 10, 18, "center", bold=True)
NUMBER = Box(150, 13, 51.2, 6, 10, "right", bold=True)
COPY_NAME = Box(150, 18.5, 51.2, 4.5, 8, "right")
REPLACES = Box(140, 22, 61.2, 4.5, 8, "right")
UNIT = Box(37, 26, 126, 5.5)
DAY = Box(155, 26, 46.2, 5.5, 9.5, "right")
CODE = (15.0, 8.0, 19.5)
UNDER_CODE = Box(13, 27.6, 24, 3.6, 7, "center")
CALL = Box(14, 9, 23, 18, 8, "center")
FOOT = Box(12.8, 133, 143, 9, 7)
VOID_STAMP = Box(158, 133, 42, 9, 8, "center")
HANDS_TOP, HANDS_HEIGHT = 122.5, 8.0


def form(words: Words, copy_name: str, goods: bool, code: bool) -> Page:
    """The ruled page without any voucher's words: with a row for goods or for an account, with or without a QR."""
    page = Page(words.gettext("Voucher of hardship relief"))
    page.write(page.title, TITLE)
    page.rules.append(Rule(TITLE.left + 14, 24, TITLE.width - 28, 1.2, "double"))
    page.write(copy_name, COPY_NAME)
    page.write(words.gettext("Place for the void stamp"), VOID_STAMP)
    page.rules.append(Rule(VOID_STAMP.left, VOID_STAMP.top, VOID_STAMP.width, VOID_STAMP.height, "dashed"))
    _table(page, words, goods)
    if code:
        page.write(words.gettext("Scan to verify"), UNDER_CODE)
    else:
        page.rules.append(Rule(CALL.left, CALL.top, CALL.width, CALL.height))
    return page


def boxes(goods: bool) -> dict[str, Box]:
    """The place of each value in the table and in the line of hands."""
    found = {name: _EMPHASIS.get(name, _plain)(box) for name, _, box in _cells(goods)}
    for place, name in enumerate(HANDS):
        found[name] = Box(LEFT - 1.2 + place * WIDTH / 5, HANDS_TOP, WIDTH / 5, HANDS_HEIGHT, 9, one_line=True)
    return found


def _plain(box: Box) -> Box:
    return box


_EMPHASIS: dict[str, Callable[[Box], Box]] = {
    "payee": lambda box: replace(box, largest=12.0, bold=True),
    "capitals": lambda box: replace(box, largest=13.0, bold=True, one_line=True),
    "figures": lambda box: replace(box, largest=13.0, bold=True, lean="right", one_line=True),
    "received": lambda box: replace(box, largest=9.0, lean="right"),
}


def _cells(goods: bool) -> Iterator[tuple[str, Box, Box]]:
    """Each cell of the table: name, box of the label, box of the value."""
    top = TOP
    for height, names in (GOODS_ROW if goods and "bank" in row[1] else row for row in ROWS):
        left = LEFT
        for name, usual in zip(names, COLUMNS, strict=False):
            width = WIDER.get(name, usual)
            yield name, Box(left, top, LABEL_WIDTH, height, 9, "center"), Box(left + LABEL_WIDTH, top, width, height)
            left += LABEL_WIDTH + width
        top += height


def _table(page: Page, words: Words, goods: bool) -> None:
    for name, of_label, of_value in _cells(goods):
        page.write(words.say(LABELS[name]), of_label)
        page.rules.append(Rule(of_label.left, of_label.top, of_label.width, of_label.height))
        page.rules.append(Rule(of_value.left, of_value.top, of_value.width, of_value.height))
    page.write(words.gettext("____ / ____ / ________"), boxes(goods)["received"])
    page.rules.append(Rule(LEFT, TOP, WIDTH, sum(height for height, _ in ROWS), "thick"))
