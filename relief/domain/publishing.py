"""May this text hang on a public board? Never with a resident ID, a phone or an account in it.

What a careful eye would find is found: full-width and foreign digits, and digits pulled apart by blanks,
dashes or dots. Amounts and dates are set aside first, so that a table of them is not taken for a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from relief.domain.errors import RuleBroken
from relief.domain.identity import check_character

_HARMLESS = re.compile(
    r"(?<![\d,.])\d{1,3}(?:,\d{3})*\.\d{2}(?!\d)"  # 1,234.50
    r"|(?<!\d)(?:19|20)\d\d(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,2}(?!\d)"  # 2026-02-12
    r"|(?<!\d)(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
)
_GROUP = re.compile(r"\d+(?:[Xx](?![A-Za-z\d]))?|(?<![A-Za-z\d])[Xx](?![A-Za-z\d])")
_GAP = re.compile(r"[\W_]{1,3}")
_BIRTH = re.compile(r"\d{6}(18|19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]", re.ASCII)
_OLD_BIRTH = re.compile(r"[1-8]\d{7}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}", re.ASCII)
_PHONE = re.compile(r"(?:86|0086)?1[3-9]\d{9}", re.ASCII)
_ACCOUNT = re.compile(r"\d{12,}", re.ASCII)
_CARD_IN_GROUPS = re.compile(r"[3-6]\d{14,18}", re.ASCII)
_MOST_GROUPS = 19


def assert_publishable(text: str, *, allowed: Iterable[str] = ()) -> None:
    """Nothing when the text may be shown; RuleBroken on `notice` naming what kind of number stands in it.

    `allowed` are the office's own numbers, which objections are sent to.
    """
    plain = _plain(text)
    for own in allowed:
        plain = plain.replace(_plain(own), "年")
    for line in _HARMLESS.sub("年", plain).splitlines():
        _look_through(line, _refuse)
    # Once more over all: a number broken over two lines, or holding what looks like a date or an amount.
    _look_through(plain, _refuse_true_resident_id)


def _plain(text: str) -> str:
    """Half width, without invisible signs, every decimal digit of any script as 0 to 9."""
    folded = unicodedata.normalize("NFKC", text)
    seen = (sign for sign in folded if unicodedata.category(sign) != "Cf")
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in seen)


def _look_through(text: str, refuse: Callable[[list[str]], None]) -> None:
    for groups in _runs(text):
        for start in range(len(groups)):
            for end in range(start + 1, min(start + _MOST_GROUPS, len(groups)) + 1):
                refuse(groups[start:end])


def _runs(text: str) -> Iterator[list[str]]:
    """Groups of digits that stand near each other: no letter, and at most three signs, between two."""
    run: list[str] = []
    end = 0
    for found in _GROUP.finditer(text):
        if run and not _GAP.fullmatch(text[end : found.start()]):
            yield run
            run = []
        run.append(found[0].upper())
        end = found.end()
    yield run


def _refuse(groups: list[str]) -> None:
    number = "".join(groups)
    if _BIRTH.fullmatch(number) or (len(groups) == 1 and _OLD_BIRTH.fullmatch(number)):
        raise _resident_id_stands_here()
    if _PHONE.fullmatch(number):
        raise RuleBroken("notice", "A mobile number stands in the text of the notice. Take it out.")
    if _is_account(groups, number):
        raise RuleBroken("notice", "A bank card or account stands in the text of the notice. Take it out.")


def _refuse_true_resident_id(groups: list[str]) -> None:
    number = "".join(groups)
    true = _BIRTH.fullmatch(number) and check_character(number[:17]) == number[17]
    if true and not _counts_up(groups):
        raise _resident_id_stands_here()


def _counts_up(groups: list[str]) -> bool:
    """Row numbers one below the other: 206 to 211 happen to make a true resident ID."""
    rows = [int(group) for group in groups if group.isdecimal()]
    return len(rows) > 1 and rows == list(range(rows[0], rows[0] + len(groups)))


def _resident_id_stands_here() -> RuleBroken:
    return RuleBroken("notice", "A resident ID stands in the text of the notice. Take it out.")


def _is_account(groups: list[str], number: str) -> bool:
    """Twelve digits in one go; or groups of three and more that add up to a card."""
    if len(groups) == 1:
        return bool(_ACCOUNT.fullmatch(number))
    return all(3 <= len(group) <= 8 for group in groups[:-1]) and bool(_CARD_IN_GROUPS.fullmatch(number))
