"""Propose, add, take off: who stands on a list with which amount, who does not and why, and what a hand changed."""

import pytest

from relief.audit.models import AuditEntry
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.money import Money
from relief.domain.sentences import Sentence
from relief.households.models import Household
from relief.lists import service as lists
from relief.persons.service import declare_relative
from relief.windows.models import LeftOut
from tests.build import a_household, an_office
from tests.rooms.lists.bureau import a_colleague, a_window, ready_household, rows_of


@pytest.fixture
def office(app):
    return an_office()


def told(verb):
    return db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == verb)).all()


def left_out(aid_list):
    rows = db.session.scalars(db.select(LeftOut).where(LeftOut.list_id == aid_list.id))
    return {row.household_id: (str(Sentence.from_data(row.why)), row.by_hand) for row in rows}


def again(office, opened):
    return lists.propose(opened.window.id, office.dongfeng.id, by=office.wang)


def test_every_active_household_stands_there_with_its_amount(office):
    opened = a_window(office)
    rows = rows_of(opened.dongfeng)
    assert [row.household_id for row in rows] == [one.id for one in opened.households]
    assert {(row.state, row.proposed, row.window_id) for row in rows} == {
        ("draft", Money.yuan(1_700), opened.window.id)
    }
    assert len({row.number for row in rows}) == 3
    assert told("list.propose")[0].changes["rows"] == 3 and len(told("case.open")) == 3


def test_who_is_left_out_is_named_with_the_reason(office):
    opened = a_window(office, ("张一",))
    without_category = ready_household(office, "张二", declared_category=None)
    closed = a_household(office, "张三")
    with transaction():
        db.session.get_one(Household, closed.id).status = "closed"
    again(office, opened)
    found = left_out(opened.dongfeng)
    assert set(found) == {without_category.id}
    assert found[without_category.id][0] and not found[without_category.id][1]
    assert told("list.propose")[-1].changes["left_out"] == 1


def test_proposed_again_only_newcomers_are_added(office):
    opened = a_window(office)
    before = [row.number for row in rows_of(opened.dongfeng)]
    new = ready_household(office, "张四")
    assert again(office, opened).id == opened.dongfeng.id
    rows = rows_of(opened.dongfeng)
    assert [row.number for row in rows][:3] == before
    assert [row.household_id for row in rows][3:] == [new.id]


def test_what_was_taken_off_by_hand_stays_off_until_a_hand_adds_it(office):
    opened = a_window(office)
    first = rows_of(opened.dongfeng)[0]
    household_id, case_id = first.household_id, first.id
    with pytest.raises(RuleBroken, match="why"):
        lists.take_off(opened.dongfeng.id, case_id, version=first.version, why=" ", by=office.wang)
    lists.take_off(opened.dongfeng.id, case_id, version=first.version, why="本人不愿申请", by=office.wang)
    assert told("list.take_off")[0].changes["why"] == "本人不愿申请"
    again(office, opened)
    assert household_id not in [row.household_id for row in rows_of(opened.dongfeng)]
    assert left_out(opened.dongfeng)[household_id] == ("Taken off by hand: 本人不愿申请", True)
    added = lists.add_row(opened.dongfeng.id, household_id, why="本人又愿意了", by=office.wang)
    assert (added.state, added.proposed) == ("draft", Money.yuan(1_700))
    assert left_out(opened.dongfeng) == {}
    assert told("list.add_row")[0].changes["why"] == "本人又愿意了"


def test_nobody_puts_the_own_household_on_a_list(office):
    opened = a_window(office, ("张一",))
    kin = ready_household(office, "张二")
    declare_relative(office.wang.person_id, kin.head_id, "sibling", by=office.wang)
    again(office, opened)
    assert "Near to whoever makes the list" in left_out(opened.dongfeng)[kin.id][0]
    with pytest.raises(RuleBroken, match="Near to"):
        lists.add_row(opened.dongfeng.id, kin.id, why="符合条件", by=office.wang)
    lists.add_row(opened.dongfeng.id, kin.id, why="符合条件", by=a_colleague(office))


def test_a_row_that_the_rules_forbid_is_refused_with_its_reason(office):
    opened = a_window(office, ("张一",))
    without_category = ready_household(office, "张二", declared_category=None)
    elsewhere = ready_household(office, "张三", union=office.hongqi)
    for household in (without_category, opened.households[0]):
        with pytest.raises(RuleBroken):
            lists.add_row(opened.dongfeng.id, household.id, why="补录", by=office.wang)
    with pytest.raises(NotYours):
        lists.add_row(opened.dongfeng.id, elsewhere.id, why="补录", by=office.wang)
    with pytest.raises(RuleBroken, match="why"):
        lists.add_row(opened.dongfeng.id, without_category.id, why="", by=office.wang)


def test_role_unit_and_state_are_judged(office):
    opened = a_window(office)
    first = rows_of(opened.dongfeng)[0]
    with pytest.raises(NotAllowed):
        lists.propose(opened.window.id, office.dongfeng.id, by=office.li)
    with pytest.raises(NotYours):
        lists.propose(opened.window.id, office.dongfeng.id, by=office.zhao)
    with pytest.raises(NotYours):
        lists.take_off(opened.dongfeng.id, first.id, version=first.version, why="补录", by=office.zhao)
    lists.submit(opened.dongfeng.id, by=office.wang)
    with pytest.raises(WrongState):
        lists.take_off(opened.dongfeng.id, first.id, version=first.version, why="补录", by=office.wang)
