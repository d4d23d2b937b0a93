"""What holds for every kind of aid, and for a sixth that is one file and no other edit?"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.domain import aid
from relief.domain.aid import find_kind, kinds
from relief.domain.aid.kind import CaseFacts, policy_as_data, policy_hash
from relief.domain.approval import judge_tiers
from relief.domain.household import Heating
from relief.domain.money import Money, total
from relief.domain.permissions import Role
from tests.domain.aid.asking import ANY_FACTS, CALENDAR, MONEY, YEARS, facts, yuan

EVERY_KIND = st.sampled_from(list(kinds().values()))
CODES = ["seasonal", "winter", "spring_festival", "routine", "special"]
CAPS = {"seasonal": 600, "winter": 1_500, "spring_festival": 2_000, "routine": 15_000, "special": 20_000}


def given_on(kind: Any, said: CaseFacts) -> Money:
    amount: Money = kind.amount(said, kind.default_policy())
    return amount


def test_there_are_five_in_the_order_of_the_year() -> None:
    assert list(kinds()) == CODES
    assert len({kind.mark for kind in kinds().values()}) == 5
    assert {kind.code for kind in kinds().values() if kind.way == "list"} == {"seasonal", "winter", "spring_festival"}


@pytest.mark.parametrize("code", CODES)
def test_the_caps_and_the_notice_of_the_table(code: str) -> None:
    policy = find_kind(code).default_policy()
    assert (policy.household_year_cap, policy.all_kinds_year_cap) == (yuan(CAPS[code]), yuan(24_000))
    assert (policy.notice.working_days, policy.notice.when) == (5, "before_approval")


@pytest.mark.parametrize("code", CODES)
def test_approval_names_real_roles_and_rises(code: str) -> None:
    kind = find_kind(code)
    tiers = kind.tiers(kind.default_policy())
    judge_tiers(tiers)
    assert {level.role for tier in tiers for level in tier.levels} <= {role.value for role in Role}


@given(EVERY_KIND, ANY_FACTS)
def test_never_below_zero_and_never_above_what_the_limits_leave(kind: Any, said: CaseFacts) -> None:
    policy, amount = kind.default_policy(), given_on(kind, said)
    assert amount >= Money(0)
    if amount:
        assert amount + said.received_of_kind <= policy.household_year_cap
        assert amount + said.received_in_year <= policy.all_kinds_year_cap
        assert said.requested is None or amount <= said.requested or not kind.is_divisible


@given(EVERY_KIND, ANY_FACTS)
def test_the_same_facts_give_the_same_lines_and_they_add_up(kind: Any, said: CaseFacts) -> None:
    policy = kind.default_policy()
    lines = kind.amount_lines(said, policy)
    assert lines == kind.amount_lines(replace(said), kind.default_policy())
    assert total(line.amount for line in lines) == given_on(kind, said)


@given(EVERY_KIND, ANY_FACTS, st.integers(0, 5))
def test_a_larger_household_never_gets_less(kind: Any, said: CaseFacts, more: int) -> None:
    room = replace(said, received_of_kind=Money(0), received_in_year=Money(0))
    assert given_on(kind, replace(room, household_members=room.household_members + more)) >= given_on(kind, room)


@given(EVERY_KIND, ANY_FACTS, MONEY, MONEY)
def test_higher_costs_never_give_less(kind: Any, said: CaseFacts, cost: Money, more: Money) -> None:
    assert given_on(kind, replace(said, cost=cost + more)) >= given_on(kind, replace(said, cost=cost))


@given(EVERY_KIND, ANY_FACTS, st.integers(1, 8), st.integers(0, 8))
def test_more_months_never_give_less(kind: Any, said: CaseFacts, months: int, more: int) -> None:
    assert given_on(kind, replace(said, months=months + more)) >= given_on(kind, replace(said, months=months))


@given(EVERY_KIND, ANY_FACTS, MONEY)
def test_what_was_received_never_gives_more(kind: Any, said: CaseFacts, more: Money) -> None:
    for name in ("received_of_kind", "received_in_year", "received_of_item"):
        assert given_on(kind, replace(said, **{name: getattr(said, name) + more})) <= given_on(kind, said)


@given(ANY_FACTS, st.sampled_from([one.value for one in Heating if one is not Heating.CENTRAL]))
def test_a_home_without_central_heating_never_gets_less(said: CaseFacts, heating: str) -> None:
    winter = find_kind("winter")
    assert given_on(winter, replace(said, heating=heating)) >= given_on(winter, replace(said, heating="central"))


@pytest.mark.parametrize("code", CODES)
def test_a_policy_is_plain_data_with_a_stable_hash(code: str) -> None:
    policy = find_kind(code).default_policy()
    data = json.loads(json.dumps(policy_as_data(policy)))
    assert data == policy_as_data(find_kind(code).default_policy())
    assert data["household_year_cap"] == {"fen": CAPS[code] * 100}
    assert policy_hash(policy) == policy_hash(find_kind(code).default_policy())
    assert policy_hash(replace(policy, household_year_cap=yuan(1))) != policy_hash(policy)
    assert policy_hash(replace(policy, follow_up_within_days=31)) != policy_hash(policy)


def test_policies_of_two_kinds_differ() -> None:
    assert len({policy_hash(kind.default_policy()) for kind in kinds().values()}) == 5


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"file_status": "closed"}, "not active"), ({"in_window_already": True}, "a list of this window already"),
        ({"received_in_year": yuan(24_000)}, "yearly limit is used up"), ({}, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("code", ["seasonal", "winter", "spring_festival"])
def test_a_list_says_why_a_household_is_left_out(code: str, given: dict[str, Any], words: str | None) -> None:
    kind = find_kind(code)
    why = kind.left_out(facts(**given), kind.default_policy())
    assert why is None if words is None else words in str(why)


SIXTH = '''
    """助学救助: what is autumn study relief? A fixed sum for each household, worked as a list."""

    from dataclasses import dataclass, field
    from datetime import date

    from relief.domain.aid.gates import file_gate, window_gate
    from relief.domain.aid.kind import AidPolicy, AmountLine, Kind
    from relief.domain.aid.windows import WindowPlan, plan_window
    from relief.domain.approval import Level, Tier
    from relief.domain.labels import label
    from relief.domain.money import Money


    @dataclass(frozen=True, kw_only=True)
    class StudyPolicy(AidPolicy):
        approval: tuple[Tier, ...] = (Tier(None, (Level("chair"),)),)
        household_year_cap: Money = Money.yuan(900)
        each: Money = Money.yuan(700)


    class AutumnStudy(Kind):
        code, mark, name, short, place, way = "autumn_study", "QX", label("Study"), label("Study"), 6, "list"

        def default_policy(self):
            return StudyPolicy()

        def standard_lines(self, facts, policy):
            return (AmountLine(label("For study"), policy.each),)

        def gates(self, facts, policy, calendar):
            return (file_gate(facts), window_gate(facts))

        def windows(self, year, policy, calendar, lunar):
            return (plan_window(f"{year}-study", label("Study"), year, opens_on=date(year, 7, 1), apply_by=None,
                                pay_by=date(year, 8, 31), notice_days=5, plan=WindowPlan(), calendar=calendar),)


    AUTUMN_STUDY = AutumnStudy()
'''


@pytest.fixture
def sixth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A sixth kind, as a file beside the five."""
    import sys

    (tmp_path / "autumn_study.py").write_text(textwrap.dedent(SIXTH), encoding="utf-8")
    monkeypatch.setattr(aid, "__path__", [*aid.__path__, str(tmp_path)])
    kinds.cache_clear()
    yield find_kind("autumn_study")
    sys.modules.pop("relief.domain.aid.autumn_study", None)
    monkeypatch.undo()
    kinds.cache_clear()


def test_a_sixth_kind_is_one_file_and_no_other_edit(sixth: Any) -> None:
    assert list(kinds()) == [*CODES, "autumn_study"]
    policy = sixth.default_policy()
    assert sixth.amount(facts(received_of_kind=yuan(300)), policy) == yuan(600)
    assert sixth.left_out(facts(file_status="closed"), policy) is not None
    assert [gate.done for gate in sixth.gates(facts(file_status="closed"), policy, CALENDAR)] == [False, True]
    (part,) = sixth.parts(yuan(600), facts(), policy)
    (window,) = sixth.windows(2026, policy, CALENDAR, YEARS[2026])
    assert (part.amount, str(window.pay_by), window.provisional) == (yuan(600), "2026-08-31", False)
    assert len(policy_hash(policy)) == 64
