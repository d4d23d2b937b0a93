"""Appeals: within ten working days, answered by somebody who took no part; upheld, the case is opened again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from relief import clock
from relief.audit.models import AuditEntry
from relief.cases import service as cases
from relief.cases.appealing import list_appeals
from relief.cases.papers import letter_of
from relief.cases.service.recoveries import recoverables_of
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.workflow import State
from tests.build_cases import a_case, a_paid_case
from tests.rooms.cases.asking import audit_of, fresh, get, is_missing_alike, last_step, post, steps_of
from tests.rooms.cases.urgent import asked, days_pass


def refused(office, state=State.IN_APPROVAL):
    """Refused by the chair, on the way of the whole cast but the vice-chair."""
    case = a_case(office, state)
    cases.refuse(case.id, version=case.version, reason="J01", note="收入超过标准", by=office.sun)
    return fresh(case)


def appeal(case, by, on=None, text="收入算错了"):
    cases.record_appeal(case.id, version=case.version, received_on=on or clock.today(), text=text, by=by)
    return fresh(case)


def judge(case, by, upheld=True, answer="重新核算收入"):
    return cases.judge_appeal(case.id, version=case.version, upheld=upheld, answer=answer, by=by)


def test_it_is_written_down_and_due_in_ten_working_days(office):
    case = appeal(refused(office), office.wang)
    (one,) = list_appeals(case.id)
    assert (case.state, one.due_on - one.received_on, one.recorded_by) == (
        State.REFUSED, timedelta(days=14), office.wang.person_id,
    )  # fmt: skip
    assert audit_of(case, "case.record_appeal")[0].unusual == "appeal"
    assert db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == "appeal.record")).one().subject_id == one.id


def test_the_tenth_working_day_is_in_time_the_day_after_is_not(office):
    case = refused(office)
    last = date(2026, 3, 24)
    assert clock.today() == date(2026, 3, 10)
    days_pass(11)
    with pytest.raises(RuleBroken, match="too late") as late:
        appeal(fresh(case), office.wang, on=last + timedelta(days=1))
    assert late.value.field == "received_on"
    assert list_appeals(appeal(fresh(case), office.wang, on=last).id)[0].received_on == last


def test_wrong_day_no_words_wrong_role_state_unit_and_a_second_one(office):
    case = refused(office)
    for field, given in (
        ("received_on", {"on": clock.today() + timedelta(days=1)}),
        ("received_on", {"on": clock.today() - timedelta(days=1)}), ("text", {"text": " "}),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as broken:
            appeal(fresh(case), office.wang, **given)
        assert broken.value.field == field
    for by, why in ((office.li, NotAllowed), (office.zhao, NotYours)):
        with pytest.raises(why):
            appeal(fresh(case), by)
    with pytest.raises(WrongState):
        appeal(a_case(office, State.SUBMITTED), office.wang)
    with pytest.raises(WrongState, match="An appeal is open"):
        appeal(appeal(fresh(case), office.wang), office.wang)


def test_nobody_who_took_part_answers_it(office):
    case = appeal(refused(office), office.wang)
    with pytest.raises(NotAllowed, match="reviewed this case"):
        judge(case, office.chen)
    with pytest.raises(NotAllowed, match="took part"):
        judge(fresh(case), office.sun)
    with pytest.raises(NotAllowed, match="role"):
        judge(fresh(case), office.feng)
    other = appeal(refused(office, State.IN_APPROVAL), office.wang)
    held_once = replace(office.liu, person_id=office.wang.person_id)
    with pytest.raises(NotAllowed, match="entered"):
        judge(other, held_once)


def test_whoever_wrote_it_down_does_not_answer_it(office):
    case = asked(office)
    cases.refuse(case.id, version=case.version, reason="J01", note="不属急难", by=office.sun)
    case = appeal(fresh(case), office.chen)
    with pytest.raises(NotAllowed):
        judge(case, office.chen)
    assert judge(fresh(case), office.liu).state == State.SUBMITTED


def test_upheld_the_case_waits_for_the_units_opinion_again_and_keeps_the_earlier_one(office):
    case = judge(appeal(refused(office), office.wang), office.liu)
    assert (case.state, case.lane, case.ended_at, case.due_on is None) == (State.SUBMITTED, "ordinary", None, False)
    assert last_step(case, "reopen") == ("refused", "submitted", office.liu.person_id)
    assert len(steps_of(case, "give_opinion")) == 1
    assert list_appeals(case.id)[0].outcome == "upheld"


def test_dismissed_is_final(office):
    case = judge(appeal(refused(office), office.wang), office.liu, upheld=False)
    assert (case.state, list_appeals(case.id)[0].outcome) == (State.REFUSED, "dismissed")
    with pytest.raises(WrongState, match="final"):
        appeal(fresh(case), office.wang)


def test_refused_once_more_is_a_new_decision(office):
    case = judge(appeal(refused(office), office.wang), office.liu)
    cases.refuse(case.id, version=case.version, reason="J02", note="有车", by=office.li)
    assert list_appeals(appeal(fresh(case), office.wang).id)[0].outcome is None


def test_an_answer_needs_words_and_an_open_appeal(office):
    case = refused(office)
    with pytest.raises(WrongState, match="No appeal"):
        judge(case, office.liu)
    with pytest.raises(RuleBroken) as broken:
        judge(appeal(fresh(case), office.wang), office.liu, answer=" ")
    assert broken.value.field == "answer"


def test_a_revocation_before_payment_goes_back_to_review(office):
    case = a_case(office, State.APPROVED)
    cases.revoke(case.id, version=case.version, reason="X02", note="误发", by=office.sun)
    assert judge(appeal(fresh(case), office.wang), office.liu).state == State.FORWARDED


def test_a_revocation_after_payment_is_not_undone_by_itself(office):
    case = a_paid_case(office)
    cases.revoke(case.id, version=case.version, reason="X02", note="误发", by=office.sun)
    case = judge(appeal(fresh(case), office.wang), office.liu)
    (owed,) = recoverables_of(case.id)
    assert (case.state, owed.settled_on) == (State.REVOKED, None)
    cases.write_off(owed.id, version=owed.version, amount=owed.amount, reason="复核成立", by=office.sun)


def test_over_http(office, client):
    case = refused(office)
    assert "may appeal until 24 March 2026" in get(client, office, "wang", f"/cases/{case.id}").text
    address = f"/cases/{case.id}/record-appeal"
    bad = post(client, office, "wang", address, version=case.version, received_on="2026-02-30", text="收入算错了")
    assert (bad.status_code, 'id="received_on-error"' in bad.text, "收入算错了" in bad.text) == (422, True, True)
    sent = {"version": case.version, "received_on": clock.today().isoformat(), "text": "收入算错了"}
    assert post(client, office, "wang", address, **sent).status_code == 303
    assert "Appeals to answer" in get(client, office, "liu", "/").text
    page = get(client, office, "liu", f"/cases/{case.id}/judge-appeal").text
    assert "收入算错了" in page
    answered = {"version": fresh(case).version, "outcome": "dismissed", "answer": "收入核算无误"}
    assert post(client, office, "liu", f"/cases/{case.id}/judge-appeal", **answered).status_code == 303
    assert "收入算错了" not in get(client, office, "zhou", f"/cases/{case.id}").text
    one = list_appeals(case.id)[0]
    letter = post(client, office, "wang", f"/cases/{case.id}/appeals/{one.id}/letter")
    assert (letter.status_code, letter.data[:5]) == (200, b"%PDF-")
    assert is_missing_alike(client, office, "zhao", "record-appeal", case)
    assert get(client, office, "li", address).status_code in (403, 409)


def test_an_appeal_changes_nothing_of_why_it_was_refused(office, client):
    case = refused(office)
    before = letter_of(case)
    days_pass(2)
    case = appeal(fresh(case), office.wang)
    assert letter_of(case) == before and "收入超过标准" in before.reasons
    page = get(client, office, "wang", f"/cases/{case.id}").text
    assert "Above the standard" in page or "超过标准" in page.split("<main")[1].split("panel")[0]
    judge(case, office.liu, upheld=False)
    assert letter_of(fresh(case)) == before


def test_refused_once_more_it_has_another_letter(office, client):
    case = refused(office)
    first = post(client, office, "wang", f"/cases/{case.id}/letter").data
    judge(appeal(fresh(case), office.wang), office.liu)
    again = fresh(case)
    cases.refuse(again.id, version=again.version, reason="J04", note="同一事由已获救助", by=office.li)
    assert letter_of(fresh(case)).reasons[1] == "同一事由已获救助"
    second = [post(client, office, "wang", f"/cases/{case.id}/letter").data for _ in range(2)]
    assert second[0].startswith(b"%PDF") and second[0] == second[1] != first
