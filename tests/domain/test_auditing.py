"""The auditor's rules as sentences: the same seed draws the same cases; the owner answers, the auditor judges."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from relief.domain.audit_findings import CODES
from relief.domain.auditing import (
    LARGEST_SAMPLE,
    DoubtFacts,
    doubt_number,
    doubt_offers,
    draw,
    judge_due,
    judge_sample,
    may_own,
    place_in_sample,
    take_doubt,
)
from relief.domain.errors import NotAllowed, RuleBroken, WrongState
from relief.domain.permissions import Actor, Role

TODAY = date(2026, 3, 10)
YESTERDAY = TODAY - timedelta(days=1)
OWNER = Actor("王秀兰", user_id=7, roles=frozenset({Role.CASEWORKER}), scope=None)
AUDITOR = Actor("冯审", user_id=9, roles=frozenset({Role.AUDITOR}), scope=None)
ADMIN = Actor("褚维", user_id=11, roles=frozenset({Role.SYSTEM_ADMIN}), scope=None)
ASKED = DoubtFacts("open", owner_id=7, due_on=TODAY)
NUMBERED = [(f"XLGH-TS-2026-{serial:05d}", serial) for serial in range(1, 301)]


def test_the_same_seed_draws_the_same_cases_in_whatever_order_they_come() -> None:
    shuffled = random.Random(4).sample(NUMBERED, len(NUMBERED))
    assert draw("2026年春", 20, shuffled) == draw("2026年春", 20, NUMBERED)


def test_another_seed_draws_others_and_a_larger_sample_holds_the_smaller() -> None:
    assert draw("甲", 20, NUMBERED) != draw("乙", 20, NUMBERED)
    assert draw("甲", 40, NUMBERED)[:20] == draw("甲", 20, NUMBERED)


def test_the_order_is_sha256_over_seed_and_number() -> None:
    place = place_in_sample("7", "XLGH-TS-2026-00001")
    assert place == "97eada912082cc5e990aea5345dd22b2497926a722c797dd7896f3e28d8d570d"


def test_a_seed_and_a_number_never_run_together() -> None:
    assert place_in_sample("1", "1XL") != place_in_sample("11", "XL")


def test_fewer_cases_than_asked_are_all_drawn() -> None:
    assert sorted(draw("甲", 20, NUMBERED[:3])) == [1, 2, 3]
    assert draw("甲", 20, []) == []


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("seed", {"seed": "  "}),
        ("size", {"size": 0}),
        ("size", {"size": LARGEST_SAMPLE + 1}),
        ("since", {"since": YESTERDAY, "until": YESTERDAY - timedelta(days=1)}),
        ("until", {"until": TODAY}),
    ],
)
def test_a_sample_that_could_not_be_drawn_again_is_refused(field: str, changed: dict[str, object]) -> None:
    asked = {"seed": "7", "size": 5, "since": date(2026, 1, 1), "until": YESTERDAY}
    judge_sample(**asked, today=TODAY)
    with pytest.raises(RuleBroken) as refused:
        judge_sample(**(asked | changed), today=TODAY)
    assert refused.value.field == field


def test_the_owner_answers_and_nobody_else() -> None:
    assert take_doubt("answer", ASKED, OWNER, TODAY).leads_to == "answered"
    for other in (AUDITOR, ADMIN, replace(OWNER, user_id=8), replace(OWNER, user_id=None)):
        with pytest.raises(NotAllowed):
            take_doubt("answer", ASKED, other, TODAY)


def test_an_auditor_judges_and_nobody_else() -> None:
    answered = replace(ASKED, state="answered")
    assert take_doubt("settle", answered, AUDITOR, TODAY).leads_to == "settled"
    assert take_doubt("uphold", answered, AUDITOR, TODAY).leads_to == "upheld"
    for other in (OWNER, ADMIN):
        for verb in ("settle", "uphold"):
            with pytest.raises(NotAllowed):
                take_doubt(verb, answered, other, TODAY)


def test_silence_upholds_only_after_the_day() -> None:
    with pytest.raises(WrongState):
        take_doubt("uphold", ASKED, AUDITOR, TODAY)
    assert take_doubt("uphold", ASKED, AUDITOR, TODAY + timedelta(days=1)).leads_to == "upheld"
    assert take_doubt("settle", ASKED, AUDITOR, TODAY).leads_to == "settled"


@pytest.mark.parametrize("state", ["settled", "upheld"])
def test_what_is_judged_stays_judged(state: str) -> None:
    for verb, by in (("answer", OWNER), ("settle", AUDITOR), ("uphold", AUDITOR)):
        with pytest.raises(WrongState):
            take_doubt(verb, replace(ASKED, state=state), by, TODAY)


def test_each_sees_the_buttons_of_his_own_hand() -> None:
    assert [offer.verb for offer in doubt_offers(ASKED, OWNER, TODAY)] == ["answer"]
    told = {offer.verb: offer.is_open for offer in doubt_offers(ASKED, AUDITOR, TODAY)}
    assert told == {"settle": True, "uphold": False}
    assert doubt_offers(ASKED, ADMIN, TODAY) == []


def test_auditors_and_administrators_are_never_asked() -> None:
    assert may_own({Role.CASEWORKER}) and may_own({Role.CHAIR, Role.FINANCE_HEAD})
    for role in (Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        assert not may_own({role}) and not may_own({role, Role.CASEWORKER})
    assert not may_own(())


def test_the_owner_gets_at_least_a_day() -> None:
    judge_due(TODAY + timedelta(days=1), TODAY)
    with pytest.raises(RuleBroken, match="after today"):
        judge_due(TODAY, TODAY)


def test_the_register_numbers_its_doubts() -> None:
    assert doubt_number("XLGH", 2026, 1) == "XLGH-YD-2026-001"
    assert doubt_number("XLGH", 2026, 1234) == "XLGH-YD-2026-1234"


def test_fourteen_findings_and_what_cannot_be_shown_is_said() -> None:
    assert list(CODES) == [f"A{place}" for place in range(1, 15)]
    assert {code for code, one in CODES.items() if one.gap} >= {"A5", "A14"}
