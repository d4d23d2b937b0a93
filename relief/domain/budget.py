"""What can a fund still promise, and what can it still pay? Every movement and its effect in one table.

Approval draws on money announced (指标), release only on money received (到账). `committed` is promised and
not yet paid; `released` is the part of it that stands on a released or sent sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.money import ZERO, Money
from relief.domain.sentences import Sentence


@dataclass(frozen=True)
class Balance:
    """Where a fund stands."""

    announced: Money = ZERO
    received: Money = ZERO
    committed: Money = ZERO
    released: Money = ZERO
    paid: Money = ZERO

    @property
    def left_to_promise(self) -> Money:
        """What approvals can still draw on."""
        return self.announced - self.committed - self.paid

    @property
    def left_to_release(self) -> Money:
        """What sheets can still draw on."""
        return self.received - self.released - self.paid


class Movement(StrEnum):
    """Everything that can happen to a fund. `_back` undoes; `bounce` is a payment that the bank returned."""

    ANNOUNCE = "announce"
    ANNOUNCE_BACK = "announce_back"
    RECEIVE = "receive"
    RECEIVE_BACK = "receive_back"
    COMMIT = "commit"
    UNCOMMIT = "uncommit"
    RELEASE = "release"
    UNRELEASE = "unrelease"
    BOUNCE = "bounce"
    PAY = "pay"
    BOUNCE_AFTER_PAY = "bounce_after_pay"
    RECOVER = "recover"

    @property
    def label(self) -> Sentence:
        return _NAMES[self]


_NAMES: Mapping[Movement, Sentence] = MappingProxyType(
    {
        Movement.ANNOUNCE: label("Money announced"),
        Movement.ANNOUNCE_BACK: label("Announcement taken back"),
        Movement.RECEIVE: label("Money received"),
        Movement.RECEIVE_BACK: label("Money returned to the giver"),
        Movement.COMMIT: label("Award approved"),
        Movement.UNCOMMIT: label("Award dropped"),
        Movement.RELEASE: label("Payment released"),
        Movement.UNRELEASE: label("Release taken back"),
        Movement.BOUNCE: label("Payment returned by the bank"),
        Movement.PAY: label("Payment succeeded"),
        Movement.BOUNCE_AFTER_PAY: label("Payment returned after success"),
        Movement.RECOVER: label("Money recovered"),
    }
)

# What an amount does to each column: +1, −1, or nothing. The journal and the cached row both read this.
DELTAS: Mapping[Movement, Mapping[str, int]] = MappingProxyType(
    {
        Movement.ANNOUNCE: {"announced": +1},
        Movement.ANNOUNCE_BACK: {"announced": -1},
        Movement.RECEIVE: {"received": +1},
        Movement.RECEIVE_BACK: {"received": -1},
        Movement.COMMIT: {"committed": +1},
        Movement.UNCOMMIT: {"committed": -1},
        Movement.RELEASE: {"released": +1},
        Movement.UNRELEASE: {"released": -1},
        Movement.BOUNCE: {"released": -1},
        Movement.PAY: {"released": -1, "committed": -1, "paid": +1},
        Movement.BOUNCE_AFTER_PAY: {"paid": -1, "committed": +1},
        Movement.RECOVER: {"paid": -1},
    }
)


def apply(balance: Balance, movement: Movement, amount: Money) -> Balance:
    """The balance after the movement, or RuleBroken on `amount` with the figures that forbid it."""
    if amount <= ZERO:
        raise RuleBroken("amount", "The amount must be above zero.")
    changed = {column: getattr(balance, column) + amount * sign for column, sign in DELTAS[movement].items()}
    after = replace(balance, **changed)
    for holds, refuse in _INVARIANTS:
        if not holds(after):
            raise refuse(balance, amount)
    return after


def project(movements: Iterable[tuple[Movement, Money]]) -> Balance:
    """The balance that a journal adds up to, from nothing; RuleBroken at the first movement that cannot be."""
    balance = Balance()
    for movement, amount in movements:
        balance = apply(balance, movement, amount)
    return balance


# Each says where the fund stood before, with the figures that its sentence names.
def _too_much_promised(before: Balance, amount: Money) -> RuleBroken:
    return RuleBroken(
        "amount",
        "The fund can still promise %(left)s; this needs %(amount)s. "
        "(Announced %(announced)s, promised %(committed)s, paid %(paid)s.)",
        left=before.left_to_promise, amount=amount, **vars(before),
    )  # fmt: skip


def _too_little_cash(before: Balance, amount: Money) -> RuleBroken:
    return RuleBroken(
        "amount",
        "The fund holds %(left)s in cash that is free; this needs %(amount)s. "
        "(Received %(received)s, released %(released)s, paid %(paid)s.)",
        left=before.left_to_release, amount=amount, **vars(before),
    )  # fmt: skip


def _more_than_announced(before: Balance, amount: Money) -> RuleBroken:
    return RuleBroken(
        "amount",
        "Announced are %(announced)s and received %(received)s: %(amount)s would leave more received than "
        "announced. Enter the announcement first.",
        amount=amount, **vars(before),
    )  # fmt: skip


def _more_than_committed(before: Balance, amount: Money) -> RuleBroken:
    return RuleBroken(
        "amount",
        "Promised are %(committed)s, of which %(released)s are released: %(amount)s is not possible.",
        amount=amount, **vars(before),
    )  # fmt: skip


def _more_than_released(before: Balance, amount: Money) -> RuleBroken:
    return RuleBroken("amount", "Released are %(released)s: less than %(amount)s.", amount=amount, **vars(before))


def _more_than_paid(before: Balance, amount: Money) -> RuleBroken:
    return RuleBroken("amount", "Paid are %(paid)s: less than %(amount)s.", amount=amount, **vars(before))


# The order is the order in which a person would ask. Those of sign come first, the rest build on them.
_INVARIANTS: tuple[tuple[Callable[[Balance], bool], Callable[[Balance, Money], RuleBroken]], ...] = (
    (lambda after: after.paid >= ZERO, _more_than_paid),
    (lambda after: after.released >= ZERO, _more_than_released),
    (lambda after: after.released <= after.committed, _more_than_committed),
    (lambda after: after.left_to_promise >= ZERO, _too_much_promised),
    (lambda after: after.left_to_release >= ZERO, _too_little_cash),
    (lambda after: after.announced >= after.received, _more_than_announced),
)
