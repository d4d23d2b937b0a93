"""How does a state look? Its words, and one of five tones: still, waits, moves, good, bad."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from relief.domain.auditing import DOUBT_STATE_LABELS, DoubtState
from relief.domain.workflow import STATE_LABELS, NoticeState, PaymentState, SheetState, State, VoucherState
from relief.web.sentences import words

Looks = Mapping[str, tuple[object, str]]

_CASE_TONES = {
    State.DRAFT: "still", State.SUBMITTED: "waits", State.OPINION_GIVEN: "waits", State.ON_NOTICE: "moves",
    State.FORWARDED: "waits", State.IN_APPROVAL: "waits", State.APPROVED: "moves", State.IN_PAYMENT: "moves",
    State.PAID: "good", State.FOLLOWED_UP: "good", State.CLOSED: "still", State.REFUSED: "bad",
    State.WITHDRAWN: "still", State.REVOKED: "bad",
}  # fmt: skip
LOOKS: dict[str, Looks] = {
    "case": {state: (STATE_LABELS[state], tone) for state, tone in _CASE_TONES.items()},
    "sheet": {
        SheetState.DRAFT: (_l("Sheet in the making"), "still"),
        SheetState.SUBMITTED: (_l("Waiting for release"), "waits"),
        SheetState.RELEASED: (_l("Released"), "moves"),
        SheetState.SENT: (_l("Sent to the bank"), "moves"),
        SheetState.RECONCILED: (_l("All results recorded"), "good"),
        SheetState.CLOSED: (_l("Sheet closed"), "still"),
    },
    "payment": {
        PaymentState.PLANNED: (_l("Planned"), "still"),
        PaymentState.ON_SHEET: (_l("On a sheet"), "waits"),
        PaymentState.RELEASED: (_l("Released"), "moves"),
        PaymentState.SENT: (_l("Sent to the bank"), "moves"),
        PaymentState.SUCCEEDED: (_l("Payment succeeded"), "good"),
        PaymentState.BOUNCED: (_l("Returned by the bank"), "bad"),
        PaymentState.VOID: (_l("Void (payment)"), "still"),
    },
    "voucher": {
        VoucherState.MADE: (_l("Voucher made"), "still"),
        VoucherState.PRINTED: (_l("Waiting for the signature"), "waits"),
        VoucherState.SIGNED: (_l("Signed"), "good"),
        VoucherState.ARCHIVED: (_l("Archived"), "still"),
        VoucherState.VOID: (_l("Void (voucher)"), "bad"),
    },
    "notice": {
        NoticeState.DRAFT: (_l("Notice in the making"), "still"),
        NoticeState.POSTED: (_l("On public notice"), "moves"),
        NoticeState.ENDED: (_l("Notice ended"), "good"),
        NoticeState.STOPPED: (_l("Notice stopped"), "bad"),
        NoticeState.TAKEN_DOWN: (_l("Taken down"), "still"),
    },
    "doubt": {
        DoubtState.OPEN: (DOUBT_STATE_LABELS[DoubtState.OPEN], "waits"),
        DoubtState.ANSWERED: (DOUBT_STATE_LABELS[DoubtState.ANSWERED], "moves"),
        DoubtState.SETTLED: (DOUBT_STATE_LABELS[DoubtState.SETTLED], "good"),
        DoubtState.UPHELD: (DOUBT_STATE_LABELS[DoubtState.UPHELD], "bad"),
    },
}
# Goods are handed over and signed for: the same states in other words.
LOOKS["sheet of goods"] = {
    **LOOKS["sheet"],
    SheetState.SENT: (_l("Being handed out"), "moves"),
    SheetState.RECONCILED: (_l("All handed out or back"), "good"),
}
LOOKS["payment of goods"] = {
    **LOOKS["payment"],
    PaymentState.SENT: (_l("Being handed out"), "moves"),
    PaymentState.SUCCEEDED: (_l("Signed for"), "good"),
    PaymentState.BOUNCED: (_l("Not handed over"), "bad"),
}


def state_words(code: str, table: str = "case") -> str:
    """The state in the reader's language; an unknown code stays as it is."""
    return words(LOOKS[table].get(code, (code, ""))[0])


def state_tone(code: str, table: str = "case") -> str:
    """`still`, `waits`, `moves`, `good` or `bad`."""
    return LOOKS[table].get(code, ("", "still"))[1]
