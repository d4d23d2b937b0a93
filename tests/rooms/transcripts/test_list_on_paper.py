"""A paper decides a whole list: written over with its sum, compared by a second person, taken by every row as the signer's."""

from datetime import timedelta
from io import BytesIO

import pytest

from relief import clock
from relief.audit.models import AuditEntry
from relief.cases.models import CaseStep, Meeting
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.money import Money
from relief.files.models import Attachment
from relief.funds.queries import find_fund
from relief.lists import service as lists
from relief.persons.service import declare_relative
from relief.transcripts import service
from relief.transcripts.list_service import transcribe_list
from relief.transcripts.models import Transcript
from relief.transcripts.queries import find_waiting
from tests.build import an_office
from tests.build_cases import DOT, some_money
from tests.rooms.cases.asking import get, post
from tests.rooms.lists.bureau import a_window, rows_of, to_approval
from tests.rooms.transcripts.papers import a_paper, a_photo, written_over

SUM = Money.yuan(5_100)


@pytest.fixture
def office(app):
    return an_office()


@pytest.fixture
def opened(office):
    """A list of three rows that wait for the unit's opinion."""
    opened = a_window(office)
    lists.submit(opened.dongfeng.id, by=office.wang)
    return opened


def written(office, opened, paper=None, *, signer="li", by=None):
    return transcribe_list(
        opened.dongfeng.id, paper or a_paper(amount=SUM), signer_id=office.users[signer].id, photos=[a_photo()],
        by=by or office.wang,
    )  # fmt: skip


def states(opened):
    db.session.expire_all()
    return [row.state for row in rows_of(opened.dongfeng)]


def told(verb):
    return db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == verb)).all()


def test_it_waits_with_its_photo_at_the_list_and_no_row_moves(office, opened):
    row = written(office, opened)
    assert (row.state, len(row.given["rows"]), states(opened)) == ("waiting", 3, ["submitted"] * 3)
    kept = db.session.get_one(Attachment, row.given["papers"][0])
    assert (kept.subject, kept.subject_id, kept.household_id) == ("list", opened.dongfeng.id, None)
    assert told("transcript.enter")[0].changes["rows"] == 3


def test_compared_every_row_takes_the_step_as_the_signers(office, opened):
    row = written(office, opened)
    service.compare(row.id, version=row.version, by=office.chen)
    assert (row.state, states(opened)) == ("applied", ["opinion_given"] * 3)
    steps = db.session.scalars(db.select(CaseStep).where(CaseStep.verb == "give_opinion")).all()
    assert {(one.on_behalf_of, one.person_id) for one in steps} == {(office.li.person_id, office.chen.person_id)}
    assert db.session.scalars(db.select(Meeting.number)).all() == ["东风工会会纪〔2026〕5号"]
    assert {line.unusual for line in told("case.give_opinion")} == {"transcript"}
    assert told("list.give_opinion")[0].changes["rows"] == 3


def test_the_decision_on_paper_promises_the_money_of_every_row(office):
    opened = a_window(office)
    some_money()
    to_approval(office, opened.dongfeng)
    paper = a_paper("approve", amount=SUM, fund_id=find_fund("F4").id, minutes_number="兴林1", attendees=("甲", "乙"))
    row = written(office, opened, paper, signer="sun", by=office.chen)
    service.compare(row.id, version=row.version, by=office.li)
    assert states(opened) == ["approved"] * 3
    assert {case.approved_by for case in rows_of(opened.dongfeng)} == {office.sun.person_id}


def test_a_row_that_was_lifted_out_since_stays_behind(office, opened):
    row = written(office, opened)
    lists.lift_out(rows_of(opened.dongfeng)[0].id, version=None, why="存疑", by=office.li)
    service.compare(row.id, version=row.version, by=office.chen)
    assert (row.given["taken"], states(opened)) == (2, ["submitted", "opinion_given", "opinion_given"])


