"""How does a person come on file, once, with what is sealed and what is masked?"""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from relief.audit.models import AuditEntry
from relief.db import db
from relief.domain.errors import RuleBroken
from relief.persons import service
from relief.persons.models import Person
from tests.build import SYSTEM, an_id

ID = an_id(date(1966, 7, 8), 21)


def test_the_number_decides_birthday_and_sex(app: Flask) -> None:
    person = service.keep_person(name="张桂兰", resident_id=ID, born_on=date(2000, 1, 1), sex="female", by=SYSTEM)
    assert (person.born_on, person.sex) == (date(1966, 7, 8), "male")
    assert person.pinyin == "Zhang Guilan"


def test_the_same_number_is_the_same_person_whatever_the_case_of_its_last_sign(app: Flask) -> None:
    first = service.keep_person(name="张桂兰", resident_id=ID, by=SYSTEM)
    assert service.keep_person(name="张桂兰", resident_id=ID.lower(), by=SYSTEM).id == first.id
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1


def test_number_and_phone_lie_sealed_and_are_found_by_their_index(app: Flask) -> None:
    person = service.keep_person(name="张桂兰", resident_id=ID, phone="138 1234 5678", by=SYSTEM)
    row = db.session.execute(sa.text("SELECT resident_id, resident_id_index, phone FROM person")).one()
    assert not any(ID in value or "13812345678" in value for value in row)
    assert service.find_by_resident_id(ID).id == person.id
    assert (person.resident_id, person.phone) == (ID, "13812345678")
    assert "1966" not in person.resident_id_masked


def test_people_without_a_number_are_each_their_own(app: Flask) -> None:
    first, second = (service.keep_person(name="李芳", by=SYSTEM) for _each in range(2))
    assert first.id != second.id


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": " "}, "name"), ({"resident_id": ID[:-1] + "?"}, "resident_id"), ({"phone": "12"}, "phone")],
)
def test_what_is_wrong_is_said_at_its_field_and_nobody_is_kept(app: Flask, given: dict[str, str], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        service.keep_person(**({"name": "张桂兰"} | given), by=SYSTEM)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0


def test_the_record_keeps_the_name_and_not_the_number(app: Flask) -> None:
    service.keep_person(name="张桂兰", resident_id=ID, phone="13812345678", by=SYSTEM)
    line = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == "person.keep")).one()
    assert line.changes == {"name": "张桂兰"}


def test_a_name_is_corrected_with_its_reading(app: Flask) -> None:
    person = service.keep_person(name="单小明", resident_id=ID, by=SYSTEM)
    service.rename(person.id, "单晓明", by=SYSTEM)
    assert (person.name, person.pinyin) == ("单晓明", "Shan Xiaoming")
    line = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == "person.rename")).one()
    assert line.changes == {"name": ["单小明", "单晓明"]}
