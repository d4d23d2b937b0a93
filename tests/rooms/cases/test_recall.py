"""Take an approval back: before any sheet the money is free and the review waits anew."""

import pytest

from relief.cases import service as cases
from relief.db import db
from relief.domain.errors import NotAllowed, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.funds.queries import find_fund
from relief.funds.service import balance_of
from relief.persons.service import declare_relative
from tests.build_cases import a_case, a_sheet
from tests.rooms.cases.asking import fresh, get, last_step, post
from tests.rooms.cases.test_review import chain_of


def recall(case, by):
    return cases.recall(case.id, version=case.version, note="金额有误", by=by)


def test_the_approver_takes_their_own_approval_back(office):
    case = recall(a_case(office, State.APPROVED), office.sun)
    assert last_step(case, "recall") == ("approved", "forwarded", office.sun.person_id)
    assert (case.approved, case.approved_by, case.fund_id) == (None, None, None)
    assert balance_of(find_fund("F4").id).committed == Money(0)
    assert chain_of(case) == []


def test_it_can_be_reviewed_and_approved_again(office):
    from tests.build_cases import _approve, _review

    case = recall(a_case(office, State.APPROVED), office.sun)
    _review(office, fresh(case))
    _approve(office, fresh(case))
    assert fresh(case).state == State.APPROVED
    assert balance_of(find_fund("F4").id).committed == Money.yuan(3_000)


def test_on_a_sheet_it_is_too_late(office):
    case = a_case(office, State.APPROVED)
    a_sheet(office, case)
    with pytest.raises(WrongState):
        recall(fresh(case), office.sun)


def test_wrong_role_and_a_relative(office):
    case = a_case(office, State.APPROVED)
    with pytest.raises(NotAllowed):
        recall(case, office.chen)
    declare_relative(office.sun.person_id, case.applicant_id, "other", by=office.sun)
    with pytest.raises(NotAllowed, match="near"):
        recall(fresh(case), office.sun)


def test_over_http(office, client):
    case = a_case(office, State.APPROVED)
    assert post(client, office, "liu", f"/cases/{case.id}/recall", version=case.version).status_code == 422
    done = post(client, office, "liu", f"/cases/{case.id}/recall", version=case.version, note="金额有误")
    assert (done.status_code, fresh(case).state) == (303, "forwarded")
    assert get(client, office, "liu", f"/cases/{case.id}/recall").status_code == 409
    assert get(client, office, "li", f"/cases/{case.id}/recall").status_code == 403
    assert get(client, office, "liu", "/cases/999999/recall").status_code == 404
    assert db.session.get(type(case), case.id) is not None
