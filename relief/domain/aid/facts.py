"""On which facts does a decision about one case rest?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from relief.domain.money import Money


@dataclass(frozen=True)
class VisitFact:
    """A visit as a gate sees it: how, on which day, how many named visitors, whether the heating was seen."""

    id: int
    kind: str
    on: date
    visitors: int
    saw_heating: bool = False


@dataclass(frozen=True)
class WindowFact:
    """The window that a case of a list belongs to, and the days on which one may apply."""

    code: str
    opens_on: date
    apply_by: date


@dataclass(frozen=True)
class CaseFacts:
    """What a decision about one case rests on; frozen into its snapshot.

    `received_of_kind` and `received_in_year` are awards of this household of the year that this one counts in (its
    window's, else that of `on`), without this case: of the same kind, and of all kinds together; `received_of_item`
    those of the same item (and person, where the item is a person's). `earlier_requests` are this household's other
    requests of the same kind and event in the twelve months before (day, amount), for the approval threshold.
    `paid_for_event`: another case of any kind helps for the same event. `in_window_already`: another case of this kind
    stands in the same window. `item_runs`: an earlier award of the same item still has instalments to come.
    """

    on: date
    household_members: int
    category: str | None = None
    file_tier: str = "bureau"
    file_status: str = "active"
    heating: str | None = None
    reviewed_on: date | None = None
    applied_on: date | None = None
    approved_on: date | None = None
    event_on: date | None = None
    event_kind: str | None = None
    grade: int | None = None
    item: str | None = None
    months: int | None = None
    cost: Money | None = None
    beneficiary: int | None = None
    window: WindowFact | None = None
    requested: Money | None = None
    received_of_kind: Money = field(default_factory=lambda: Money(0))
    received_in_year: Money = field(default_factory=lambda: Money(0))
    received_of_item: Money = field(default_factory=lambda: Money(0))
    earlier_requests: tuple[tuple[date, Money], ...] = ()
    paid_for_event: bool = False
    in_window_already: bool = False
    item_runs: bool = False
    visits: tuple[VisitFact, ...] = ()
    evidence: frozenset[str] = frozenset()
    has_consent: bool = False
    has_account: bool = False
    has_phone: bool = False
