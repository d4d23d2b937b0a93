"""Send back: with a reason of the list, the things to mend, and the clock standing."""

import pytest

from relief.cases import service as cases
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.workflow import State
from tests.build_cases import a_case
from tests.rooms.cases.asking import fresh, get, is_missing_alike, last_step, post, steps_of
from tests.rooms.cases.test_give_opinion import acting_as
from tests.rooms.cases.test_review import chain_of


def send_back(case, by, reason="R01", fields=("evidence", "grade"), note="缺火灾证明"):
    return cases.send_back(case.id, version=case.version, reason=reason, fields=list(fields), note=note, by=by)


@pytest.mark.parametrize(
    ("state", "who"), [(State.SUBMITTED, "li"), (State.FORWARDED, "chen"), (State.IN_APPROVAL, "liu")]
)
def test_each_deciding_hand_sends_back(office, state, who):
    by = getattr(office, who)
    case = send_back(a_case(office, state), by)
    assert last_step(case, "send_back") == (state, "draft", by.person_id)
    step = steps_of(case, "send_back")[0]
    assert (step.reason, step.fields, step.note) == ("R01", ["evidence", "grade"], "缺火灾证明")
    assert (case.resume_to, case.mend_fields, case.due_on) == (state, ["evidence", "grade"], None)
    assert chain_of(case) == []


def test_the_opinion_stays(office):
    case = send_back(a_case(office, State.FORWARDED), office.chen)
    assert len(steps_of(case, "give_opinion")) == 1


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("reason", {"reason": "J01"}),
        ("reason", {"reason": ""}),
        ("fields", {"fields": ()}),
        ("fields", {"fields": ("x",)}),
    ],
)
def test_a_reason_and_what_to_mend(office, field, given):
    with pytest.raises(RuleBroken) as refused:
        send_back(a_case(office, State.SUBMITTED), office.li, **given)
    assert refused.value.field == field


def test_wrong_role_hands_state_another_unit(office):
    case = a_case(office, State.SUBMITTED)
    with pytest.raises(NotAllowed):
        send_back(case, office.chen)
    with pytest.raises(NotAllowed, match="visited"):
        send_back(fresh(case), acting_as(office.li, office.zhao))
    with pytest.raises(NotYours):
        send_back(fresh(case), office.he)
    with pytest.raises(WrongState):
        send_back(a_case(office, State.OPINION_GIVEN), office.li)


def test_over_http(office, client):
    case = a_case(office, State.SUBMITTED)
    bad = post(
        client, office, "li", f"/cases/{case.id}/send-back", version=case.version, reason="R01", note="缺证明，请补"
    )
    assert (bad.status_code, 'id="fields-error"' in bad.text, "缺证明，请补" in bad.text) == (422, True, True)
    done = post(
        client, office, "li", f"/cases/{case.id}/send-back", version=case.version, reason="R01", note="缺证明",
        fields=["evidence", "story"],
    )  # fmt: skip
    assert (done.status_code, fresh(case).mend_fields) == (303, ["evidence", "story"])
    assert get(client, office, "zhou", f"/cases/{case.id}/send-back").status_code == 403
    assert is_missing_alike(client, office, "he", "send-back", case)
