"""Decide: a whole window in one sitting; rows taken out go on alone, the others pass with one meeting."""

import pytest

from relief.audit.models import AuditEntry
from relief.cases.models import Meeting
from relief.db import db
from relief.domain.errors import NotAllowed, RuleBroken, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.funds.queries import find_fund
from relief.funds.service import balance_of
from relief.lists import service as lists
from tests.build import an_office
from tests.build_cases import some_money
from tests.rooms.lists.bureau import a_meeting, a_window, rows_of, to_approval


@pytest.fixture
def office(app):
    return an_office()


def decide(office, opened, *, by=None, out=None, meeting=True):
    number = f"兴林{db.session.scalar(db.select(db.func.count(Meeting.id)))}"
    meeting_id = a_meeting(office.bureau.id, office.sun, number) if meeting else None
    return lists.decide(
        opened.window.id, taken_out=out or {}, fund_id=find_fund("F4").id, meeting_id=meeting_id, note="同意",
        by=by or office.sun,
    )  # fmt: skip


def test_one_decision_carries_all_rows_but_those_taken_out(office):
    opened = a_window(office)
    some_money()
    to_approval(office, opened.dongfeng)
    first, *others = rows_of(opened.dongfeng)
    tally = decide(office, opened, out={first.id: "家庭情况待核实"})
    assert (tally.rows, tally.amount, tally.behind) == (2, Money.yuan(3_400), ())
    db.session.refresh(first)
    assert (first.state, first.lifted) == (State.IN_APPROVAL, True)
    assert [(row.state, row.approved) for row in others] == [("approved", Money.yuan(1_700))] * 2
    assert balance_of(find_fund("F4").id).committed == Money.yuan(3_400)
    with pytest.raises(WrongState):
        lists.lift_out(others[0].id, version=None, why="存疑", by=office.sun)
    line = db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == "list.decide")).one()
    assert (line.changes["rows"], line.changes["taken_out"]) == (2, 1)


def test_what_the_fund_no_longer_holds_stays_behind(office):
    opened = a_window(office)
    some_money(announced=3_500)
    to_approval(office, opened.dongfeng)
    tally = decide(office, opened)
    assert (tally.rows, len(tally.behind)) == (2, 1)
    assert "can still promise" in str(tally.behind[0].why)
    assert sorted(row.state for row in rows_of(opened.dongfeng)) == ["approved", "approved", "in_approval"]


def test_role_meeting_and_nothing_to_decide(office):
    opened = a_window(office)
    some_money()
    with pytest.raises(RuleBroken, match="No row"):
        decide(office, opened)
    to_approval(office, opened.dongfeng)
    with pytest.raises(NotAllowed):
        decide(office, opened, by=office.chen)
    with pytest.raises(RuleBroken, match="No row"):
        decide(office, opened, by=office.liu)
    with pytest.raises(RuleBroken, match="meeting"):
        decide(office, opened, meeting=False)
