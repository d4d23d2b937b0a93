"""Who must sign, by amount? And whose hands are barred from this case, because of what they did or are?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.labels import label
from relief.domain.money import ZERO, Money, total
from relief.domain.sentences import Sentence


@dataclass(frozen=True)
class Level:
    """One signature: whose role, and whether an office meeting must stand behind it."""

    role: str
    needs_meeting: bool = False


@dataclass(frozen=True)
class Tier:
    """Amounts up to and with `up_to` (None: any) go through these levels, in this order."""

    up_to: Money | None
    levels: tuple[Level, ...]


def chain_for(amount: Money, tiers: Sequence[Tier]) -> tuple[Level, ...]:
    """The levels for this amount. RuleBroken on `amount` above the last tier: file it upward."""
    for tier in tiers:
        if tier.up_to is None or amount <= tier.up_to:
            return tier.levels
    raise RuleBroken(
        "amount",
        "%(amount)s is above %(most)s, the most that this bureau may decide. File it to the union above.",
        amount=amount,
        most=tiers[-1].up_to or ZERO,
    )


def judge_tiers(tiers: Sequence[Tier]) -> None:
    """RuleBroken on `approval` unless limits rise, only the last is open, and each tier has levels."""
    limits = [tier.up_to for tier in tiers]
    closed = [limit for limit in limits if limit is not None]
    rising = all(lower < higher for lower, higher in pairwise(closed))
    if not tiers or not rising or None in limits[:-1]:
        raise RuleBroken("approval", "The limits of approval must rise from level to level.")
    if not all(tier.levels for tier in tiers):
        raise RuleBroken("approval", "Every limit of approval needs somebody who signs.")


def amount_for_threshold(this: Money, earlier: Iterable[tuple[date, Money]], on: date) -> Money:
    """This request and the others of its household, kind and event in the twelve months that end `on`.

    Split requests count together: the same day a year before lies outside.
    """
    since = _a_year_before(on)
    return this + total(amount for day, amount in earlier if since < day <= on)


@dataclass(frozen=True)
class Hands:
    """Who took part in this case, and who is close to it, by person (resident ID), not by account.

    `decided` holds who approved at another level of this round; `made`, `released` and `paid` are the hands
    on the sheet. `household` are its members, `relatives` the persons who declared to be near to them; `took_part`
    everybody who took any step of the case.
    """

    entered: frozenset[int] = frozenset()
    visited: frozenset[int] = frozenset()
    opinion: frozenset[int] = frozenset()
    reviewed: frozenset[int] = frozenset()
    decided: frozenset[int] = frozenset()
    made: frozenset[int] = frozenset()
    released: frozenset[int] = frozenset()
    paid: frozenset[int] = frozenset()
    household: frozenset[int] = frozenset()
    relatives: frozenset[int] = frozenset()
    took_part: frozenset[int] = frozenset()


_TAKEN: Mapping[str, Sentence] = MappingProxyType(
    {
        "household": label("This is your own household. Somebody else must do it."),
        "relatives": label("You declared to be near to this household. Somebody else must do it."),
        "entered": label("You entered this case. Somebody else must do it."),
        "visited": label("You visited this household for this case. Somebody else must do it."),
        "opinion": label("You gave the unit's opinion on this case. Somebody else must do it."),
        "reviewed": label("You reviewed this case. Somebody else must do it."),
        "decided": label("You approved this case at another level. Somebody else must do it."),
        "made": label("You made this sheet. Somebody else must do it."),
        "released": label("You released this sheet. Somebody else must do it."),
        "paid": label("You pay this sheet. Somebody else must do it."),
        "took_part": label("You took part in this case. Somebody who did not must do it."),
    }
)
_NEAR = ("household", "relatives")

# Step → the hands that bar it. Enter ≠ review ≠ approve ≠ release; nobody decides at two levels.
BARRED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "enter": (*_NEAR, "opinion", "reviewed", "decided", "released"),
        "visit": _NEAR,
        "opinion": (*_NEAR, "entered", "visited", "reviewed", "decided"),
        "review": (*_NEAR, "entered", "visited", "opinion", "decided"),
        "decide": (*_NEAR, "entered", "visited", "opinion", "reviewed", "decided", "released"),
        "settle": (*_NEAR, "entered", "visited"),
        "undo": _NEAR,
        "ratify": (*_NEAR, "entered", "visited", "opinion"),
        "appeal": (*_NEAR, "entered", "visited", "opinion", "reviewed", "decided", "took_part"),
        "follow_up": (*_NEAR, "visited"),
        "make": ("released",),
        "release": (*_NEAR, "entered", "reviewed", "decided", "made", "paid"),
        "pay": ("decided", "released"),
    }
)


def may_decide(person: int, hands: Hands, step: str) -> Sentence | None:
    """None when the person may take this step (`enter`, `opinion`, `review`, `decide`, …); else why not."""
    for hand in BARRED_BY[step]:
        if person in getattr(hands, hand):
            return _TAKEN[hand]
    return None


def require_hand(person: int, hands: Hands, step: str) -> None:
    """Raise NotAllowed where `may_decide` says why not."""
    why_not = may_decide(person, hands, step)
    if why_not is not None:
        raise NotAllowed(None, why_not.message)


def _a_year_before(day: date) -> date:
    """29 February goes back to 28 February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
