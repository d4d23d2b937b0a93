"""Raise a doubt: by the auditor, about one thing, asking somebody who works on it, by a day ahead."""

from datetime import timedelta

import pytest

from relief import clock
from relief.auditing import service
from relief.auditing.models import Doubt
from relief.auditing.owners import list_owners
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.workflow import State
from tests.build import a_household
from tests.build_cases import a_case
from tests.rooms.auditing.asking import QUESTION, a_doubt, auditor_of, lines_of


def test_it_gets_its_number_its_owner_and_its_day(office):
    case = a_case(office, State.SUBMITTED)
    doubt = a_doubt(office, about=case)
    assert (doubt.number, doubt.state, doubt.union_id) == ("XLGH-YD-2026-001", "open", case.union_id)
    assert (doubt.owner_id, doubt.question) == (office.users["wang"].id, QUESTION)
    assert a_doubt(office).number == "XLGH-YD-2026-002"


def test_the_record_says_who_asked_whom_and_not_what(office):
    doubt = a_doubt(office)
    (line,) = lines_of("doubt.raise")
    assert (line.subject_id, line.person_id, line.union_id) == (doubt.id, office.feng.person_id, doubt.union_id)
    assert line.changes["owner"] == doubt.owner_id and QUESTION not in str(line.changes)


def test_the_same_finding_about_the_same_case_is_asked_once_while_it_is_open(office):
    doubt = a_doubt(office)
    case = a_case(office, State.DRAFT)
    with pytest.raises(RuleBroken, match=doubt.number):
        service.raise_doubt(
            code="A13", subject="case", subject_id=doubt.subject_id, question=QUESTION,
            owner_id=doubt.owner_id, due_on=doubt.due_on, by=office.feng,
        )  # fmt: skip
    service.settle_doubt(doubt.id, version=doubt.version, finding="已核对", by=office.feng)
    assert a_doubt(office, about=case).number == "XLGH-YD-2026-002"


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("code", {"code": "A15"}),
        ("question", {"question": "  "}),
        ("due_on", {"due_on": timedelta(0)}),
        ("owner", {"owner_id": "zhao"}),
        ("owner", {"owner_id": "feng"}),
        ("owner", {"owner_id": "chu"}),
    ],
)
def test_what_cannot_be_asked_is_refused_on_its_field(office, field, changed):
    case = a_case(office, State.SUBMITTED)
    given = {
        "code": "A8", "subject": "case", "subject_id": case.id, "question": QUESTION, "owner_id": "wang",
        "due_on": timedelta(days=3),
    } | changed  # fmt: skip
    given["owner_id"] = office.users[given["owner_id"]].id
    given["due_on"] = clock.today() + given["due_on"]
    with pytest.raises(RuleBroken) as refused:
        service.raise_doubt(**given, by=office.feng)
    assert refused.value.field == field
    assert db.session.scalars(db.select(Doubt)).all() == []


@pytest.mark.parametrize("who", ["wang", "li", "chen", "sun", "wu", "chu", "wei"])
def test_nobody_but_an_auditor_raises_one(office, who):
    with pytest.raises(NotAllowed):
        a_doubt(office, by=getattr(office, who))


def test_an_auditor_of_another_unit_does_not_see_the_case(office):
    case = a_case(office, State.SUBMITTED)
    with pytest.raises(NotYours):
        a_doubt(office, about=case, by=auditor_of(office, office.hongqi))
    with pytest.raises(NotYours):
        service.raise_doubt(
            code="A1", subject="nothing", subject_id=1, question=QUESTION, owner_id=1,
            due_on=clock.today() + timedelta(days=3), by=office.feng,
        )  # fmt: skip


def test_asked_are_those_who_work_there_the_nearest_first(office):
    names = [one.name for one in list_owners(office.dongfeng.id)]
    assert set(names[:2]) == {"王秀兰", "李建国"}
    assert "赵敏" not in names and not {"冯审", "褚维", "卫安"} & set(names)
    assert {"陈静", "孙德福", "周会"} <= set(names)


def test_over_http_from_a_row_or_by_number(office, client, signed_in):
    file = a_household(office)
    get, post = signed_in("feng")
    missing = post("/auditing/register/about", number="XLGH-D999999")
    assert missing.status_code == 422 and 'id="number-error"' in missing.text
    found = post("/auditing/register/about", number=f" {file.number.lower()} ")
    assert found.headers["Location"].endswith(f"subject=household&subject_id={file.id}")
    page = get(found.headers["Location"] + "&from=unverified")
    assert file.number in page.text and '<option value="A1" selected' in page.text and "王秀兰" in page.text
    bad = post(found.headers["Location"], code="A1", question="", owner="", due_on="2026-03-20")
    assert bad.status_code == 422 and 'id="question-error"' in bad.text and 'id="owner-error"' in bad.text
    sent = {"code": "A1", "question": QUESTION, "owner": office.users["wang"].id, "due_on": "2026-03-20"}
    done = post(found.headers["Location"], **sent)
    assert done.status_code == 303
    assert "XLGH-YD-2026-001" in get(done.headers["Location"]).text
    assert post("/auditing/register/raise?subject=household&subject_id=x", **sent).status_code == 303
    assert db.session.scalar(db.select(db.func.count()).select_from(Doubt)) == 1
