"""What does winter relief give, to whom, when, and who signs? (spine, 'Default policies', column 越冬)"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from relief.domain.aid.winter import WINTER
from relief.domain.approval import Level, chain_for
from relief.domain.money import Money
from tests.domain.aid.asking import CALENDAR, TODAY, YEARS, a_visit, amount, facts, gate, open_gates, yuan

POLICY = WINTER.default_policy()


@pytest.mark.parametrize(
    ("heating", "members", "given"),
    [
        ("central", 1, 500), ("central", 3, 500), ("central", 4, 600), ("central", 5, 700), ("central", 6, 800),
        ("central", 7, 800), ("coal", 3, 800), ("wood", 4, 900), ("electric", 6, 1_100), ("none", 12, 1_100),
    ],
)  # fmt: skip
def test_by_heating_and_a_hundred_for_each_member_above_three_at_most_300(
    heating: str, members: int, given: int
) -> None:
    assert amount(WINTER, heating=heating, household_members=members) == yuan(given)


def test_the_lines_say_how_it_comes_about() -> None:
    lines = WINTER.amount_lines(facts(heating="coal", household_members=5), POLICY)
    assert [(str(line.text), str(line.amount)) for line in lines] == [
        ("Home without central heating", "800.00"), ("2 members above 3", "200.00"),
    ]  # fmt: skip


def test_three_members_have_no_line_of_their_own() -> None:
    assert len(WINTER.amount_lines(facts(household_members=3), POLICY)) == 1


def test_nothing_while_nobody_knows_how_the_home_is_heated() -> None:
    assert amount(WINTER, heating=None) == Money(0)
    assert "how the home is heated" in str(WINTER.left_out(facts(heating=None), POLICY))


@pytest.mark.parametrize(("received", "given"), [(400, 1_100), (401, 1_099), (1_499, 1), (1_500, 0), (9_000, 0)])
def test_up_to_1500_in_a_year(received: int, given: int) -> None:
    assert amount(WINTER, household_members=6, received_of_kind=yuan(received)) == yuan(given)


@pytest.mark.parametrize(("days", "done"), [(0, True), (183, True), (184, False)])
def test_a_visit_of_the_last_six_months_that_saw_the_heating(days: int, done: bool) -> None:
    day = TODAY - timedelta(days=days)
    assert gate(WINTER, "visit", visits=(a_visit(day, "care", 1),)).done is done
    assert not gate(WINTER, "visit", visits=(a_visit(day, saw_heating=False),)).done


def test_the_other_gates() -> None:
    assert open_gates(WINTER, "submit", file_status="closed") == ["file"]
    assert open_gates(WINTER, "submit", in_window_already=True, window=None) == ["window", "once"]
    assert open_gates(WINTER, "post_notice", has_consent=False) == ["consent"]
    assert open_gates(WINTER, "approve", has_account=False) == ["account"]
    assert open_gates(WINTER, "submit") == open_gates(WINTER, "approve") == []


@pytest.mark.parametrize(("fen", "role"), [(100_000, "vice_chair"), (100_001, "chair")])
def test_the_vice_chair_up_to_1000_the_chair_above(fen: int, role: str) -> None:
    assert chain_for(Money(fen), WINTER.tiers(POLICY)) == (Level(role),)


def test_apply_until_40_days_and_in_hand_10_days_before_the_heating_starts() -> None:
    (window,) = WINTER.windows(2026, POLICY, CALENDAR, YEARS[2026])
    assert (window.opens_on, window.apply_by) == (date(2026, 8, 1), date(2026, 9, 10))
    assert window.pay_by == date(2026, 10, 10)  # a Saturday that works
    assert (window.bank_by, window.sheet_by, window.approve_by) == (
        date(2026, 10, 9), date(2026, 10, 8), date(2026, 9, 30),
    )  # fmt: skip
    assert (window.post_by, window.award_year, window.is_too_tight) == (date(2026, 9, 18), 2026, False)


def test_another_area_heats_earlier() -> None:
    (window,) = WINTER.windows(2026, replace(POLICY, heating_starts=(10, 10)), CALENDAR, YEARS[2026])
    assert (window.apply_by, window.pay_by) == (date(2026, 8, 31), date(2026, 9, 30))


def test_it_is_cash_in_one_sum_after_five_working_days_of_notice() -> None:
    (part,) = WINTER.parts(yuan(900), facts(), POLICY)
    assert (part.form, part.kit, [due.amount for due in part.dues]) == ("cash", None, [yuan(900)])
    assert (WINTER.notice_rule(POLICY).working_days, WINTER.way) == (5, "list")
