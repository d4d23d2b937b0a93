"""Pass a unit's opinions on, beforehand: to another unit or the reviewer, for exactly the cases handed in from then on."""

from datetime import timedelta

import pytest

from relief import clock
from relief.accounts import service as accounts
from relief.accounts.models import User
from relief.accounts.queries import actor_of
from relief.cases import queries
from relief.cases import service as cases
from relief.cases.offers import offers_for, turns_of_others
from relief.cases.ways_models import OpinionPassed
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.permissions import Role
from relief.domain.workflow import State
from relief.files.models import Attachment
from relief.persons.service import keep_person
from tests.build import PASSWORD, SYSTEM, an_id, sign_in
from tests.build_cases import a_case
from tests.rooms.cases.asking import ENGLISH, audit_of, fresh, get, post


def pass_on(office, to="hongqi", by=None, since=None, until=None, why="只有两个人,都去走访"):
    return cases.pass_opinions(
        office.dongfeng.id, to_union_id=getattr(office, to).id if to else None, since=since or clock.today(),
        until=until, why=why, by=by or office.li,
    )  # fmt: skip


def a_second_reviewer(office):
    person = keep_person(name="钱复", resident_id=an_id(sequence=991), by=SYSTEM)
    user = accounts.create_user(
        person_id=person.id, union_id=office.bureau.id, username="qian", roles=(Role.REVIEWER,), password=PASSWORD,
        by=SYSTEM,
    )  # fmt: skip
    return actor_of(user)


def opine(case, by, number="红旗工会会纪〔2026〕3号"):
    meeting = cases.record_meeting(by.union_id, number=number, on=clock.today(), attendees=["何伟", "赵敏"], by=by)
    return cases.give_opinion(
        case.id, version=case.version, amount=case.proposed, meeting_id=meeting.id, note="情况属实", by=by
    )


def test_the_neighbours_chair_gives_it_with_his_own_unions_meeting(office):
    pass_on(office)
    case = opine(a_case(office, State.SUBMITTED), office.he)
    assert case.state == State.OPINION_GIVEN
    line = audit_of(case, "case.give_opinion")[0]
    assert (line.unusual, line.person_id) == ("opinion_passed", office.he.person_id)


def test_it_writes_who_was_named_by_whom(office):
    passed = pass_on(office)
    line = audit_of(office.dongfeng.id, "opinion.pass")[0]
    assert (line.person_id, line.changes["to"]) == (office.li.person_id, office.hongqi.id)
    cases.end_passing(passed.id, by=office.sun)
    assert audit_of(office.dongfeng.id, "opinion.end_passing")[0].person_id == office.sun.person_id


def test_the_units_own_chair_reads_why_it_is_not_his(office):
    pass_on(office)
    case = a_case(office, State.SUBMITTED)
    with pytest.raises(NotAllowed, match="红旗林场工会"):
        opine(case, office.li, "东风工会会纪〔2026〕1号")
    offer = next(one for one in offers_for(fresh(case), office.li) if one.verb == "give_opinion")
    assert str(offer.why_not) == "The opinion was passed on to 红旗林场工会."


def test_the_neighbour_sees_these_cases_only_and_takes_no_other_step(office):
    before = a_case(office, State.SUBMITTED)
    clock.set_shift(clock.shift() + timedelta(minutes=1))
    pass_on(office)
    after, draft = a_case(office, State.SUBMITTED), a_case(office)
    for case in (before, draft):
        with pytest.raises(NotYours):
            queries.get_case(case.id, by=office.he)
        with pytest.raises(NotYours):
            opine(fresh(case), office.he, f"{case.id}号")
    assert queries.get_case(after.id, by=office.he).id == after.id
    assert [row.id for row in queries.list_cases({}, by=office.he).rows] == [after.id]
    assert [one.verb for one in offers_for(after, office.he)] == ["give_opinion", "send_back", "refuse"]
    with pytest.raises(NotAllowed, match="Only the opinion"):
        cases.hold(after.id, version=after.version, note="等", by=office.he)
    with pytest.raises(NotYours):
        queries.get_case(after.id, by=office.zhao)


