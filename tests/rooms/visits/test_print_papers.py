"""Are the papers printed from the file, by those who see it, with numbers only for those who may read them?"""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from relief.audit.models import AccessEntry
from relief.db import db
from relief.domain.permissions import Role
from relief.domain.visit_codes import Aspect
from relief.households.models import Household
from relief.visits.file_papers import NAMES, file_paper
from tests.build import Office, a_household, sign_in
from tests.documents.reading import letters_of
from tests.rooms.visits.conftest import Log


@pytest.mark.parametrize("kind", list(NAMES))
def test_a_paper_is_printed_from_the_page_of_the_file(
    client: FlaskClient, office: Office, household: Household, kind: str
) -> None:
    sign_in(client, office, "wang")
    path = f"/households/{household.id}/prints/{kind}"
    assert f'href="{path}"' in client.get(f"/households/{household.id}").text
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert household.number in letters_of(answer.data)
    assert str(household.head.resident_id) not in str(answer.headers)
    seen = db.session.scalars(sa.select(AccessEntry).where(AccessEntry.subject == "household")).all()
    assert [(one.what, one.subject_id) for one in seen] == [(f"paper.{kind}", household.id)]


def test_what_one_may_not_read_is_masked(office: Office, household: Household, log: Log) -> None:
    log(seen={Aspect.HEALTH: "糖尿病", Aspect.FOOD: "够"})
    paper = file_paper(household, by=office.wang)
    assert paper.resident_id == household.head.resident_id
    assert [text for _label, text in paper.aspects if text] == ["够", "糖尿病"]
    chair = replace(office.sun, roles=frozenset({Role.ACCOUNTANT}))
    masked = file_paper(household, by=chair)
    assert masked.resident_id == household.head.resident_id_masked
    assert masked.telephone == household.head.phone_masked
    assert str(household.address) not in masked.address
    assert [text for _label, text in masked.aspects if text] == ["够"]


def test_the_whole_account_stands_only_where_it_may_be_read(office: Office) -> None:
    household = a_household(office, "单雄信", number=31)
    assert file_paper(household, by=office.wang).account.startswith("**** ")
    assert len(file_paper(household, by=office.feng).account) == 19


def test_papers_of_another_unit_and_unknown_papers_are_not_there(
    client: FlaskClient, office: Office, household: Household, log: Log
) -> None:
    visit = log(seen={Aspect.FOOD: "够"})
    sign_in(client, office, "zhao")
    for path in (f"/households/{household.id}/prints/survey", f"/visits/{visit.id}/print"):
        assert client.get(path).status_code == 404
    sign_in(client, office, "wang")
    assert client.get(f"/households/{household.id}/prints/anything").status_code == 404
    sign_in(client, office, "zhou")
    assert client.get(f"/households/{household.id}/prints/survey").status_code == 403


def test_the_record_of_a_visit_is_printed_and_noted(
    client: FlaskClient, office: Office, household: Household, log: Log
) -> None:
    visit = log(office.wang, office.li, kind="verification", seen={Aspect.HEATING: "炉子旧"}, note="门前路滑")
    sign_in(client, office, "wang")
    text = letters_of(client.get(f"/visits/{visit.id}/print").data)
    for value in ("炉子旧", "门前路滑", "王秀兰", "李建国", household.number):
        assert value in text, value
    noted = db.session.scalars(sa.select(AccessEntry).where(AccessEntry.subject == "visit")).one()
    assert (noted.what, noted.subject_id) == ("paper.visit_record", visit.id)
