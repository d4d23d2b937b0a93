"""Inform the auditor: of an award above the kind's limit, single or on a list, split requests counted together."""

from __future__ import annotations

import pytest

from relief.audit.models import AuditEntry
from relief.auditing.unusual import count_unusual, list_unusual
from relief.auditing.words import mark_of
from relief.cases import service as cases
from relief.cases.given import Application
from relief.db import db, transaction
from relief.desk.waiting import list_queues
from relief.domain.aid.kind import policy_hash
from relief.domain.aid.spring_festival import SpringFestival, SpringFestivalPolicy
from relief.domain.money import Money
from relief.funds.queries import find_fund
from relief.lists import service as lists
from relief.policies.queries import get_policy_version
from relief.web.sentences import words
from tests.build import a_household, an_office
from tests.build_cases import a_visit, some_evidence, some_money
from tests.rooms.lists.bureau import JANUARY, a_meeting, a_window, on_day, ready_household, rows_of, to_approval
from tests.rooms.money.awards import a_living_award, in_approval, sign


@pytest.fixture
def office(app):
    office = an_office()
    some_money()
    return office


def medical(office, cost, household=None):
    """An award of half of this cost."""
    household = household or a_household(office)
    said = Application(story="住院手术", item="medical", cost=cost)
    case = cases.open_case(household.id, "routine", said, by=office.wang)
    a_visit(household, office.wang, office.zhao)
    some_evidence(case, "application", "identity", "diagnosis")
    return in_approval(office, [case])[0]


def lines():
    return db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == "case.inform_auditor")).all()


@pytest.mark.parametrize(("cost", "told"), [(1_000_000, False), (1_000_002, True)])
def test_above_the_limit_and_not_at_it(office, cost, told):
    case = sign(office, medical(office, Money(cost)))
    assert case.approved == Money(cost // 2)
    assert [line.subject_id for line in lines()] == ([case.id] if told else [])
    assert count_unusual({"sort": "informed"}, by=office.feng) == told
    assert [queue.code for queue in list_queues(office.feng)] == (["informed"] if told else [])


def test_the_line_names_the_award_and_stands_on_the_auditors_list_and_desk(office, app):
    case = sign(office, medical(office, Money.yuan(12_000)))
    (line,) = lines()
    assert line.union_id == case.union_id and line.unusual == "auditor_informed" and line.actor == "孙德福"
    assert line.changes == {"amount": {"fen": 600_000}, "together": {"fen": 600_000}}
    (shown,) = list_unusual({}, by=office.feng).rows
    assert (shown.sort, shown.number, shown.who) == ("informed", case.number, "孙德福")
    with app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        assert words(shown.label) == "须告知经审的救助"
        assert "6,000.00" in words(mark_of(shown))
    (queue,) = list_queues(office.feng)
    assert (queue.count, queue.url, queue.items[0].amount) == (1, "/auditing?sort=informed", Money.yuan(6_000))
    assert list_queues(office.sun) == []


def test_split_requests_of_twelve_months_count_together(office):
    household = a_household(office)
    sign(office, medical(office, Money.yuan(6_000), household))
    assert lines() == []
    case = a_living_award(office, household=household)
    (line,) = lines()
    assert (line.subject_id, line.changes["together"]) == (case.id, {"fen": 540_000})


def test_an_amount_lowered_to_the_limit_tells_nobody(office):
    case = medical(office, Money.yuan(12_000))
    meeting = a_meeting(office.bureau.id, office.sun, "兴林工办纪〔2026〕9号")
    cases.approve(
        case.id, version=case.version, amount=Money.yuan(5_000), note="按上限", fund_id=find_fund("F4").id,
        meeting_id=meeting, by=office.sun,
    )  # fmt: skip
    assert lines() == []


def test_each_row_of_a_list_is_judged_by_itself(office, monkeypatch):
    policy = SpringFestivalPolicy(auditor_informed_above=Money.yuan(800))
    monkeypatch.setattr(SpringFestival, "default_policy", lambda kind: policy)
    on_day(JANUARY)
    with transaction():
        get_policy_version("spring_festival", JANUARY).hash = policy_hash(policy)
    ready_household(office, "李低", declared_category="bureau")
    opened = a_window(office, ("张一", "张二"))
    to_approval(office, opened.dongfeng)
    decided = lists.decide(
        opened.window.id, taken_out={}, fund_id=find_fund("F4").id, note="同意", by=office.sun,
        meeting_id=a_meeting(office.bureau.id, office.sun, "兴林工办纪〔2027〕1号"),
    )  # fmt: skip
    assert decided.rows == 3
    above = [case.id for case in rows_of(opened.dongfeng) if case.approved > Money.yuan(800)]
    assert len(above) == 2 and [line.subject_id for line in lines()] == above