def test_what_waited_before_it_was_named_stays_the_units_own(office):
    case = a_case(office, State.SUBMITTED)
    clock.set_shift(clock.shift() + timedelta(minutes=1))
    pass_on(office)
    assert opine(fresh(case), office.li, "东风工会会纪〔2026〕1号").state == State.OPINION_GIVEN
    assert audit_of(case, "case.give_opinion")[0].unusual is None


def test_after_its_last_day_the_unit_gives_its_own_opinion_again(office):
    passed = pass_on(office)
    cases.end_passing(passed.id, by=office.li)
    today = a_case(office, State.SUBMITTED)
    clock.set_shift(clock.shift() + timedelta(days=1))
    tomorrow = a_case(office, State.SUBMITTED)
    assert queries.get_case(today.id, by=office.he)
    with pytest.raises(NotYours):
        queries.get_case(tomorrow.id, by=office.he)
    with pytest.raises(RuleBroken, match="over already"):
        cases.end_passing(passed.id, by=office.li)


def test_the_reviewer_gives_it_and_another_one_reviews(office):
    second = a_second_reviewer(office)
    pass_on(office, None)
    case = a_case(office, State.SUBMITTED)
    assert [str(turn.who[0]) for turn in turns_of_others(case, office.wang) if turn.label.message.startswith("Give")] == [
        "the bureau's reviewer"
    ]
    case = opine(case, office.chen, "局工会会纪〔2026〕2号")
    cases.post_notice([case.id], versions=[case.version], place="公示栏", by=office.wang)
    from tests.build_cases import _end

    _end(office, case)
    case = fresh(case)
    with pytest.raises(NotAllowed, match="gave the unit's opinion"):
        cases.review(case.id, version=case.version, amount=case.noticed, note="", by=office.chen)
    assert cases.review(case.id, version=case.version, amount=case.noticed, note="", by=second).state == "in_approval"


def test_not_to_the_reviewer_where_nobody_is_left_to_review(office):
    with pytest.raises(RuleBroken, match="one reviewer only") as refused:
        pass_on(office, None)
    assert refused.value.field == "to"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"since": -1}, "since"), ({"since": 5, "until": 4}, "until"), ({"why": " "}, "why"), ({"to": "dongfeng"}, "to"),
        ({"to": "bureau"}, "to"),
    ],
)  # fmt: skip
def test_named_beforehand_with_a_reason_to_somebody_who_can(office, given, field):
    days = {name: clock.today() + timedelta(days=given[name]) for name in ("since", "until") if name in given}
    with pytest.raises(RuleBroken) as refused:
        pass_on(office, **given | days)
    assert refused.value.field == field
    assert db.session.scalars(db.select(OpinionPassed)).all() == []


def test_one_at_a_time_and_not_from_union_to_union(office):
    pass_on(office, until=clock.today() + timedelta(days=10))
    with pytest.raises(RuleBroken, match="End it first"):
        pass_on(office, since=clock.today() + timedelta(days=10))
    pass_on(office, since=clock.today() + timedelta(days=11))
    with pytest.raises(RuleBroken, match="passed on once"):
        cases.pass_opinions(
            office.hongqi.id, to_union_id=office.dongfeng.id, since=clock.today(), until=None, why="人少", by=office.he
        )


def test_by_the_units_chair_or_the_bureaus_and_nobody_else(office):
    for who in (office.wang, office.chen, office.liu):
        with pytest.raises(NotAllowed):
            pass_on(office, by=who)
    with pytest.raises(NotYours):
        pass_on(office, by=office.he)
    passed = pass_on(office, by=office.sun)
    with pytest.raises(NotYours):
        cases.end_passing(passed.id, by=office.he)


