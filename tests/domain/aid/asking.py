"""Which facts and which calendar do the tests of the kinds ask with? A household that lacks nothing, in 2026."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from relief.domain.aid.kind import CaseFacts, Gate, Kind, VisitFact, WindowFact
from relief.domain.calendar import Calendar, LunarYear, statutory_days
from relief.domain.money import Money
from tests.domain.test_calendar import LUNAR, OFF_2026, WORKING_2026

TODAY = date(2026, 3, 10)
YEARS = {year.year: year for year in LUNAR}
PAPERS = frozenset({"application", "identity", "income", "diagnosis", "study", "event_proof"})


def the_law(lunar: LunarYear) -> dict[date, str]:
    """The days off of a year without a notice; the summer feasts stand on days that no winter window touches."""
    year = lunar.year
    return statutory_days(
        year, new_year=lunar.new_year, qingming=date(year, 4, 5), dragon_boat=date(year, 6, 15),
        mid_autumn=date(year, 9, 20),
    )  # fmt: skip


CALENDAR = Calendar(
    dict.fromkeys(OFF_2026, False) | dict.fromkeys(WORKING_2026, True),
    frozenset({2026}),
    {day: name for lunar in (LunarYear(2024, date(2024, 2, 10), date(2024, 2, 2), date(2024, 1, 18)), *LUNAR)
     if lunar.year != 2026 for day, name in the_law(lunar).items()},
)  # fmt: skip


def yuan(amount: int) -> Money:
    return Money.yuan(amount)


def a_visit(on: date = TODAY, kind: str = "verification", visitors: int = 2, saw_heating: bool = True) -> VisitFact:
    return VisitFact(1, kind, on, visitors, saw_heating)


def facts(**given: Any) -> CaseFacts:
    """A household that passes every gate of every kind, unless told otherwise."""
    usual: dict[str, Any] = {
        "on": TODAY, "household_members": 3, "category": "deep", "heating": "coal", "reviewed_on": TODAY,
        "window": WindowFact("window", TODAY - timedelta(days=9), TODAY + timedelta(days=9)), "visits": (a_visit(),),
        "evidence": PAPERS, "has_consent": True, "has_account": True, "has_phone": True,
    }  # fmt: skip
    return CaseFacts(**(usual | given))


def amount(kind: Kind, **given: Any) -> Money:
    """What the default policy gives on these facts."""
    return kind.amount(facts(**given), kind.default_policy())


def gate(kind: Kind, code: str, **given: Any) -> Gate:
    """One gate of a kind on these facts."""
    return next(one for one in kind.gates(facts(**given), kind.default_policy(), CALENDAR) if one.code == code)


def open_gates(kind: Kind, verb: str, **given: Any) -> list[str]:
    """The gates that still bar a verb."""
    gates = kind.gates(facts(**given), kind.default_policy(), CALENDAR)
    return [one.code for one in gates if verb in one.before and not one.done]


MONEY = st.integers(0, 3_000_000).map(Money)
ANY_FACTS = st.builds(
    facts,
    household_members=st.integers(1, 12),
    category=st.sampled_from([None, "deep", "relative", "accident", "marginal", "bureau"]),
    heating=st.sampled_from([None, "central", "electric", "coal", "wood"]),
    grade=st.sampled_from([None, 1, 2, 3, 4]),
    item=st.sampled_from([None, "living", "medical", "study"]),
    months=st.sampled_from([None, *range(1, 13)]),
    cost=st.none() | MONEY,
    requested=st.none() | MONEY.filter(bool),
    received_of_kind=MONEY,
    received_in_year=MONEY,
    received_of_item=MONEY,
)
