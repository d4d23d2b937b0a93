"""What does seasonal relief give, to whom, when, and who signs? (spine, 'Default policies', column 换季)"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from relief.domain.aid.kind import WindowFact
from relief.domain.aid.parts import Due
from relief.domain.aid.seasonal import SEASONAL
from relief.domain.approval import Level
from relief.domain.errors import RuleBroken
from relief.domain.money import Money
from relief.domain.month import Month
from tests.domain.aid.asking import CALENDAR, TODAY, YEARS, a_visit, amount, facts, gate, open_gates, yuan

POLICY = SEASONAL.default_policy()


@pytest.mark.parametrize(("members", "given"), [(1, 200), (2, 200), (3, 300), (4, 300), (9, 300)])
def test_a_kit_by_the_size_of_the_household(members: int, given: int) -> None:
    assert amount(SEASONAL, household_members=members) == yuan(given)


def test_a_kit_is_goods_at_its_price_in_the_month_of_the_decision() -> None:
    (part,) = SEASONAL.parts(yuan(300), facts(), POLICY)
    assert (part.form, part.kit, part.amount) == ("goods", POLICY.large_kit, yuan(300))
    assert part.dues == (Due(Month(2026, 3), yuan(300)),)


@pytest.mark.parametrize(("received", "given"), [(299, 300), (300, 300), (301, 0), (600, 0)])
def test_up_to_600_in_a_year_and_a_kit_is_never_cut(received: int, given: int) -> None:
    assert amount(SEASONAL, received_of_kind=yuan(received)) == yuan(given)


@pytest.mark.parametrize(("received", "given"), [(23_700, 300), (23_701, 0)])
def test_up_to_24000_of_all_kinds_together(received: int, given: int) -> None:
    assert amount(SEASONAL, received_in_year=yuan(received)) == yuan(given)


def test_asking_for_less_changes_nothing_and_half_a_kit_is_refused() -> None:
    asked = facts(requested=yuan(100))
    assert SEASONAL.amount(asked, POLICY) == yuan(300)
    SEASONAL.judge_amount(yuan(300), asked, POLICY)
    for wrong in (yuan(299), yuan(301), Money(0)):
        with pytest.raises(RuleBroken):
            SEASONAL.judge_amount(wrong, asked, POLICY)


@pytest.mark.parametrize(("status", "done"), [("active", True), ("temporary", False), ("exited", False)])
def test_the_file_is_active(status: str, done: bool) -> None:
    assert gate(SEASONAL, "file", file_status=status).done is done


@pytest.mark.parametrize(("days", "done"), [(0, True), (366, True), (367, False), (-1, False)])
@pytest.mark.parametrize("kind", ["verification", "care"])
def test_a_visit_of_the_last_twelve_months_by_one_person(days: int, done: bool, kind: str) -> None:
    visit = a_visit(TODAY - timedelta(days=days), kind, visitors=1)
    assert gate(SEASONAL, "visit", visits=(visit,)).done is done


def test_once_per_window_and_inside_it() -> None:
    assert open_gates(SEASONAL, "submit", in_window_already=True) == ["once"]
    assert open_gates(SEASONAL, "approve", in_window_already=True) == ["once"]
    opens, last = date(2026, 3, 1), date(2026, 4, 10)
    window = WindowFact("2026-spring", opens, last)
    for day, done in ((opens - timedelta(1), False), (opens, True), (last, True), (last + timedelta(1), False)):
        assert gate(SEASONAL, "window", window=window, applied_on=day).done is done, day


def test_consent_before_the_notice_and_no_account_for_goods() -> None:
    assert open_gates(SEASONAL, "post_notice", has_consent=False) == ["consent"]
    assert open_gates(SEASONAL, "approve", has_account=False) == []
    assert all(open_gates(SEASONAL, verb) == [] for verb in ("submit", "post_notice", "approve", "enter_sheet"))


def test_the_vice_chair_signs_whatever_the_amount() -> None:
    (tier,) = SEASONAL.tiers(POLICY)
    assert (tier.up_to, tier.levels) == (None, (Level("vice_chair"),))
    assert not SEASONAL.informs_auditor(yuan(600), POLICY)


def test_five_working_days_of_notice_before_approval() -> None:
    assert (SEASONAL.notice_rule(POLICY).working_days, SEASONAL.notice_rule(POLICY).when) == (5, "before_approval")
    assert SEASONAL.way == "list"


def test_a_spring_and_an_autumn_window() -> None:
    spring, autumn = SEASONAL.windows(2026, POLICY, CALENDAR, YEARS[2026])
    assert (spring.opens_on, spring.apply_by, spring.pay_by) == (date(2026, 3, 1), date(2026, 4, 10), date(2026, 4, 30))
    assert (autumn.opens_on, autumn.apply_by, autumn.pay_by) == (date(2026, 8, 10), date(2026, 9, 10), date(2026, 9, 30))
    assert (spring.award_year, spring.provisional, spring.is_too_tight) == (2026, False, False)
    assert (autumn.award_year, autumn.provisional, autumn.is_too_tight) == (2026, False, False)


def test_the_numbers_are_the_policy_s() -> None:
    richer = replace(POLICY, small_kit=replace(POLICY.small_kit, price=yuan(250)), large_from_members=4)
    assert SEASONAL.amount(facts(), richer) == yuan(250)
