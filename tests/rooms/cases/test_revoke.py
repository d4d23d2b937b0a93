"""Revoke: the chair takes an award away; what is still promised goes back, what was paid is to be recovered."""

import pytest

from relief.cases import service as cases
from relief.domain.errors import NotAllowed, RuleBroken, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.funds.queries import find_fund
from relief.funds.service import balance_of
from tests.build_cases import a_case, a_paid_case, a_sheet
from tests.rooms.cases.asking import fresh, get, last_step, post


def revoke(case, by, reason="X01", note="材料系伪造"):
    return cases.revoke(case.id, version=case.version, reason=reason, note=note, by=by)


def test_before_payment_the_promise_goes_back(office):
    case = revoke(a_case(office, State.APPROVED), office.sun)
    assert last_step(case, "revoke") == ("approved", "revoked", office.sun.person_id)
    assert balance_of(find_fund("F4").id).committed == Money(0)


def test_after_payment_the_award_stays_written_as_paid(office):
    case = revoke(a_paid_case(office), office.sun)
    balance = balance_of(find_fund("F4").id)
    assert (case.state, case.approved) == (State.REVOKED, Money.yuan(3_000))
    assert (balance.committed, balance.paid) == (Money(0), Money.yuan(3_000))


def test_not_while_a_payment_is_on_its_way(office):
    case = a_case(office, State.APPROVED)
    a_sheet(office, case, state="sent")
    with pytest.raises(WrongState, match="on its way"):
        revoke(fresh(case), office.sun)


def test_reason_note_role_state(office):
    case = a_case(office, State.APPROVED)
    for field, given in (("reason", {"reason": "W01"}), ("note", {"note": ""})):
        with pytest.raises(RuleBroken) as refused:
            revoke(fresh(case), office.sun, **given)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        revoke(fresh(case), office.liu)
    with pytest.raises(WrongState):
        revoke(a_case(office, State.SUBMITTED), office.sun)


def test_over_http(office, client):
    case = a_case(office, State.APPROVED)
    bad = post(client, office, "sun", f"/cases/{case.id}/revoke", version=case.version, note="伪造")
    assert (bad.status_code, 'id="reason-error"' in bad.text, "伪造" in bad.text) == (422, True, True)
    done = post(client, office, "sun", f"/cases/{case.id}/revoke", version=case.version, reason="X01", note="伪造")
    assert (done.status_code, fresh(case).state) == (303, "revoked")
    assert get(client, office, "liu", f"/cases/{case.id}/revoke").status_code == 403
    assert get(client, office, "sun", "/cases/999999/revoke").status_code == 404
