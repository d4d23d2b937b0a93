"""Does each row of a sheet become one visit, once, by the same rules, and is a row skipped with a reason?"""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import FileStorage

from relief import clock
from relief.audit.models import AuditEntry
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.visit_codes import Aspect, Theme
from relief.domain.visit_sheet_keys import Skipped
from relief.domain.visit_sheet_photos import place_in_name
from relief.files.judging import Given
from relief.files.models import Attachment
from relief.files.queries import content_of
from relief.households.models import Household
from relief.persons.models import Person
from relief.visits.given import Told
from relief.visits.models import Need, Promise, Visit
from relief.visits.observations import seen_in
from relief.visits.sheet_models import VisitSheet
from relief.visits.sheet_photos import attach_photos
from relief.visits.sheets import skip_row, type_row
from tests.build import Office, a_household, sign_in
from tests.rooms.visits.conftest import Log
from tests.rooms.visits.test_make_sheet import made

PLAIN = {"hands": "12", "on": "0310", "place": "1", "talked_to": "1", "owner": "1"}


@pytest.fixture
def sheet(office: Office, household: Household) -> VisitSheet:
    """Two households, 王秀兰 and 老赵 go to verify."""
    return made(office, household, a_household(office, "单雄信"))


def row(place: int, **typed: str) -> dict[str, str]:
    return {f"row{place}-{name}": text for name, text in (PLAIN | typed).items()}


def photo(name: str, shade: int = 200) -> Given:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), (shade, 90, 90)).save(picture, "JPEG")
    return Given(name, picture.getvalue())


def visits() -> list[Visit]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Visit).order_by(Visit.id)))


def test_a_row_becomes_a_visit_with_all_that_stands_on_the_paper(
    client: FlaskClient, office: Office, sheet: VisitSheet, log: Log
) -> None:
    log(seen={Aspect.HOUSING: "砖房", Aspect.HEALTH: "糖尿病"})
    sign_in(client, office, "wang")
    typed = row(
        1, result="2", seen_housing="1", seen_heating="炉子坏了", themes="32", note="想修炉子", promise="联系修炉子",
        due="0320", next="3",
    )  # fmt: skip
    answer = client.post(f"/visits/sheets/{sheet.code}/rows/1", data=typed)
    assert (answer.status_code, answer.location) == (303, f"/visits/sheets/{sheet.code}#row-1")
    _earlier, visit = visits()
    assert seen_in(visit) == {Aspect.HOUSING: "砖房", Aspect.HEATING: "炉子坏了"}
    assert (visit.kind, visit.on, visit.place, visit.talked_to) == ("verification", clock.today(), "home", "张桂兰")
    assert (visit.note, visit.next_on, visit.unchanged) == ("想修炉子", date(2026, 6, 10), False)
    assert [(one.person.name, one.has_account) for one in visit.visitors] == [("王秀兰", True), ("老赵", False)]
    assert set(db.session.scalars(sa.select(Need.theme))) == {"medical", "housing"}
    promise = db.session.scalars(sa.select(Promise)).one()
    assert (promise.text, promise.owner_id, promise.due_on) == (
        "联系修炉子", office.wang.person_id, date(2026, 3, 20)
    )  # fmt: skip
    assert db.session.get_one(VisitSheet, sheet.id).rows[0].visit_id == visit.id
    line = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == "visit_sheet.type_row")).one()
    assert line.changes == {"row": 1, "visit": visit.id}


def test_an_unchanged_household_is_one_figure(client: FlaskClient, office: Office, sheet: VisitSheet, log: Log) -> None:
    log(seen={Aspect.HOUSING: "砖房", Aspect.HEALTH: "糖尿病"})
    sign_in(client, office, "wang")
    client.post(f"/visits/sheets/{sheet.code}/rows/1", data=row(1, result="1"))
    _earlier, visit = visits()
    assert visit.unchanged
    assert seen_in(visit) == {Aspect.HOUSING: "砖房", Aspect.HEALTH: "糖尿病"}


def test_a_row_sent_twice_is_kept_once(client: FlaskClient, office: Office, sheet: VisitSheet) -> None:
    sign_in(client, office, "wang")
    for _ in range(2):
        assert client.post(f"/visits/sheets/{sheet.code}/rows/1", data=row(1, result="2")).status_code == 303
    assert len(visits()) == 1
    assert db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.verb == "visit_sheet.type_row")) == 1


