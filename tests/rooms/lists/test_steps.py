"""Submit, opinion, notice, review of a list, and rows lifted out or put back: all rows at once, each by its rules."""

import pytest

from relief.audit.models import AuditEntry
from relief.cases.models import CaseStep, Notice, NoticeRow, Snapshot
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale
from relief.domain.money import Money
from relief.households.models import Household
from relief.lists import service as lists
from tests.build import an_office
from tests.rooms.lists.bureau import a_meeting, a_window, rows_of, to_approval


@pytest.fixture
def office(app):
    return an_office()


def told(verb):
    return db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == verb)).all()


def states(opened):
    db.session.expire_all()
    return [row.state for row in rows_of(opened.dongfeng)]


def opinion(office, opened, by=None):
    meeting = a_meeting(office.dongfeng.id, office.li, f"东风{len(told('meeting.record'))}")
    return lists.give_opinion(opened.dongfeng.id, meeting_id=meeting, note="同意", by=by or office.li)


def test_submit_takes_the_ready_and_leaves_the_rest_with_its_reason(office):
    opened = a_window(office)
    unready = opened.households[1].id
    with transaction():
        db.session.get_one(Household, unready).reviewed_on = None
    tally = lists.submit(opened.dongfeng.id, by=office.wang)
    assert (tally.rows, tally.amount) == (2, Money.yuan(3_400))
    assert [one.case_id for one in tally.behind] == [rows_of(opened.dongfeng)[1].id] and str(tally.behind[0].why)
    assert states(opened) == ["submitted", "draft", "submitted"]
    assert told("list.submit")[0].changes == {
        "number": opened.dongfeng.number, "rows": 2, "amount": {"fen": 340_000}, "behind": 1,
    }  # fmt: skip
    assert len(told("case.submit")) == 2


def test_one_meeting_carries_the_opinion_on_every_row(office):
    opened = a_window(office)
    lists.submit(opened.dongfeng.id, by=office.wang)
    tally = opinion(office, opened)
    assert (tally.rows, states(opened)) == (3, ["opinion_given"] * 3)
    steps = db.session.scalars(db.select(CaseStep).where(CaseStep.verb == "give_opinion")).all()
    assert len({step.meeting_id for step in steps}) == 1 and {step.amount for step in steps} == {Money.yuan(1_700)}
    assert db.session.scalar(db.select(db.func.count(Snapshot.id))) == 3
    assert told("list.give_opinion")[0].changes["rows"] == 3


def test_one_notice_shows_every_row(office):
    opened = a_window(office)
    lists.submit(opened.dongfeng.id, by=office.wang)
    opinion(office, opened)
    with pytest.raises(RuleBroken, match="hangs"):
        lists.post_notice(opened.dongfeng.id, place=" ", by=office.wang)
    notice, tally = lists.post_notice(opened.dongfeng.id, place="林场公示栏", by=office.wang)
    shown = db.session.scalars(db.select(NoticeRow).where(NoticeRow.notice_id == notice.id)).all()
    assert (tally.rows, len(shown), {row.amount for row in shown}) == (3, 3, {Money.yuan(1_700)})
    assert not {"张一", "张二", "张三"} & {row.masked_name for row in shown}
    assert db.session.scalar(db.select(db.func.count(Notice.id))) == 1
    assert told("list.post_notice")[0].changes["rows"] == 3 and len(told("notice.post")) == 1


def test_the_review_passes_every_row_on(office):
    opened = a_window(office)
    to_approval(office, opened.dongfeng)
    assert states(opened) == ["in_approval"] * 3
    assert told("list.review")[0].changes["amount"] == {"fen": 510_000}


def test_a_doubtful_row_goes_alone_and_comes_back(office):
    opened = a_window(office)
    lists.submit(opened.dongfeng.id, by=office.wang)
    first = rows_of(opened.dongfeng)[0]
    for why, version, refused in ((" ", first.version, RuleBroken), ("存疑", first.version + 1, Stale)):
        with pytest.raises(refused):
            lists.lift_out(first.id, version=version, why=why, by=office.li)
    lists.lift_out(first.id, version=first.version, why="收入待核实", by=office.li)
    with pytest.raises(RuleBroken, match="out of its list"):
        lists.lift_out(first.id, version=first.version, why="收入待核实", by=office.li)
    assert opinion(office, opened).rows == 2
    assert states(opened) == ["submitted", "opinion_given", "opinion_given"]
    db.session.refresh(first)
    lists.put_back(first.id, version=first.version, why="已核实", by=office.li)
    with pytest.raises(RuleBroken, match="on its list"):
        lists.put_back(first.id, version=first.version, why="已核实", by=office.li)
    assert opinion(office, opened).rows == 1
    assert (len(told("case.lift_out")), len(told("case.put_back"))) == (1, 1)


def test_the_wrong_role_is_turned_away(office):
    opened = a_window(office)
    with pytest.raises((NotAllowed, RuleBroken)):
        lists.submit(opened.dongfeng.id, by=office.li)
    lists.submit(opened.dongfeng.id, by=office.wang)
    first = rows_of(opened.dongfeng)[0]
    with pytest.raises((NotAllowed, RuleBroken)):
        opinion(office, opened, by=office.feng)
    with pytest.raises((NotAllowed, RuleBroken)):
        lists.review(opened.dongfeng.id, note="同意", by=office.wang)
    with pytest.raises(NotAllowed):
        lists.lift_out(first.id, version=first.version, why="存疑", by=office.zhou)
    assert states(opened) == ["submitted"] * 3


def test_a_step_that_no_row_waits_for_is_refused(office):
    opened = a_window(office)
    for act in (
        lambda: opinion(office, opened),
        lambda: lists.post_notice(opened.dongfeng.id, place="公示栏", by=office.wang),
        lambda: lists.review(opened.dongfeng.id, note="", by=office.chen),
    ):
        with pytest.raises(RuleBroken, match="No row"):
            act()


def test_another_units_list_is_out_of_sight(office):
    opened = a_window(office)
    first = rows_of(opened.dongfeng)[0]
    for act in (
        lambda: lists.submit(opened.dongfeng.id, by=office.zhao),
        lambda: lists.give_opinion(opened.dongfeng.id, meeting_id=None, note="同意", by=office.he),
        lambda: lists.post_notice(opened.dongfeng.id, place="公示栏", by=office.zhao),
        lambda: lists.lift_out(first.id, version=first.version, why="存疑", by=office.zhao),
    ):
        with pytest.raises(NotYours):
            act()
