"""What does special relief give, to whom, how fast, and who signs? (spine, 'Default policies', column 特殊)"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from relief.domain.aid.special import EVENTS, SPECIAL, visit_is_late
from relief.domain.approval import Level, chain_for
from relief.domain.errors import RuleBroken
from relief.domain.money import Money
from tests.domain.aid.asking import CALENDAR, TODAY, a_visit, amount, facts, gate, open_gates, yuan

POLICY = SPECIAL.default_policy()
FIRE = {"event_kind": "fire", "event_on": TODAY, "grade": 2}


@pytest.mark.parametrize(("grade", "given"), [(None, 0), (1, 1_000), (2, 3_000), (3, 6_000), (4, 10_000)])
def test_by_grade_of_loss(grade: int | None, given: int) -> None:
    assert amount(SPECIAL, grade=grade) == yuan(given)


@pytest.mark.parametrize(("received", "given"), [(10_000, 10_000), (10_001, 9_999), (19_999, 1), (20_000, 0)])
def test_up_to_20000_in_a_year(received: int, given: int) -> None:
    assert amount(SPECIAL, grade=4, received_of_kind=yuan(received)) == yuan(given)


@pytest.mark.parametrize(("received", "given"), [(14_000, 10_000), (14_001, 9_999), (24_000, 0), (30_000, 0)])
def test_up_to_24000_of_all_kinds_together(received: int, given: int) -> None:
    assert amount(SPECIAL, grade=4, received_in_year=yuan(received)) == yuan(given)


def test_less_may_be_asked_and_given_but_never_more() -> None:
    asked = facts(grade=2, requested=yuan(2_000))
    assert SPECIAL.amount(asked, POLICY) == yuan(2_000)
    SPECIAL.judge_amount(Money(1), asked, POLICY)
    SPECIAL.judge_amount(yuan(2_000), asked, POLICY)
    for wrong in (Money(0), Money(-1), Money(200_001)):
        with pytest.raises(RuleBroken):
            SPECIAL.judge_amount(wrong, asked, POLICY)


def test_once_per_event() -> None:
    assert open_gates(SPECIAL, "submit", **FIRE, paid_for_event=True) == ["once"]
    assert open_gates(SPECIAL, "approve", **FIRE, paid_for_event=True) == ["once"]


@pytest.mark.parametrize("missing", [{"event_kind": None}, {"event_on": None}, {"grade": None}])
def test_an_event_has_its_kind_day_and_grade(missing: dict[str, None]) -> None:
    assert "event" in open_gates(SPECIAL, "submit", **(FIRE | missing))


@pytest.mark.parametrize(
    ("visit", "done"),
    [
        (a_visit(TODAY), True), (a_visit(TODAY - timedelta(1)), False), (a_visit(TODAY + timedelta(40)), True),
        (a_visit(TODAY, visitors=1), False), (a_visit(TODAY, kind="care"), False),
    ],
)  # fmt: skip
def test_a_verification_visit_by_two_after_the_event(visit: object, done: bool) -> None:
    assert gate(SPECIAL, "visit", **FIRE, visits=(visit,)).done is done


@pytest.mark.parametrize(("on", "late"), [(date(2026, 3, 13), False), (date(2026, 3, 16), True)])
def test_a_visit_after_three_working_days_is_late_and_counts(on: date, late: bool) -> None:
    said = facts(**FIRE, visits=(a_visit(on),))
    assert visit_is_late(said, POLICY, CALENDAR) is late
    assert gate(SPECIAL, "visit", **FIRE, visits=(a_visit(on),)).done


def test_without_a_visit_or_an_event_nothing_is_late_yet() -> None:
    assert not visit_is_late(facts(**FIRE, visits=()), POLICY, CALENDAR)
    assert not visit_is_late(facts(), POLICY, CALENDAR)


@pytest.mark.parametrize("paper", ["application", "identity", "event_proof"])
def test_three_papers_consent_and_an_account(paper: str) -> None:
    papers = frozenset({"application", "identity", "event_proof"})
    assert open_gates(SPECIAL, "submit", **FIRE, evidence=papers) == []
    assert open_gates(SPECIAL, "submit", **FIRE, evidence=papers - {paper}) == [f"evidence.{paper}"]
    assert open_gates(SPECIAL, "submit", **FIRE, has_consent=False) == ["consent"]
    assert open_gates(SPECIAL, "approve", **FIRE, has_account=False) == ["account"]


def test_no_file_is_asked_for_before() -> None:
    assert open_gates(SPECIAL, "submit", **FIRE, file_status="temporary", window=None, reviewed_on=None) == []


@pytest.mark.parametrize(
    ("fen", "levels"),
    [
        (300_000, (Level("chair"),)), (300_001, (Level("chair", needs_meeting=True),)),
        (1_000_000, (Level("chair", needs_meeting=True),)),
    ],
)  # fmt: skip
def test_the_chair_up_to_3000_the_office_meeting_up_to_10000(fen: int, levels: tuple[Level, ...]) -> None:
    assert chain_for(Money(fen), SPECIAL.tiers(POLICY)) == levels


def test_above_10000_it_is_filed_upward() -> None:
    with pytest.raises(RuleBroken, match="File it to the union above"):
        chain_for(Money(1_000_001), SPECIAL.tiers(POLICY))


def test_the_emergency_lane() -> None:
    lane = SPECIAL.emergency(POLICY)
    assert lane is not None
    assert (lane.up_to, lane.decide_within, lane.visit_within, lane.complete_within) == (yuan(3_000), 1, 3, 10)
    assert lane.events == set(EVENTS) - {"other"}
    assert (SPECIAL.notice_rule(POLICY).working_days, SPECIAL.way) == (5, "single")
