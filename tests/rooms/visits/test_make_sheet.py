"""Is a sheet made for the right people and households, found by its code, and printed with what is known?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from relief import clock
from relief.audit.models import AccessEntry, AuditEntry
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.household import Relation
from relief.domain.visit_codes import Aspect, VisitKind
from relief.domain.visit_sheet_code import find_sheet_code
from relief.households.member_service import add_member
from relief.households.membership import PersonGiven
from relief.households.models import Household
from relief.persons.models import Person
from relief.visits.given import VisitorGiven
from relief.visits.sheet_models import VisitSheet
from relief.visits.sheet_papers import sheet_paper
from relief.visits.sheet_queries import get_sheet, list_candidates, list_sheets
from relief.visits.sheets import make_sheet
from tests.build import SYSTEM, Office, a_household, an_id, sign_in
from tests.documents.reading import letters_of
from tests.rooms.visits.conftest import Log


def made(office: Office, *households: Household, **other: object) -> VisitSheet:
    given = {
        "union_id": office.dongfeng.id, "on": clock.today(), "kind": "verification", "by": office.wang,
        "visitors": [VisitorGiven(office.wang.person_id), VisitorGiven(None, "老赵")],
        "household_ids": [one.id for one in households],
    }  # fmt: skip
    return make_sheet(**(given | other))  # type: ignore[arg-type]


def test_a_sheet_keeps_its_rows_and_who_goes(office: Office, household: Household) -> None:
    other = a_household(office, "单雄信")
    sheet = made(office, other, household, other)
    db.session.expire_all()
    assert find_sheet_code(sheet.code) == sheet.code
    assert [(row.place, row.household_id) for row in sheet.rows] == [(1, other.id), (2, household.id)]
    assert [(one.place, one.name, one.person_id) for one in sheet.visitors] == [
        (1, "王秀兰", office.wang.person_id), (2, "老赵", None),
    ]  # fmt: skip
    line = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == "visit_sheet.make")).one()
    assert (line.subject_id, line.union_id, line.changes["households"]) == (
        sheet.id, office.dongfeng.id, [other.id, household.id],
    )  # fmt: skip


def test_nobody_comes_on_file_by_a_sheet_alone(office: Office, household: Household) -> None:
    before = db.session.scalar(sa.select(sa.func.count()).select_from(Person))
    number = an_id(sequence=77)
    sheet = made(office, household, visitors=[VisitorGiven(office.wang.person_id), VisitorGiven(None, "老钱", number)])
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == before
    assert sheet.visitors[1].resident_id == number
    plain = db.session.execute(sa.text("SELECT resident_id FROM visit_sheet_visitor ORDER BY id")).scalars().all()
    assert number not in str(plain)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"visitors": []}, "visitors"),
        ({"visitors": [VisitorGiven(None, "老赵")]}, "visitors"),
        ({"visitors": [VisitorGiven(None, "李建国"), VisitorGiven(None, "老赵")]}, "name"),
        ({"visitors": [VisitorGiven(None, "老赵", "230306196304054510")]}, "resident_id"),
        ({"household_ids": []}, "households"),
    ],
)
def test_what_a_sheet_needs(office: Office, household: Household, other: dict[str, object], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        made(office, household, **other)
    assert refused.value.field == field


def test_a_sheet_is_printed_before_its_round(office: Office, household: Household) -> None:
    with pytest.raises(RuleBroken) as refused:
        made(office, household, on=clock.today() - timedelta(days=1))
    assert refused.value.field == "on"


def test_nobody_is_sent_to_verify_the_own_household(office: Office, household: Household) -> None:
    person = PersonGiven("王秀兰", db.session.get_one(Person, office.wang.person_id).resident_id)
    add_member(household.id, person=person, relation=Relation.OTHER, source="roster", by=SYSTEM)
    with pytest.raises(NotAllowed):
        made(office, household)
    assert made(office, household, kind=VisitKind.CARE).rows


def test_a_sheet_holds_households_of_its_unit_only(office: Office, household: Household) -> None:
    foreign = a_household(office, "林冲", union=office.hongqi)
    with pytest.raises(NotYours):
        made(office, foreign)
    with pytest.raises(RuleBroken, match="does not belong"):
        made(
            office, foreign, by=office.chen, visitors=[VisitorGiven(office.chen.person_id), VisitorGiven(None, "老赵")]
        )
    with pytest.raises(NotYours):
        made(office, foreign, union_id=office.hongqi.id)


@pytest.mark.parametrize("who", ["sun", "zhou", "feng", "chu"])
def test_only_those_who_visit_make_sheets(office: Office, household: Household, who: str) -> None:
    with pytest.raises(NotAllowed):
        made(office, household, by=getattr(office, who))


def test_offered_are_the_units_households_that_are_due(office: Office, household: Household, log: Log) -> None:
    today = clock.today()
    planned, seen, never = (a_household(office, name) for name in ("单雄信", "仇二", "李文"))
    a_household(office, "林冲", union=office.hongqi)
    log(on=today - timedelta(days=200))
    log(household_id=planned.id, on=today - timedelta(days=9), next_on=today - timedelta(days=1))
    log(household_id=seen.id, next_on=today + timedelta(days=60))
    offered = list_candidates(office.dongfeng.id, by=office.chen)
    assert [one.id for one in offered] == [household.id, planned.id, never.id]
    assert offered[0].last_on == today - timedelta(days=200)


def test_sheets_are_listed_with_what_is_open(office: Office, household: Household) -> None:
    sheet = made(office, household)
    assert [(row.code, row.open, row.visitors) for row in list_sheets({"rows": "open"}, by=office.li).rows] == [
        (sheet.code, 1, ("王秀兰", "老赵"))
    ]
    assert not list_sheets({"rows": "done"}, by=office.li).rows
    assert not list_sheets({}, by=office.zhao).rows


def test_the_page_ticks_what_was_ticked_before_and_makes_the_sheet(
    client: FlaskClient, office: Office, household: Household
) -> None:
    sign_in(client, office, "wang")
    page = client.get(f"/visits/sheets/new?household={household.id}").text
    assert re.search(rf'name="households" value="{household.id}" checked', page)
    far = a_household(office, "单雄信")
    typed = {
        "union_id": str(office.dongfeng.id), "on": clock.today().isoformat(), "kind": "verification",
        "visitors": [str(office.wang.person_id)], "other_1-name": "老赵", "households": [str(household.id)],
    }  # fmt: skip
    looked = client.post("/visits/sheets/new", data=typed | {"find": "单雄", "look": "1"})
    assert looked.status_code == 200
    assert f'value="{far.id}"' in looked.text
    assert 'value="老赵"' in looked.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(VisitSheet)) == 0
    answer = client.post("/visits/sheets/new", data=typed)
    sheet = db.session.scalars(sa.select(VisitSheet)).one()
    assert (answer.status_code, answer.location) == (303, f"/visits/sheets/{sheet.code}")


def test_a_code_leads_to_its_sheet_however_it_is_typed(
    client: FlaskClient, office: Office, household: Household
) -> None:
    code = made(office, household).code
    sign_in(client, office, "wang")
    plain = code.replace("-", "").lower()
    for answer in (
        client.post("/search", data={"q": plain}, follow_redirects=True),
        client.post("/search", data={"q": f"{plain[:3]} {plain[3:]}"}, follow_redirects=True),
        client.get("/visits/sheets", query_string={"code": plain}, follow_redirects=True),
    ):
        assert answer.request.path == f"/visits/sheets/{code}"
    wrong = client.get("/visits/sheets", query_string={"code": plain[:5] + ("2" if plain[5] != "2" else "3")})
    assert "One character is wrong" in wrong.text or "有一个字符" in wrong.text


def test_another_unit_does_not_find_it(client: FlaskClient, office: Office, household: Household) -> None:
    code = made(office, household).code
    sign_in(client, office, "zhao")
    for path in (f"/visits/sheets/{code}", f"/visits/sheets/{code}/paper"):
        assert client.get(path).status_code == 404
    assert client.post(f"/visits/sheets/{code}/rows/1", data={"row1-result": "3"}).status_code == 404


def test_the_paper_says_what_is_known_and_the_log_who_took_it(
    client: FlaskClient, office: Office, household: Household, log: Log
) -> None:
    log(seen={Aspect.HEATING: "炉子旧", Aspect.HEALTH: "糖尿病"})
    code = made(office, household).code
    sign_in(client, office, "wang")
    answer = client.get(f"/visits/sheets/{code}/paper")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = letters_of(answer.data)
    head = household.head
    for value in (code, "张桂兰", head.resident_id_masked, head.phone, household.address, "炉子旧", "糖尿病", "老赵"):
        assert value and value in text, value
    assert str(head.resident_id) not in text
    taken = db.session.scalars(sa.select(AccessEntry).where(AccessEntry.what == "visit_sheet")).one()
    assert (taken.subject, taken.subject_id, taken.reason) == ("household", household.id, "visit")


def test_the_paper_shows_no_health_to_those_who_may_not_see_it(
    client: FlaskClient, office: Office, household: Household, log: Log
) -> None:
    log(seen={Aspect.HEATING: "炉子旧", Aspect.HEALTH: "糖尿病"})
    code = made(office, household).code
    blind = replace(office.wang, roles=frozenset())
    paper = sheet_paper(get_sheet(code, by=office.wang), by=blind)
    assert [text for _aspect, text in paper.blocks[0].last_seen] == ["炉子旧"]