def test_two_people_do_not_type_one_row(office: Office, sheet: VisitSheet) -> None:
    told = Told(on=clock.today(), seen={Aspect.FOOD: "够"})
    type_row(sheet.id, 1, hands=[1, 2], told=told, by=office.wang)
    with pytest.raises(RuleBroken, match="Somebody else"):
        type_row(sheet.id, 1, hands=[1, 2], told=told, by=office.li)
    assert len(visits()) == 1


def test_a_companion_of_the_whole_sheet_is_one_person(office: Office, sheet: VisitSheet) -> None:
    for place in (1, 2):
        type_row(sheet.id, place, hands=[1, 2], told=Told(on=clock.today(), seen={Aspect.FOOD: "够"}), by=office.wang)
    assert db.session.scalar(sa.select(sa.func.count()).where(Person.name == "老赵")) == 1


def test_errors_stand_at_their_fields_and_what_was_typed_stays(
    client: FlaskClient, office: Office, sheet: VisitSheet
) -> None:
    sign_in(client, office, "wang")
    typed = row(1, result="2", hands="3", on="0231", themes="2a", seen_food="1", promise="修屋顶", note="屋顶漏雨")
    answer = client.post(f"/visits/sheets/{sheet.code}/rows/1", data=typed)
    assert answer.status_code == 422
    for name in ("hands", "on", "themes", "seen_food", "due"):
        assert f'id="row1-{name}-error"' in answer.text, name
    assert 'value="屋顶漏雨"' in answer.text
    assert not visits()


def test_a_row_without_a_result_is_not_kept(client: FlaskClient, office: Office, sheet: VisitSheet) -> None:
    sign_in(client, office, "wang")
    answer = client.post(f"/visits/sheets/{sheet.code}/rows/1", data=row(1))
    assert answer.status_code == 422
    assert 'id="row1-result-error"' in answer.text


def test_the_rules_of_a_visit_hold_for_a_row(client: FlaskClient, office: Office, sheet: VisitSheet) -> None:
    sign_in(client, office, "wang")
    one_went = client.post(f"/visits/sheets/{sheet.code}/rows/1", data=row(1, result="2", hands="1"))
    assert one_went.status_code == 422
    never_seen = client.post(f"/visits/sheets/{sheet.code}/rows/1", data=row(1, result="1"))
    assert never_seen.status_code == 422
    assert not visits()


def test_a_household_that_was_not_met_is_skipped_with_a_reason(
    client: FlaskClient, office: Office, sheet: VisitSheet
) -> None:
    sign_in(client, office, "wang")
    client.post(f"/visits/sheets/{sheet.code}/rows/2", data=row(2, result="4"))
    db.session.expire_all()
    assert (sheet.rows[1].skipped, sheet.rows[1].visit_id) == ("moved", None)
    line = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == "visit_sheet.skip_row")).one()
    assert line.changes == {"row": 2, "skipped": [None, "moved"]}
    page = client.get(f"/visits/sheets/{sheet.code}").text
    assert '<progress value="1" max="2">' in page
    type_row(sheet.id, 2, hands=[1, 2], told=Told(on=clock.today(), seen={Aspect.FOOD: "够"}), by=office.wang)
    db.session.expire_all()
    assert sheet.rows[1].skipped is None
    with pytest.raises(RuleBroken, match="typed already"):
        skip_row(sheet.id, 2, why=Skipped.MOVED, by=office.wang)


def test_only_those_who_visit_type_and_only_in_their_unit(office: Office, sheet: VisitSheet) -> None:
    told = Told(on=clock.today(), seen={Aspect.FOOD: "够"})
    for who, why in (("zhao", NotYours), ("feng", NotAllowed), ("sun", NotAllowed)):
        with pytest.raises(why):
            type_row(sheet.id, 1, hands=[1, 2], told=told, by=getattr(office, who))
        with pytest.raises(why):
            skip_row(sheet.id, 1, why=Skipped.NOT_HOME, by=getattr(office, who))
        with pytest.raises(why):
            attach_photos(sheet.id, [photo("1.jpg")], by=getattr(office, who))
    with pytest.raises(NotYours):
        type_row(sheet.id, 9, hands=[1, 2], told=told, by=office.wang)