def test_over_http_the_case_says_so_and_its_papers_open(office, client):
    page = f"/unions/{office.dongfeng.id}/opinions"
    assert get(client, office, "li", "/opinions").status_code == 200
    bad = post(client, office, "li", page, to=str(office.hongqi.id), since="2026-03-01", why="两个人")
    assert (bad.status_code, 'id="since-error"' in bad.text) == (422, True)
    done = post(client, office, "li", page, to=str(office.hongqi.id), since="2026-03-02", why="两个人")
    assert done.status_code == 303
    assert "红旗林场工会" in client.get(page, headers=ENGLISH).text
    case = a_case(office, State.SUBMITTED)
    shown = get(client, office, "he", f"/cases/{case.id}")
    assert (shown.status_code, "Opinion passed on to" in shown.text) == (200, True)
    assert f'href="/households/{case.household_id}"' not in shown.text
    paper = db.session.scalars(db.select(Attachment.id).where(Attachment.subject_id == case.id)).first()
    assert client.get(f"/files/{paper}").status_code == 200
    assert f"/cases/{case.id}" in client.get("/", headers=ENGLISH).text
    sign_in(client, office, "zhao")
    assert client.get(f"/files/{paper}").status_code == 404
    assert get(client, office, "li", f"/cases/{case.id}/give-opinion").status_code == 200
    assert f'href="/cases/{case.id}"' not in get(client, office, "li", "/cases?mine=turn").text
    assert get(client, office, "he", page).status_code == 404
    assert get(client, office, "wang", page).status_code == 403


def test_ending_it_over_http(office, client):
    passed = pass_on(office)
    address = f"/unions/{office.dongfeng.id}/opinions/{passed.id}/end"
    assert post(client, office, "he", address).status_code == 404
    assert post(client, office, "li", address).status_code == 303
    db.session.expire_all()
    assert db.session.get_one(OpinionPassed, passed.id).until == clock.today()


def leave(office, who):
    """The only one who gives opinions there is gone."""
    accounts.disable(office.users[who].id, by=SYSTEM)


def pass_again(office, passed, to=None, why="何伟已调离", by=None):
    receiver = getattr(office, to).id if to else a_third_unit(office).union_id
    return cases.pass_again(passed.id, to_union_id=receiver, why=why, by=by or office.li)


def a_third_unit(office):
    """A unit with a chair of its own, the same one when it is asked for again."""
    known = db.session.scalars(db.select(User).where(User.username == "gao")).first()
    if known is not None:
        return actor_of(known)
    union = accounts.create_union(
        name="新青林场工会", short_name="新青林场", code="XQ", parent_id=office.bureau.id, by=SYSTEM, phone="0451-57801234"
    )
    person = keep_person(name="高山", resident_id=an_id(sequence=993), by=SYSTEM)
    user = accounts.create_user(
        person_id=person.id, union_id=union.id, username="gao", roles=(Role.UNIT_CHAIR,), password=PASSWORD, by=SYSTEM
    )
    return actor_of(user)


def test_a_case_whose_receiver_has_nobody_left_is_passed_on_again_and_goes_on(office):
    passed = pass_on(office)
    waiting = a_case(office, State.SUBMITTED)
    leave(office, "he")
    third = a_third_unit(office)
    again = cases.pass_again(passed.id, to_union_id=third.union_id, why="何伟已调离", by=office.li)
    assert (again.instead_of, again.since, again.until) == (passed.id, passed.since, passed.until)
    line = audit_of(office.dongfeng.id, "opinion.pass_again")[0]
    assert (line.person_id, line.changes["to"]) == (office.li.person_id, [office.hongqi.id, third.union_id])
    assert [row.id for row in queries.list_cases({}, by=third).rows] == [waiting.id]
    with pytest.raises(NotYours):
        queries.get_case(waiting.id, by=office.zhao)
    later = a_case(office, State.SUBMITTED)
    for case in (waiting, later):
        done = opine(fresh(case), third, f"新青会纪〔2026〕{case.id}号")
        assert done.state == State.OPINION_GIVEN
        assert audit_of(case, "case.give_opinion")[0].unusual == "opinion_passed"


