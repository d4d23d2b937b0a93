"""A unit of two people, chair and caseworker, who visit together: all five kinds get from draft to approved.

The chair has visited, so he does not give the opinion; it is passed on beforehand, to the neighbouring unit or, with
that unit's chair away, to the bureau's reviewer: then a second reviewer reviews.
"""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from relief import clock
from relief.audit.models import AuditEntry
from relief.cases import service as cases
from relief.cases.hands import hands_of
from relief.cases.models import Case
from relief.cases.offers import offers_for
from relief.cases.service.chains import open_level
from relief.cases.service.entering import Application
from relief.consequences import run_due
from relief.db import db, transaction
from relief.domain.errors import NotAllowed
from relief.domain.money import Money
from relief.domain.permissions import Actor, system_actor
from relief.domain.workflow import State
from relief.funds.queries import find_fund
from relief.households.models import Household
from relief.lists import service as lists
from relief.policies.queries import load_calendar
from relief.windows.queries import computed_windows
from relief.windows.service import open_window
from tests.build import Office, a_household, sign_in
from tests.build_cases import a_visit, some_evidence, some_money
from tests.rooms.cases.asking import fresh
from tests.rooms.cases.test_pass_opinion import a_second_reviewer
from tests.rooms.lists.bureau import on_day

DAYS = {
    "seasonal": date(2026, 3, 4), "winter": date(2026, 8, 5), "spring_festival": date(2027, 1, 4),
    "routine": date(2026, 3, 4), "special": date(2026, 3, 4),
}  # fmt: skip
SAID = {
    "routine": Application(story="长期生活困难", item="living", months=6),
    "special": Application(story="锅炉房起火", event_kind="fire", grade=2),
}


def visited_together(office: Office) -> Household:
    """A household that lacks nothing, visited by the only two people of its unit."""
    household = a_household(office, "张桂兰", heating="coal")
    with transaction():
        household.reviewed_on = clock.today()
    a_visit(household, office.wang, office.li)
    return household


def handed_in(office: Office, kind: str, household: Household) -> Case:
    """The case as the unit hands it in: a row of its list, or one that was opened alone."""
    if kind in SAID:
        said = SAID[kind]
        opened = cases.open_case(
            household.id, kind, Application(**vars(said) | {"event_on": clock.today() if said.event_kind else None}),
            by=office.wang,
        )  # fmt: skip
        some_evidence(opened, "application", "identity", "event_proof", "income")
        return cases.submit(opened.id, version=opened.version, by=office.wang)
    code = next(one.window.code for one in computed_windows(clock.today()) if one.kind.code == kind)
    aid_list = lists.propose(open_window(kind, code, by=office.chen).id, office.dongfeng.id, by=office.wang)
    lists.submit(aid_list.id, by=office.wang)
    return db.session.scalars(sa.select(Case).where(Case.list_id == aid_list.id)).one()


def a_meeting(by: Actor) -> int:
    """A meeting of the actor's own union, today."""
    number = f"会纪{db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry))}号"
    assert by.union_id
    return cases.record_meeting(by.union_id, number=number, on=clock.today(), attendees=["甲", "乙"], by=by).id


def opinion(case: Case, by: Actor) -> Case:
    """The opinion in the unit's place, with the giver's own meeting."""
    return cases.give_opinion(
        case.id, version=case.version, amount=case.proposed or Money(0), meeting_id=a_meeting(by), note="属实", by=by
    )


def to_approved(office: Office, case: Case, reviewer: Actor) -> Case:
    """Notice by the caseworker, review, and every level of the chain by its role."""
    cases.post_notice([case.id], versions=[case.version], place="公示栏", by=office.wang)
    on_day(load_calendar().add_working_days(clock.today(), 6).on)
    run_due(clock.today(), by=system_actor())
    case = fresh(case)
    cases.review(case.id, version=case.version, amount=case.noticed or Money(0), note="", by=reviewer)
    approvers = {"vice_chair": office.liu, "chair": office.sun}
    fund = find_fund("F4")
    assert fund is not None
    while (level := open_level(case)) is not None:
        by = approvers[level.role]
        cases.approve(
            case.id, version=case.version, amount=case.proposed or Money(0), note="同意", fund_id=fund.id, by=by,
            meeting_id=a_meeting(by) if level.needs_meeting else None,
        )  # fmt: skip
    return fresh(case)


@pytest.mark.parametrize("kind", DAYS)
@pytest.mark.parametrize("giver", ["neighbour", "reviewer"])
def test_no_kind_is_stuck(office: Office, kind: str, giver: str) -> None:
    on_day(DAYS[kind])
    some_money()
    second = a_second_reviewer(office)
    to = office.hongqi.id if giver == "neighbour" else None
    cases.pass_opinions(office.dongfeng.id, to_union_id=to, since=clock.today(), until=None, why="两个人", by=office.sun)
    case = handed_in(office, kind, visited_together(office))
    with pytest.raises(NotAllowed):
        opinion(fresh(case), office.li)
    by = office.he if giver == "neighbour" else office.chen
    case = opinion(fresh(case), by)
    case = to_approved(office, case, second if giver == "reviewer" else office.chen)
    assert case.state == State.APPROVED
    assert nobody_decided_twice(case)
    unusual = sa.select(AuditEntry.unusual).where(AuditEntry.verb == "case.give_opinion")
    assert db.session.scalars(unusual).all() == ["opinion_passed"]


@pytest.mark.parametrize("kind", ["special", "winter"])
def test_without_passing_it_on_the_two_of_them_are_stuck_and_the_button_says_why(office: Office, kind: str) -> None:
    on_day(DAYS[kind])
    case = handed_in(office, kind, visited_together(office))
    with pytest.raises(NotAllowed, match="visited"):
        opinion(fresh(case), office.li)
    offer = next(one for one in offers_for(fresh(case), office.li) if one.verb == "give_opinion")
    assert "visited" in str(offer.why_not)


def nobody_decided_twice(case: Case) -> bool:
    """Whoever entered, visited, gave the opinion, reviewed or approved did none of the others' parts."""
    hands = hands_of(case, None)
    deciding = [hands.entered | hands.visited, hands.opinion, hands.reviewed, hands.decided]
    return all(deciding) and sum(map(len, deciding)) == len(frozenset().union(*deciding))


def test_the_neighbours_desk_shows_it_and_the_own_chairs_does_not(office: Office, client) -> None:  # type: ignore[no-untyped-def]
    cases.pass_opinions(
        office.dongfeng.id, to_union_id=office.hongqi.id, since=clock.today(), until=None, why="两个人", by=office.li
    )
    case = handed_in(office, "special", visited_together(office))
    for who, is_there in (("he", True), ("li", False)):
        sign_in(client, office, who)
        assert (f'href="/cases/{case.id}"' in client.get("/").text) is is_there
