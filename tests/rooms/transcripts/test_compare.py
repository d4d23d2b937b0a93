"""Compare a paper decision with its photo: a second person applies it, and it counts as its signer's."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Grant
from relief.cases import service as cases
from relief.cases.models import ChainLevel, Meeting, Snapshot
from relief.cases.offers import offers_for
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.files.service import remove_attachment
from relief.funds.queries import find_fund
from relief.transcripts import service
from relief.transcripts.models import Transcript
from tests.build_cases import a_case, a_visit, some_money
from tests.rooms.cases.asking import ENGLISH, audit_of, fresh, get, post, steps_of
from tests.rooms.transcripts.papers import a_paper, written_over


def compared(row, by):
    return service.compare(row.id, version=row.version, by=by)


def test_the_opinion_is_the_signers_with_the_meeting_of_the_paper(office):
    case = a_case(office, State.SUBMITTED)
    row = compared(written_over(office, case, a_paper(amount=Money.yuan(2_500))), office.chen)
    assert (row.state, row.compared_by, fresh(case).state) == ("applied", office.chen.person_id, "opinion_given")
    step = steps_of(case, "give_opinion")[0]
    assert (step.on_behalf_of, step.person_id, step.actor) == (office.li.person_id, office.chen.person_id, "李建国")
    assert (step.amount, step.note) == (Money.yuan(2_500), "情况属实,同意")
    assert db.session.get_one(Meeting, step.meeting_id).number == "东风工会会纪〔2026〕5号"
    assert f'"person":{office.li.person_id}' in db.session.scalars(sa.select(Snapshot.facts)).one()


def test_the_record_names_who_compared_for_whom_and_calls_it_unusual(office):
    case = a_case(office, State.SUBMITTED)
    row = compared(written_over(office, case), office.chen)
    line = audit_of(case, "case.give_opinion")[0]
    assert (line.unusual, line.person_id) == ("transcript", office.chen.person_id)
    assert line.changes["on_behalf_of"] == office.li.person_id
    assert audit_of(row.id, "transcript.compare")[0].changes["state"] == ["waiting", "applied"]


def test_review_and_approval_on_paper_count_for_the_hands_as_the_signers(office):
    some_money()
    case = a_case(office, State.FORWARDED)
    compared(written_over(office, case, a_paper("review"), signer="chen"), office.li)
    paper = a_paper("approve", fund_id=find_fund("F4").id)
    compared(written_over(office, fresh(case), paper, signer="sun", by=office.chen), office.li)
    case = fresh(case)
    assert (case.state, case.approved_by) == ("approved", office.sun.person_id)
    level = db.session.scalars(sa.select(ChainLevel).where(ChainLevel.case_id == case.id)).one()
    assert level.decided_by == office.sun.person_id


def test_send_back_and_refuse_on_paper(office):
    case = a_case(office, State.SUBMITTED)
    compared(written_over(office, case, a_paper("send_back", reason="R01", fields=("evidence",))), office.chen)
    assert (fresh(case).state, fresh(case).mend_fields) == ("draft", ["evidence"])
    other = a_case(office, State.SUBMITTED)
    compared(written_over(office, other, a_paper("refuse", reason="J02")), office.chen)
    assert fresh(other).state == "refused"


def test_neither_who_entered_it_nor_who_signed(office):
    row = written_over(office, a_case(office, State.SUBMITTED))
    for who in (office.wang, office.li):
        with pytest.raises(NotAllowed, match="second person"):
            compared(row, who)


def test_the_signers_hands_are_judged_and_it_stays(office):
    case = a_case(office, State.SUBMITTED)
    a_visit(case.household, office.li, office.wang)
    row = written_over(office, case)
    with pytest.raises(RuleBroken, match="李建国, who signed: You visited") as refused:
        compared(row, office.chen)
    assert refused.value.field is None
    assert (fresh(case).state, db.session.get_one(Transcript, row.id).state) == ("submitted", "waiting")
    assert db.session.scalars(sa.select(Meeting)).all() == []


def test_the_rule_book_says_no_above_the_policy(office):
    row = written_over(office, a_case(office, State.SUBMITTED), a_paper(amount=Money.yuan(3_001)))
    with pytest.raises(RuleBroken, match="up to"):
        compared(row, office.chen)


def test_a_level_is_signed_by_its_role_on_paper_too(office):
    some_money()
    case = a_case(office, State.IN_APPROVAL)
    paper = a_paper("approve", fund_id=find_fund("F4").id)
    row = written_over(office, case, paper, signer="liu")
    with pytest.raises(RuleBroken, match="approved by: Chair"):
        compared(row, office.chen)


def test_a_role_that_ended_after_the_signature_still_counts(office):
    row = written_over(office, a_case(office, State.SUBMITTED))
    clock.set_shift(clock.shift() + timedelta(days=1))
    with transaction():
        held = db.session.scalars(sa.select(Grant).where(Grant.user_id == office.users["li"].id)).one()
        held.until = clock.today()
    assert not office.li.roles
    assert compared(row, office.chen).state == "applied"


def test_without_its_photo_nothing_is_applied(office):
    row = written_over(office, a_case(office, State.SUBMITTED))
    remove_attachment(row.given["papers"][0], by=office.wang)
    with pytest.raises(RuleBroken, match="photo of the paper is gone"):
        compared(row, office.chen)


def test_wrong_role_another_unit_an_old_version_and_twice(office):
    row = written_over(office, a_case(office, State.SUBMITTED))
    with pytest.raises(NotAllowed):
        compared(row, office.zhou)
    with pytest.raises(NotYours):
        compared(row, office.he)
    with pytest.raises(Stale):
        service.compare(row.id, version=row.version - 1, by=office.chen)
    row = compared(row, office.chen)
    with pytest.raises(WrongState):
        compared(row, office.liu)


def test_rejected_with_an_answer_the_case_stands_and_it_is_written_over_anew(office):
    case = a_case(office, State.SUBMITTED)
    row = written_over(office, case)
    with pytest.raises(RuleBroken) as refused:
        service.reject(row.id, version=row.version, answer=" ", by=office.chen)
    assert refused.value.field == "answer"
    with pytest.raises(NotAllowed):
        service.reject(row.id, version=row.version, answer="金额不符", by=office.wang)
    row = service.reject(row.id, version=row.version, answer="金额不符", by=office.chen)
    assert (row.state, row.answer, fresh(case).state) == ("rejected", "金额不符", "submitted")
    assert audit_of(row.id, "transcript.reject")[0].person_id == office.chen.person_id
    assert written_over(office, fresh(case)).state == "waiting"


def test_over_http_the_photo_stands_beside_the_values(office, client):
    case = a_case(office, State.SUBMITTED)
    row = written_over(office, case)
    page = get(client, office, "chen", f"/transcripts/{row.id}")
    photo = f"/transcripts/{row.id}/photos/{row.given['papers'][0]}"
    assert (page.status_code, photo in page.text, "3,000.00" in page.text) == (200, True, True)
    assert client.get(photo).mimetype == "image/jpeg"
    assert client.get(f"/transcripts/{row.id}/photos/99999").status_code == 404
    assert f"/transcripts/{row.id}" in client.get("/", headers=ENGLISH).text
    untick = client.post(f"/transcripts/{row.id}/compare", data={"version": row.version}, headers=ENGLISH)
    assert (untick.status_code, 'id="same-error"' in untick.text) == (422, True)
    bare = client.post(f"/transcripts/{row.id}/reject", data={"no-version": row.version}, headers=ENGLISH)
    assert (bare.status_code, 'id="no-answer-error"' in bare.text) == (422, True)
    assert post(client, office, "wang", f"/transcripts/{row.id}/compare", version=row.version, same="y").status_code == 403
    done = post(client, office, "chen", f"/transcripts/{row.id}/compare", version=row.version, same="y")
    assert (done.status_code, fresh(case).state) == (303, "opinion_given")
    told = get(client, office, "wang", f"/cases/{case.id}").text
    assert "(signed on paper)" in told and "李建国" in told
    assert get(client, office, "he", f"/transcripts/{row.id}").status_code == 404
    assert get(client, office, "zhou", f"/transcripts/{row.id}").status_code == 403


def test_rejecting_over_http(office, client):
    row = written_over(office, a_case(office, State.SUBMITTED))
    sent = {"no-version": row.version, "no-answer": "签名看不清"}
    assert post(client, office, "chen", f"/transcripts/{row.id}/reject", **sent).status_code == 303
    assert "签名看不清" in get(client, office, "wang", f"/transcripts/{row.id}").text


def test_while_it_waits_the_signer_may_still_decide_on_the_screen(office):
    case = a_case(office, State.SUBMITTED)
    written_over(office, case)
    assert next(one for one in offers_for(fresh(case), office.li) if one.verb == "give_opinion").is_open


def test_a_passed_opinion_is_signed_by_whom_it_was_passed_on_to(office):
    cases.pass_opinions(
        office.dongfeng.id, to_union_id=office.hongqi.id, since=clock.today(), until=None, why="人少", by=office.li
    )
    case = a_case(office, State.SUBMITTED)
    with pytest.raises(RuleBroken, match="could not decide"):
        written_over(office, case)
    compared(written_over(office, case, signer="he"), office.chen)
    step = steps_of(case, "give_opinion")[0]
    assert step.on_behalf_of == office.he.person_id
    assert db.session.get_one(Meeting, step.meeting_id).union_id == office.hongqi.id