def test_what_the_first_one_gave_stays_told_as_it_was(office, client):
    passed = pass_on(office)
    case = opine(a_case(office, State.SUBMITTED), office.he)
    leave(office, "he")
    pass_again(office, passed)
    page = get(client, office, "li", f"/cases/{case.id}").text
    assert "何伟" in page and "新青林场工会" not in page


def test_not_again_while_somebody_there_can_nor_twice_nor_to_nobody(office):
    passed = pass_on(office)
    with pytest.raises(RuleBroken, match="can still give"):
        pass_again(office, passed)
    leave(office, "he")
    for to, field in (("hongqi", "to"), ("bureau", "to"), ("dongfeng", "to")):
        with pytest.raises(RuleBroken) as refused:
            pass_again(office, passed, to)
        assert refused.value.field == field
    with pytest.raises(RuleBroken) as refused:
        pass_again(office, passed, why=" ")
    assert refused.value.field == "why"
    db.session.expire_all()
    assert db.session.get_one(OpinionPassed, passed.id).replaced_at is None
    with pytest.raises(RuleBroken, match="one reviewer only"):
        cases.pass_again(passed.id, to_union_id=None, why="无人", by=office.li)
    pass_again(office, passed)
    with pytest.raises(RuleBroken, match="again already"):
        pass_again(office, passed, "bureau")
    with pytest.raises(RuleBroken, match="End it first"):
        pass_on(office, "bureau")


def test_the_reviewers_second_leaves_and_a_unit_takes_it(office):
    second = a_second_reviewer(office)
    passed = pass_on(office, None)
    case = a_case(office, State.SUBMITTED)
    accounts.disable(second.user_id, by=SYSTEM)
    cases.pass_again(passed.id, to_union_id=office.hongqi.id, why="钱复退休", by=office.sun)
    assert opine(fresh(case), office.he).state == State.OPINION_GIVEN


def test_only_who_passes_opinions_on_and_within_the_subtree(office):
    passed = pass_on(office)
    leave(office, "he")
    for who in (office.wang, office.chen, office.liu):
        with pytest.raises(NotAllowed):
            pass_again(office, passed, "bureau", by=who)
    with pytest.raises(NotYours):
        pass_again(office, passed, by=a_third_unit(office))


def test_the_desk_and_the_case_say_that_it_waits_for_nobody(office, client):
    passed = pass_on(office)
    case = a_case(office, State.SUBMITTED)
    assert "waits for nobody" not in get(client, office, "li", f"/cases/{case.id}").text
    assert "nobody is left to give" not in get(client, office, "li", "/").text
    leave(office, "he")
    address = f"/unions/{office.dongfeng.id}/opinions/{passed.id}/again"
    shown = get(client, office, "li", f"/cases/{case.id}").text
    assert "waits for nobody" in shown and f'href="{address}"' in shown
    assert "Opinions that nobody is left to give" in get(client, office, "li", "/").text
    assert "Opinions that nobody is left to give" in get(client, office, "sun", "/").text
    assert f'href="{address}"' in get(client, office, "li", f"/unions/{office.dongfeng.id}/opinions").text
    third = a_third_unit(office)
    bad = post(client, office, "li", address, to=str(third.union_id), why="")
    assert (bad.status_code, 'id="why-error"' in bad.text) == (422, True)
    assert post(client, office, "li", address, to=str(third.union_id), why="何伟已调离").status_code == 303
    assert "Passed on again" in get(client, office, "li", f"/unions/{office.dongfeng.id}/opinions").text
    assert "nobody is left to give" not in get(client, office, "li", "/").text
    other = f"/unions/{office.hongqi.id}/opinions/{passed.id}/again"
    assert get(client, office, "sun", other).status_code == 404