@pytest.mark.parametrize(
    ("paper", "field"),
    [
        (a_paper(amount=Money.yuan(5_000)), "amount"), (a_paper("refuse", reason="J01"), "verb"),
        (a_paper("review", amount=SUM), None),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_list_is_refused(office, opened, paper, field):
    with pytest.raises(RuleBroken) as refused:
        written(office, opened, paper)
    assert refused.value.field == field


def test_no_paper_was_signed_before_the_last_row_was_handed_in(office, opened):
    with pytest.raises(RuleBroken, match="handed in on") as refused:
        written(office, opened, a_paper(amount=SUM, signed_on=clock.today() - timedelta(days=1)))
    assert refused.value.field == "signed_on"


def test_only_one_paper_waits_on_a_list_or_its_rows(office, opened):
    first, *_, last = rows_of(opened.dongfeng)
    row = written(office, opened)
    assert all(find_waiting(one).id == row.id for one in (first, last))
    for again in (lambda: written(office, opened), lambda: written_over(office, last, a_paper(amount=last.proposed))):
        with pytest.raises(RuleBroken, match="waits on this"):
            again()
    service.reject(row.id, version=row.version, answer="合计不符", by=office.chen)
    written_over(office, first, a_paper(amount=first.proposed))
    with pytest.raises(RuleBroken, match="waits on this list"):
        written(office, opened)


def test_hands_roles_and_unions_are_judged(office, opened):
    with pytest.raises(NotYours):
        written(office, opened, by=office.zhao)
    with pytest.raises(RuleBroken) as not_his:
        written(office, opened, signer="he")
    assert not_his.value.field == "signer"
    row = written(office, opened)
    for other in (office.wang, office.zhou):
        with pytest.raises(NotAllowed):
            service.compare(row.id, version=row.version, by=other)
    with transaction():
        declare_relative(office.chen.person_id, opened.households[2].head_id, "sibling", by=office.chen)
    with pytest.raises(NotAllowed):
        service.compare(row.id, version=row.version, by=office.chen)
    assert states(opened) == ["submitted"] * 3


def test_the_pages_from_the_list_to_the_comparing(office, opened, client):
    made = opened.dongfeng.id
    address = f"/lists/{made}/paper/give_opinion"
    assert address in get(client, office, "wang", f"/lists/{made}").text
    assert "5,100.00" in get(client, office, "wang", address).text
    typed = {
        "signer": str(office.users["li"].id), "signed_on": str(clock.today()), "note": "同意", "minutes_number": "东风5",
        "attendees": "李建国\n张立新",
    }  # fmt: skip
    wrong = post(client, office, "wang", address, amount="5000", photos=(BytesIO(DOT), "p.png"), **typed)
    assert (wrong.status_code, "3 rows wait, together" in wrong.text) == (422, True)
    kept = post(client, office, "wang", address, amount="5100", photos=(BytesIO(DOT), "p.png"), **typed)
    assert (kept.status_code, kept.headers["Location"]) == (303, f"/lists/{made}")
    row = db.session.scalars(db.select(Transcript)).one()
    assert f"/transcripts/{row.id}" in get(client, office, "wang", f"/lists/{made}").text
    assert "A list on paper" in get(client, office, "chen", "/").text
    assert "List of 3 households" in get(client, office, "chen", "/transcripts").text
    page = get(client, office, "chen", f"/transcripts/{row.id}").text
    assert opened.dongfeng.number in page and "Households on the paper" in page
    done = post(client, office, "chen", f"/transcripts/{row.id}/compare", version=row.version, same="y")
    assert (done.status_code, done.headers["Location"]) == (303, f"/lists/{made}")
    assert states(opened) == ["opinion_given"] * 3


def test_a_list_without_rows_that_wait_or_of_another_unit_is_no_page(office, opened, client):
    made = opened.dongfeng.id
    for who, verb in (("wang", "review"), ("wang", "refuse"), ("zhao", "give_opinion")):
        assert get(client, office, who, f"/lists/{made}/paper/{verb}").status_code == 404