def test_a_promise_is_kept_by_somebody_with_an_account(office: Office, sheet: VisitSheet) -> None:
    told, due = Told(on=clock.today(), seen={Aspect.FOOD: "够"}), clock.today() + timedelta(days=7)
    with pytest.raises(RuleBroken) as refused:
        type_row(sheet.id, 1, hands=[1, 2], told=told, promise=("修炉子", 2, due), by=office.wang)
    assert refused.value.field == "owner"
    assert not visits()


def test_photos_find_their_rows_by_name_order_or_choice(office: Office, sheet: VisitSheet) -> None:
    first, second = (_typed(office, sheet, place) for place in (1, 2))
    attach_photos(sheet.id, [photo(f"{sheet.code}-2.jpg", 10), photo("01 炉子.jpg", 20)], by=office.wang)
    attach_photos(sheet.id, [photo("IMG_7.jpg", 30), photo("IMG_8.jpg", 40)], way="order", by=office.wang)
    attach_photos(sheet.id, [photo("IMG_9.jpg", 50)], places=[1], by=office.wang)
    held = db.session.execute(sa.select(Attachment.subject_id, Attachment.name, Attachment.kind)).all()
    assert {(subject, name) for subject, name, _kind in held} == {
        (second.id, f"{sheet.code}-2.jpg"), (first.id, "01 炉子.jpg"), (first.id, "IMG_7.jpg"),
        (second.id, "IMG_8.jpg"), (first.id, "IMG_9.jpg"),
    }  # fmt: skip
    assert {kind for _subject, _name, kind in held} == {"visit_photo"}


def test_photos_whose_row_is_unknown_or_open_are_not_kept_and_none_beside_them(
    office: Office, sheet: VisitSheet
) -> None:
    _typed(office, sheet, 1)
    for names, says in ((["1.jpg", "IMG_7.jpg"], "IMG_7"), (["1.jpg", "2.jpg"], "Row 2 is not typed")):
        with pytest.raises(RuleBroken, match=says):
            attach_photos(sheet.id, [photo(name) for name in names], by=office.wang)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Attachment)) == 0


def test_photos_sent_twice_are_kept_once_and_the_signed_sheet_with_each_visit(
    office: Office, sheet: VisitSheet
) -> None:
    for place in (1, 2):
        _typed(office, sheet, place)
    given = {"photos": [photo("1.jpg")], "signed": [photo("scan.jpg", 7)], "by": office.wang}
    assert attach_photos(sheet.id, **given) == 3
    assert attach_photos(sheet.id, **given) == 0
    kinds = sorted(db.session.scalars(sa.select(Attachment.kind)))
    assert kinds == ["visit_form", "visit_form", "visit_photo"]


def test_nothing_but_the_picture_is_kept_of_a_photo(client: FlaskClient, office: Office, sheet: VisitSheet) -> None:
    _typed(office, sheet, 1)
    picture, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "GPS of the house"
    Image.new("RGB", (8, 8), "white").save(picture, "JPEG", exif=exif)
    picture.seek(0)
    sign_in(client, office, "wang")
    answer = client.post(
        f"/visits/sheets/{sheet.code}/photos",
        data={"photos": [FileStorage(picture, "IMG.jpg")], "row_of": ["1"], "way": "name"},
    )
    assert answer.status_code == 303
    kept = content_of(db.session.scalars(sa.select(Attachment)).one())
    assert b"GPS of the house" not in kept


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("3.jpg", 3), ("03-炉子.jpg", 3), ("3炉子.jpg", 3), ("K7M-4PX-2.jpg", None), ("IMG_3.jpg", None),
        ("20260310.jpg", None), ("9.jpg", None), ("3rd.jpg", None),
    ],
)  # fmt: skip
def test_a_name_says_its_row_or_nothing(name: str, place: int | None) -> None:
    assert place_in_name(name, "222-222", 4) == place


def _typed(office: Office, sheet: VisitSheet, place: int) -> Visit:
    told = Told(on=clock.today(), seen={Aspect.FOOD: "够"}, needs={Theme.LIVING: ""})
    return type_row(sheet.id, place, hands=[1, 2], told=told, by=office.wang)
