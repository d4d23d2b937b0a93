"""Refuse: with a reason and a sentence that the household reads in a letter."""

import pytest

from relief.cases import service as cases
from relief.cases.models import Snapshot
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.workflow import State
from relief.files.models import IssuedDocument
from tests.build_cases import a_case
from tests.rooms.cases.asking import fresh, get, is_missing_alike, last_step, post


def refuse(case, by, reason="J04", note="同一事由已获镇政府救助"):
    return cases.refuse(case.id, version=case.version, reason=reason, note=note, by=by)


@pytest.mark.parametrize(
    ("state", "who"), [(State.SUBMITTED, "li"), (State.FORWARDED, "chen"), (State.IN_APPROVAL, "liu")]
)
def test_it_ends_here_with_a_snapshot(office, state, who):
    by = getattr(office, who)
    case = refuse(a_case(office, state), by)
    assert last_step(case, "refuse") == (state, "refused", by.person_id)
    assert case.ended_at is not None and case.due_on is None
    assert db.session.scalars(db.select(Snapshot).order_by(Snapshot.id.desc())).first().case_id == case.id


def test_a_reason_of_its_family_and_a_sentence(office):
    case = a_case(office, State.SUBMITTED)
    for field, given in (("reason", {"reason": "R01"}), ("note", {"note": " "})):
        with pytest.raises(RuleBroken) as refused:
            refuse(fresh(case), office.li, **given)
        assert refused.value.field == field


def test_wrong_role_wrong_state_another_unit(office):
    case = a_case(office, State.SUBMITTED)
    with pytest.raises(NotAllowed):
        refuse(case, office.sun)
    with pytest.raises(NotYours):
        refuse(fresh(case), office.he)
    refuse(fresh(case), office.li)
    with pytest.raises(WrongState):
        refuse(fresh(case), office.li)


def test_over_http_with_the_letter_that_stays_the_same(office, client):
    case = a_case(office, State.SUBMITTED)
    bad = post(client, office, "li", f"/cases/{case.id}/refuse", version=case.version, note="已获救助")
    assert (bad.status_code, 'id="reason-error"' in bad.text, "已获救助" in bad.text) == (422, True, True)
    assert post(client, office, "wang", f"/cases/{case.id}/letter").status_code == 409
    done = post(client, office, "li", f"/cases/{case.id}/refuse", version=case.version, reason="J04", note="已获救助")
    assert (done.status_code, fresh(case).state) == (303, "refused")
    assert "Letter of refusal" in get(client, office, "wang", f"/cases/{case.id}").text
    letters = [post(client, office, "wang", f"/cases/{case.id}/letter") for _ in range(2)]
    assert letters[0].data.startswith(b"%PDF") and letters[0].data == letters[1].data
    assert db.session.scalars(db.select(IssuedDocument.kind)).all() == ["refusal"]
    assert post(client, office, "zhou", f"/cases/{case.id}/letter").status_code == 403
    assert is_missing_alike(client, office, "he", "refuse", case)
