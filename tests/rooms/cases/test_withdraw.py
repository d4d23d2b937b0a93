"""Withdraw: the household gives it up; what was promised is free again."""

import pytest

from relief.cases import service as cases
from relief.cases.models import Instalment
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.funds.queries import find_fund, recomputed
from relief.funds.service import balance_of
from tests.build_cases import a_case, a_paid_case
from tests.rooms.cases.asking import fresh, is_missing_alike, last_step, post


def withdraw(case, by, reason="W01"):
    return cases.withdraw(case.id, version=case.version, reason=reason, note="", by=by)


def test_before_approval_it_just_ends(office):
    case = withdraw(a_case(office, State.ON_NOTICE), office.wang)
    assert last_step(case, "withdraw") == ("on_notice", "withdrawn", office.wang.person_id)


def test_after_approval_the_fund_gets_its_promise_back(office):
    case = withdraw(a_case(office, State.APPROVED), office.wang)
    fund = find_fund("F4").id
    assert (case.state, case.approved, case.fund_id) == (State.WITHDRAWN, None, None)
    assert balance_of(fund).committed == Money(0)
    assert balance_of(fund) == recomputed(fund)
    assert all(one.dropped_at for one in db.session.scalars(db.select(Instalment)))


def test_reason_role_state_another_unit(office):
    case = a_case(office, State.SUBMITTED)
    with pytest.raises(RuleBroken) as refused:
        withdraw(case, office.wang, "J01")
    assert refused.value.field == "reason"
    with pytest.raises(NotAllowed):
        withdraw(fresh(case), office.li)
    with pytest.raises(NotYours):
        withdraw(fresh(case), office.zhao)
    with pytest.raises(WrongState):
        withdraw(a_paid_case(office), office.wang)


def test_over_http(office, client):
    case = a_case(office, State.SUBMITTED)
    bad = post(client, office, "wang", f"/cases/{case.id}/withdraw", version=case.version, note="自愿放弃")
    assert (bad.status_code, 'id="reason-error"' in bad.text, "自愿放弃" in bad.text) == (422, True, True)
    done = post(client, office, "wang", f"/cases/{case.id}/withdraw", version=case.version, reason="W01")
    assert (done.status_code, fresh(case).state) == (303, "withdrawn")
    assert is_missing_alike(client, office, "zhao", "withdraw", case)
