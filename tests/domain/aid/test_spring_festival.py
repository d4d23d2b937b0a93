"""What does Spring Festival relief give, to whom, and who signs? (spine, 'Default policies', column 春节)"""

from __future__ import annotations

from datetime import timedelta

import pytest

from relief.domain.aid.spring_festival import SPRING_FESTIVAL
from relief.domain.approval import Level
from relief.domain.money import Money
from tests.domain.aid.asking import TODAY, a_visit, amount, facts, gate, open_gates, yuan

POLICY = SPRING_FESTIVAL.default_policy()


@pytest.mark.parametrize(
    ("category", "given"), [("deep", 1_700), ("relative", 1_200), ("accident", 1_200), ("bureau", 800)]
)
def test_cash_by_category_and_a_kit_of_200(category: str, given: int) -> None:
    assert amount(SPRING_FESTIVAL, category=category) == yuan(given)
    kit, cash = SPRING_FESTIVAL.parts(yuan(given), facts(category=category), POLICY)
    assert (kit.form, kit.amount, kit.kit) == ("goods", yuan(200), POLICY.kit)
    assert (cash.form, cash.amount) == ("cash", yuan(given - 200))


@pytest.mark.parametrize("category", [None, "marginal"])
def test_nothing_for_a_category_that_the_table_does_not_know(category: str | None) -> None:
    assert amount(SPRING_FESTIVAL, category=category) == Money(0)
    assert "no amount for this category" in str(SPRING_FESTIVAL.left_out(facts(category=category), POLICY))


@pytest.mark.parametrize(
    ("given", "forms"), [(199, ["cash"]), (200, ["goods"]), (201, ["goods", "cash"]), (1_700, ["goods", "cash"])]
)
def test_the_kit_comes_first(given: int, forms: list[str]) -> None:
    assert [part.form for part in SPRING_FESTIVAL.parts(yuan(given), facts(), POLICY)] == forms


@pytest.mark.parametrize(("received", "given"), [(300, 1_700), (301, 1_699), (1_999, 1), (2_000, 0)])
def test_up_to_2000_in_a_year(received: int, given: int) -> None:
    assert amount(SPRING_FESTIVAL, received_of_kind=yuan(received)) == yuan(given)


@pytest.mark.parametrize(("days", "done"), [(0, True), (366, True), (367, False)])
def test_the_file_was_reviewed_within_twelve_months(days: int, done: bool) -> None:
    assert gate(SPRING_FESTIVAL, "review", reviewed_on=TODAY - timedelta(days=days)).done is done


def test_a_file_that_was_never_reviewed_waits() -> None:
    assert open_gates(SPRING_FESTIVAL, "submit", reviewed_on=None) == ["review"]


@pytest.mark.parametrize(("days", "done"), [(183, True), (184, False)])
def test_a_visit_of_the_last_six_months(days: int, done: bool) -> None:
    visit = a_visit(TODAY - timedelta(days=days), "care", 1)
    assert gate(SPRING_FESTIVAL, "visit", visits=(visit,)).done is done


@pytest.mark.parametrize(("days", "done"), [(-1, False), (0, True), (5, True)])
def test_it_is_handed_over_in_person_after_the_decision(days: int, done: bool) -> None:
    visit = a_visit(TODAY + timedelta(days=days), "care", 1)
    handed = gate(SPRING_FESTIVAL, "handover", approved_on=TODAY, visits=(visit,))
    assert (handed.done, handed.before) == (done, ("follow_up",))
    assert not gate(SPRING_FESTIVAL, "handover", approved_on=None, visits=(visit,)).done


def test_the_other_gates() -> None:
    assert open_gates(SPRING_FESTIVAL, "submit", file_status="exited", window=None, in_window_already=True) == [
        "file", "window", "once",
    ]  # fmt: skip
    assert open_gates(SPRING_FESTIVAL, "post_notice", has_consent=False) == ["consent"]
    assert open_gates(SPRING_FESTIVAL, "enter_sheet", has_account=False) == ["account"]
    assert open_gates(SPRING_FESTIVAL, "submit") == open_gates(SPRING_FESTIVAL, "approve") == []


def test_one_office_meeting_decides_whatever_the_amount() -> None:
    (tier,) = SPRING_FESTIVAL.tiers(POLICY)
    assert (tier.up_to, tier.levels) == (None, (Level("chair", needs_meeting=True),))
    assert (SPRING_FESTIVAL.notice_rule(POLICY).working_days, SPRING_FESTIVAL.way) == (5, "list")
