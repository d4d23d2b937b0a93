"""Is a visit kept whole, once, by the right people, and written down?"""

from __future__ import annotations

import io
import uuid
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from PIL import Image

from relief import clock
from relief.audit.models import AuditEntry
from relief.clock import SHANGHAI
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.household import Relation
from relief.domain.visit_codes import Aspect, Theme
from relief.files.judging import Given
from relief.files.models import Attachment
from relief.households.closing import CLOSING
from relief.households.member_service import add_member
from relief.households.membership import PersonGiven
from relief.households.models import Household
from relief.households.service import close_file
from relief.persons.models import Person
from relief.persons.service import declare_relative, keep_person
from relief.visits.given import VisitorGiven
from relief.visits.models import Need, Promise, Visit
from relief.visits.observations import seen_in
from tests.build import SYSTEM, Office, an_id, sign_in
from tests.rooms.visits.conftest import Log

SEEN = {Aspect.HOUSING: "砖房两间", Aspect.HEATING: "烧煤", Aspect.HEALTH: "糖尿病"}


def a_photo() -> Given:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "JPEG")
    return Given("炉子.jpg", picture.getvalue())


def test_a_visit_is_kept_with_all_that_was_told(office: Office, household: Household, log: Log) -> None:
    today = clock.today()
    visit = log(
        office.wang, office.li, kind="verification", place="home", talked_to="张桂兰", seen=SEEN | {Aspect.FOOD: "  "},
        needs=[(Theme.HOUSING, "想修炉子"), (Theme.MEDICAL, "")], next_on=today + timedelta(days=30), note="门前路滑",
        promises=[("联系修炉子", office.li.person_id, today + timedelta(days=7))], photos=[a_photo()],
    )  # fmt: skip
    db.session.expire_all()
    assert seen_in(visit) == SEEN
    assert [one.person.name for one in visit.visitors] == ["王秀兰", "李建国"]
    assert all(one.has_account for one in visit.visitors)
    needs = db.session.execute(sa.select(Need.theme, Need.text).order_by(Need.id)).all()
    assert needs == [("housing", "想修炉子"), ("medical", None)]
    promise = db.session.scalars(sa.select(Promise)).one()
    assert (promise.text, promise.owner_id, promise.state) == ("联系修炉子", office.li.person_id, "open")
    paper = db.session.scalars(sa.select(Attachment)).one()
    assert (paper.subject, paper.subject_id, paper.kind) == ("visit", visit.id, "visit_photo")
    assert (visit.union_id, visit.entered_by, visit.is_late) == (household.union_id, office.wang.person_id, False)


def test_the_record_tells_of_it_without_anybodys_words(office: Office, log: Log) -> None:
    visit = log(office.wang, seen=SEEN, needs=[(Theme.MEDICAL, "缺药")], note="糖尿病加重")
    line = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == "visit.log")).one()
    assert (line.subject, line.subject_id, line.union_id) == ("visit", visit.id, visit.union_id)
    assert line.changes["visitors"] == [office.wang.person_id]
    assert line.changes["needs"] == ["medical"]
    assert not any(word in str(line.changes) for word in ("糖尿病", "缺药", "砖房"))


def test_what_was_seen_and_said_is_sealed_in_the_database(log: Log) -> None:
    log(seen=SEEN, note="糖尿病加重", needs=[(Theme.MEDICAL, "缺药")])
    raw = db.session.execute(sa.text("SELECT seen, note FROM visit UNION SELECT text, text FROM visit_need")).all()
    assert not any(word in str(raw) for word in ("糖尿病", "缺药", "砖房"))


def test_the_same_form_sent_twice_is_kept_once(log: Log) -> None:
    number = str(uuid.uuid4())
    first = log(client_uuid=number, note="一", photos=[a_photo()])
    again = log(client_uuid=number.upper(), note="二", photos=[a_photo()])
    assert (again.id, again.note) == (first.id, "一")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Visit)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Attachment)) == 1


def test_nobody_gets_another_persons_visit_by_its_number(office: Office, log: Log) -> None:
    number = str(uuid.uuid4())
    log(client_uuid=number)
    with pytest.raises(NotYours):
        log(by=office.li, client_uuid=number)
    with pytest.raises(RuleBroken):
        log(client_uuid="1")


def test_a_verification_visit_needs_a_second_person(office: Office, log: Log) -> None:
    for visitors in ((office.wang,), (office.wang, office.wang)):
        with pytest.raises(RuleBroken) as refused:
            log(*visitors, kind="verification")
        assert refused.value.field == "visitors"
    assert db.session.scalar(sa.select(Visit)) is None


def test_the_second_person_may_have_no_account_and_the_auditor_sees_it(office: Office, log: Log) -> None:
    visit = log(office.wang, VisitorGiven(name="赵老四", resident_id=an_id(sequence=77)), kind="verification")
    assert [(one.person.name, one.has_account) for one in visit.visitors] == [("王秀兰", True), ("赵老四", False)]
    assert _unusual() == ["visitor_without_account"]


def test_who_has_no_account_signs_the_form_and_the_record_shows_it_among_the_unusual(
    office: Office, log: Log, client: FlaskClient
) -> None:
    visit = log(office.wang, VisitorGiven(name="赵老四"), kind="verification", signed_form=[a_photo()])
    form = db.session.scalars(sa.select(Attachment)).one()
    assert (form.kind, form.subject, form.subject_id) == ("visit_form", "visit", visit.id)
    log(office.wang, office.li, kind="verification")
    sign_in(client, office, "feng")
    page = client.get("/record?unusual=yes", headers={"Accept-Language": "en"}).text
    assert page.count("visit.log") == 1


