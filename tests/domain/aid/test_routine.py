"""What does routine relief give, item by item and month by month, and who signs? (spine, column 日常)"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from relief.domain.aid.kind import VisitFact
from relief.domain.aid.parts import Due
from relief.domain.aid.routine import LIVING, MEDICAL, ROUTINE, STUDY
from relief.domain.approval import Level, chain_for
from relief.domain.money import Money
from relief.domain.month import Month
from tests.domain.aid.asking import TODAY, a_visit, amount, facts, gate, open_gates, yuan

POLICY = ROUTINE.default_policy()
SAID: dict[str, dict[str, Any]] = {
    LIVING: {"item": LIVING, "months": 6},
    MEDICAL: {"item": MEDICAL, "cost": yuan(1_000)},
    STUDY: {"item": STUDY, "cost": yuan(1_000), "beneficiary": 7},
}


@pytest.mark.parametrize(
    ("category", "months", "given"),
    [("deep", 1, 400), ("deep", 6, 2_400), ("deep", 7, 2_400), ("relative", 6, 1_800), ("bureau", 3, 900),
     (None, 1, 300)],
)  # fmt: skip
def test_living_aid_400_or_300_a_month_up_to_six_months(category: str | None, months: int, given: int) -> None:
    assert amount(ROUTINE, item=LIVING, category=category, months=months) == yuan(given)


@pytest.mark.parametrize(
    ("fen", "given"), [(2, 1), (3, 2), (100_001, 50_001), (1_600_000, 800_000), (1_600_001, 800_000)]
)
def test_half_of_what_was_paid_for_medicine_rounded_half_up_to_8000_a_year(fen: int, given: int) -> None:
    assert amount(ROUTINE, item=MEDICAL, cost=Money(fen)) == Money(given)


@pytest.mark.parametrize(("received", "given"), [(0, 8_000), (7_999, 1), (8_000, 0), (9_000, 0)])
def test_medical_aid_of_the_year_counts(received: int, given: int) -> None:
    assert amount(ROUTINE, item=MEDICAL, cost=yuan(20_000), received_of_item=yuan(received)) == yuan(given)


@pytest.mark.parametrize(
    ("cost", "received", "given"),
    [(4_999, 0, 4_999), (5_000, 0, 5_000), (5_001, 0, 5_000), (3_000, 2_001, 2_999), (3_000, 5_000, 0)],
)
def test_study_up_to_5000_for_a_student_and_year(cost: int, received: int, given: int) -> None:
    assert amount(ROUTINE, item=STUDY, cost=yuan(cost), received_of_item=yuan(received)) == yuan(given)


@pytest.mark.parametrize(("received", "given"), [(10_000, 5_000), (10_001, 4_999), (15_000, 0)])
def test_up_to_15000_in_a_year(received: int, given: int) -> None:
    assert amount(ROUTINE, item=STUDY, cost=yuan(5_000), received_of_kind=yuan(received)) == yuan(given)


@pytest.mark.parametrize("given", [{"item": None}, {"item": LIVING}, {"item": MEDICAL}, {"item": STUDY}])
def test_nothing_while_the_grounds_are_missing(given: dict[str, Any]) -> None:
    assert amount(ROUTINE, **given) == Money(0)
    assert "item" in open_gates(ROUTINE, "submit", **given)


@pytest.mark.parametrize(
    ("item", "papers"),
    [(LIVING, {"application", "identity", "income"}), (MEDICAL, {"application", "identity", "diagnosis"}),
     (STUDY, {"application", "identity", "study"})],
)  # fmt: skip
def test_each_item_asks_for_its_own_papers(item: str, papers: set[str]) -> None:
    assert open_gates(ROUTINE, "submit", **SAID[item], evidence=frozenset(papers)) == []
    for paper in papers:
        left = frozenset(papers - {paper})
        assert open_gates(ROUTINE, "submit", **SAID[item], evidence=left) == [f"evidence.{paper}"]


def test_help_with_study_names_the_student() -> None:
    assert open_gates(ROUTINE, "submit", item=STUDY, cost=yuan(1_000)) == ["item"]


def test_once_per_item_and_never_for_an_event_that_was_helped() -> None:
    assert open_gates(ROUTINE, "submit", **SAID[LIVING], item_runs=True) == ["once"]
    assert open_gates(ROUTINE, "approve", **SAID[LIVING], paid_for_event=True) == ["event_once"]


@pytest.mark.parametrize(
    ("visit", "done"),
    [
        (a_visit(TODAY), True), (a_visit(TODAY - timedelta(183)), True), (a_visit(TODAY - timedelta(184)), False),
        (a_visit(visitors=1), False), (a_visit(visitors=3), True), (a_visit(kind="care"), False),
    ],
)  # fmt: skip
def test_a_verification_visit_by_two(visit: VisitFact, done: bool) -> None:
    assert gate(ROUTINE, "visit", **SAID[LIVING], visits=(visit,)).done is done


def test_the_other_gates() -> None:
    said = SAID[MEDICAL]
    assert open_gates(ROUTINE, "submit", **said, file_status="temporary", has_consent=False) == ["file", "consent"]
    assert open_gates(ROUTINE, "enter_sheet", **said, has_account=False) == ["account"]
    assert open_gates(ROUTINE, "submit", **said, window=None) == open_gates(ROUTINE, "approve", **said) == []


@pytest.mark.parametrize(
    ("fen", "level"),
    [
        (100_000, Level("vice_chair")), (100_001, Level("chair")), (500_000, Level("chair")),
        (500_001, Level("chair", needs_meeting=True)),
    ],
)  # fmt: skip
def test_who_signs(fen: int, level: Level) -> None:
    assert chain_for(Money(fen), ROUTINE.tiers(POLICY)) == (level,)


@pytest.mark.parametrize(("fen", "told"), [(500_000, False), (500_001, True)])
def test_the_auditor_is_told_above_5000(fen: int, told: bool) -> None:
    assert ROUTINE.informs_auditor(Money(fen), POLICY) is told


def test_batches_on_the_10th_and_25th_all_year() -> None:
    assert (POLICY.batch_days, ROUTINE.way, ROUTINE.notice_rule(POLICY).working_days) == ((10, 25), "single", 5)


def test_living_aid_is_paid_in_its_months_the_rest_in_one_sum() -> None:
    (part,) = ROUTINE.parts(yuan(2_400), facts(**SAID[LIVING]), POLICY)
    assert part.dues == tuple(Due(Month(2026, month), yuan(400)) for month in range(3, 9))
    (whole,) = ROUTINE.parts(yuan(500), facts(**SAID[MEDICAL]), POLICY)
    assert whole.dues == (Due(Month(2026, 3), yuan(500)),)


APPROVED = date(2026, 3, 20)


def stop(month: int, paid: int, *visits: VisitFact, **given: Any) -> str | None:
    """Why the instalment of a month of 2026 stops, for an award of 20 March."""
    said = facts(**(SAID[LIVING] | {"approved_on": APPROVED, "visits": visits} | given))
    why = ROUTINE.instalment_stop(Month(2026, month), paid, said, POLICY)
    return str(why) if why else None


@pytest.mark.parametrize(("month", "paid", "goes"), [(3, 0, True), (4, 1, True), (5, 2, True), (6, 3, False)])
def test_three_months_go_out_by_themselves_the_fourth_waits_for_the_re_check(
    month: int, paid: int, goes: bool
) -> None:
    why = stop(month, paid)
    assert why is None if goes else why and "re-check after 3 months is missing" in why


@pytest.mark.parametrize(
    ("visit", "goes"),
    [
        (a_visit(APPROVED), False),  # the visit that the award itself rests on
        (a_visit(date(2026, 3, 21)), True), (a_visit(date(2026, 6, 5)), True),
        (a_visit(date(2026, 6, 5), visitors=1), False), (a_visit(date(2026, 6, 5), kind="care"), False),
    ],
)  # fmt: skip
def test_a_re_check_is_a_verification_visit_by_two_after_the_award(visit: VisitFact, goes: bool) -> None:
    assert (stop(6, 3, visit) is None) is goes


@pytest.mark.parametrize(("seen", "goes"), [(date(2026, 4, 30), False), (date(2026, 5, 1), True)])
def test_a_re_check_lasts_three_months(seen: date, goes: bool) -> None:
    assert (stop(8, 5, a_visit(seen)) is None) is goes


@pytest.mark.parametrize("status", ["closed", "exited", "temporary"])
def test_it_stops_when_the_household_leaves(status: str) -> None:
    why = stop(3, 0, file_status=status)
    assert why and "no longer active" in why


def test_one_sum_of_another_item_is_not_stopped() -> None:
    said = facts(item=MEDICAL, cost=yuan(100), file_status="closed")
    assert ROUTINE.instalment_stop(Month(2026, 3), 0, said, POLICY) is None
