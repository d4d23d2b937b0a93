"""Write a paper decision over: kept with its photo, waiting; nothing happens to the case."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from relief import clock
from relief.accounts.models import Grant
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.workflow import State
from relief.files.models import Attachment
from relief.persons.service import declare_relative
from relief.transcripts import service
from relief.transcripts.models import Transcript
from tests.build_cases import DOT, a_case
from tests.rooms.cases.asking import audit_of, fresh, get, post
from tests.rooms.transcripts.papers import a_paper, written_over


def test_it_waits_with_its_photo_and_the_case_stands_where_it_stood(office):
    case = a_case(office, State.SUBMITTED)
    version = case.version
    row = written_over(office, case)
    assert (row.state, row.verb, row.signer_id) == ("waiting", "give_opinion", office.users["li"].id)
    assert (fresh(case).state, fresh(case).version) == ("submitted", version)
    kept = db.session.get_one(Attachment, row.given["papers"][0])
    assert (kept.kind, kept.subject, kept.subject_id) == ("decision_paper", "case", case.id)
    line = audit_of(row.id, "transcript.enter")[0]
    assert (line.person_id, line.changes["verb"], line.unusual) == (office.wang.person_id, "give_opinion", None)


@pytest.mark.parametrize(
    ("verb", "missing", "field"),
    [
        ("give_opinion", {"amount": None}, "amount"), ("give_opinion", {"minutes_number": " "}, "minutes_number"),
        ("give_opinion", {"attendees": ("李建国",)}, "attendees"), ("send_back", {"reason": "R01"}, "fields"),
        ("send_back", {"reason": "J01", "fields": ("event",)}, "reason"), ("refuse", {"reason": "J01", "note": ""}, "note"),
        ("hold", {}, "verb"),
    ],
)  # fmt: skip
def test_what_the_paper_must_say(office, verb, missing, field):
    case = a_case(office, State.SUBMITTED)
    with pytest.raises(RuleBroken) as refused:
        written_over(office, case, a_paper(verb, **missing))
    assert refused.value.field == field
    assert db.session.scalars(db.select(Transcript)).all() == []


def test_it_was_signed_up_to_today_and_has_a_photo(office):
    case = a_case(office, State.SUBMITTED)
    with pytest.raises(RuleBroken) as later:
        written_over(office, case, a_paper(signed_on=clock.today() + timedelta(days=1)))
    with pytest.raises(RuleBroken) as bare:
        service.transcribe(case.id, a_paper(), signer_id=office.users["li"].id, photos=[], by=office.wang)
    assert (later.value.field, bare.value.field) == ("signed_on", "photos")


def test_no_decision_was_signed_before_the_case_was_handed_in(office):
    case, day = a_case(office, State.SUBMITTED), clock.today()
    with transaction():
        db.session.scalars(db.select(Grant).where(Grant.user_id == office.users["li"].id)).one().since = date(2026, 1, 1)
    with pytest.raises(RuleBroken, match=f"handed in on {day}") as earlier:
        written_over(office, case, a_paper(signed_on=day - timedelta(days=1)))
    assert earlier.value.field == "signed_on"


def test_the_signer_held_the_role_on_that_day_and_did_not_type_it(office):
    case = a_case(office, State.SUBMITTED)
    for signer in ("chen", "he"):
        with pytest.raises(RuleBroken, match="could not decide this on that day"):
            written_over(office, case, signer=signer)
    with pytest.raises(RuleBroken, match="could not decide"):
        with transaction():
            held = db.session.scalars(db.select(Grant).where(Grant.user_id == office.users["li"].id)).one()
            held.since = clock.today()
        written_over(office, case, a_paper(signed_on=clock.today() - timedelta(days=1)))
    with pytest.raises(RuleBroken, match="signed this yourself"):
        written_over(office, case, by=office.li)


def test_one_at_a_time(office):
    case = a_case(office, State.SUBMITTED)
    written_over(office, case)
    with pytest.raises(RuleBroken, match="already"):
        written_over(office, case)


def test_wrong_role_wrong_state_another_unit_and_kin(office):
    case = a_case(office, State.SUBMITTED)
    for who in (office.zhou, office.sun, office.feng):
        with pytest.raises(NotAllowed):
            written_over(office, case, by=who)
    with pytest.raises(NotYours):
        written_over(office, case, by=office.zhao)
    with pytest.raises(WrongState):
        written_over(office, case, a_paper("review"), signer="chen")
    declare_relative(office.wang.person_id, case.applicant_id, "sibling", by=office.wang)
    with pytest.raises(NotAllowed, match="near"):
        written_over(office, case)


def test_over_http(office, client):
    case = a_case(office, State.SUBMITTED)
    address = f"/cases/{case.id}/paper"
    assert address in get(client, office, "wang", f"/cases/{case.id}").text
    page = client.get(address).text
    assert [verb for verb in ("give_opinion", "send_back", "refuse", "review") if f"{address}/{verb}" in page] == [
        "give_opinion", "send_back", "refuse"
    ]  # fmt: skip
    form = client.get(f"{address}/give_opinion").text
    assert "李建国" in form and "何伟" not in form
    bare = post(client, office, "wang", f"{address}/give_opinion", signer=str(office.users["li"].id),
                signed_on="2026-03-02", amount="3000", note="同意")  # fmt: skip
    assert (bare.status_code, 'id="photos-error"' in bare.text, "同意" in bare.text) == (422, True, True)
    done = post(client, office, "wang", f"{address}/give_opinion", signer=str(office.users["li"].id),
                signed_on="2026-03-02", amount="3000", minutes_number="5号", attendees="李建国\n张立新",
                note="同意", photos=(BytesIO(DOT), "p.png"))  # fmt: skip
    assert done.status_code == 303
    row = db.session.scalars(db.select(Transcript)).one()
    assert f"/transcripts/{row.id}" in get(client, office, "wang", f"/cases/{case.id}").text
    assert f"/transcripts/{row.id}" in client.get("/transcripts").text
    assert get(client, office, "zhao", address).status_code == 404
    assert get(client, office, "wang", f"{address}/review").status_code == 404
    assert get(client, office, "sun", f"{address}/give_opinion").status_code == 403