def test_a_companion_known_by_name_only_is_the_same_person_next_time(office: Office, log: Log) -> None:
    visits = [log(office.wang, VisitorGiven(name="赵老四"), kind="verification") for _ in range(2)]
    assert len({visit.visitors[1].person_id for visit in visits}) == 1
    assert db.session.scalar(sa.select(sa.func.count()).where(Person.name == "赵老四")) == 1


def test_a_name_that_has_an_account_is_not_somebody_else(office: Office, log: Log) -> None:
    with pytest.raises(RuleBroken) as refused:
        log(office.wang, VisitorGiven(name="李建国"), kind="verification")
    assert refused.value.field == "name"
    one = db.session.get_one(Person, office.li.person_id)
    visit = log(office.wang, VisitorGiven(name="李建国", resident_id=one.resident_id or ""), kind="verification")
    assert [person.person_id for person in visit.visitors] == [office.wang.person_id, office.li.person_id]
    assert visit.visitors[1].has_account


def test_a_resident_id_under_another_name_is_compared_first(office: Office, log: Log) -> None:
    keep_person(name="赵老四", resident_id=an_id(sequence=77), by=SYSTEM)
    with pytest.raises(RuleBroken) as refused:
        log(office.wang, VisitorGiven(name="钱五", resident_id=an_id(sequence=77)), kind="verification")
    assert refused.value.field == "name"


def test_nobody_verifies_their_own_household_but_may_look_after_it(
    office: Office, household: Household, log: Log
) -> None:
    wang = db.session.get_one(Person, office.wang.person_id)
    member = PersonGiven(wang.name, wang.resident_id)
    add_member(household.id, person=member, relation=Relation.CHILD, by=SYSTEM)
    with pytest.raises(NotAllowed):
        log(office.li, office.chen, kind="verification")
    with pytest.raises(RuleBroken) as refused:
        log(office.wang, office.li, by=office.li, kind="verification")
    assert refused.value.field == "visitors"
    assert log(office.wang).kind == "care"


def test_declared_relatives_do_not_verify_either(office: Office, household: Household, log: Log) -> None:
    declare_relative(office.li.person_id or 0, household.head_id, "sibling", by=office.wei)
    with pytest.raises(RuleBroken) as refused:
        log(office.wang, office.li, kind="verification")
    assert refused.value.field == "visitors"


def test_not_in_the_future_and_the_next_one_later(log: Log) -> None:
    for told, field in (({"on": clock.today() + timedelta(days=1)}, "on"), ({"next_on": clock.today()}, "next_on")):
        with pytest.raises(RuleBroken) as refused:
            log(**told)
        assert refused.value.field == field


@pytest.mark.parametrize(("on", "late"), [(date(2026, 3, 5), False), (date(2026, 3, 4), True)])
def test_entered_after_more_than_three_working_days_is_marked_late(log: Log, on: date, late: bool) -> None:
    with clock.moved_to(datetime(2026, 3, 10, 9, tzinfo=SHANGHAI)):
        assert log(on=on).is_late is late
    assert _unusual() == (["visit_entered_late"] if late else [])


def test_unchanged_keeps_what_the_last_visit_saw(log: Log) -> None:
    log(seen=SEEN, on=clock.today() - timedelta(days=1))
    log(seen={})
    visit = log(unchanged=True, seen={Aspect.FOOD: "不看"})
    assert (visit.unchanged, seen_in(visit)) == (True, SEEN)


def test_unchanged_since_nothing_is_refused(log: Log) -> None:
    with pytest.raises(RuleBroken) as refused:
        log(unchanged=True)
    assert refused.value.field == "unchanged"


def test_a_promise_has_an_owner_with_an_account_words_and_a_day(office: Office, household: Household, log: Log) -> None:
    today, li = clock.today(), office.li.person_id
    for promise, field in (
        ((" ", li, today, 1), "promise_1-text"),
        (("修炉子", household.head_id, today, 0), "promise_0-owner_id"),
        (("修炉子", li, today - timedelta(days=1), 2), "promise_2-due_on"),
    ):
        with pytest.raises(RuleBroken) as refused:
            log(promises=[promise])
        assert refused.value.field == field


def test_a_photo_that_is_none_stops_the_whole(log: Log) -> None:
    with pytest.raises(RuleBroken) as refused:
        log(photos=[Given("炉子.jpg", b"no photo")])
    assert refused.value.field == "photos"
    assert db.session.scalar(sa.select(Visit)) is None


def test_a_closed_file_is_not_verified_but_can_be_asked_after(office: Office, household: Household, log: Log) -> None:
    close_file(household.id, reason=next(iter(CLOSING)), version=household.version, by=SYSTEM)
    with pytest.raises(RuleBroken):
        log(office.wang, office.li, kind="verification")
    assert log(kind="follow_up", place="phone").kind == "follow_up"


def test_another_unions_household_does_not_exist_and_approvers_log_none(office: Office, log: Log) -> None:
    with pytest.raises(NotYours):
        log(by=office.zhao)
    for by in (office.liu, office.feng, office.zhou):
        with pytest.raises(NotAllowed):
            log(by=by)


def _unusual() -> list[str]:
    lines = sa.select(AuditEntry.unusual).where(AuditEntry.verb == "visit.log", AuditEntry.unusual.is_not(None))
    return [str(one) for one in db.session.scalars(lines.order_by(AuditEntry.id))]
