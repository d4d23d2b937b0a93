"""Past awards come in: the shared workbook row by row, dry, once, and once more without a change."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.money import Money
from relief.domain.opening import as_json
from relief.domain.permissions import Actor
from relief.households.models import Household
from relief.opening.models import OpeningImport
from relief.opening.service import import_file
from relief.opening.taking_over import take_over
from tests.awards_book import BOOK, make_book
from tests.build import SYSTEM, Office
from tests.rooms.households.rosters import counts
from tests.rooms.opening.books import a_book, a_row, a_running, awards_of, found, how_many, lines_of

EXPECTED = json.loads(BOOK.with_suffix(".expected.json").read_text("utf-8"))


def test_the_shared_workbook_is_the_one_that_its_script_makes() -> None:
    assert make_book() == (BOOK.read_bytes(), EXPECTED)


def test_the_shared_workbook_comes_in_as_expected_and_once_more_without_a_change(
    office: Office, households: list[Household]
) -> None:
    report = as_json(import_file(BOOK, by=office.zhou, dry_run=False))
    assert report == EXPECTED
    kept = EXPECTED["tally"]["imported"] + EXPECTED["tally"]["warned"]
    assert how_many() == kept
    before = counts()
    assert as_json(import_file(BOOK, by=office.chen, dry_run=False)) == EXPECTED
    added = {name: count - before[name] for name, count in counts().items() if count != before[name]}
    assert added == {"opening_import": 1, "audit_entry": 2}  # staged, and through: no award among them
    last = db.session.scalars(sa.select(OpeningImport).order_by(OpeningImport.id.desc())).first()
    assert last is not None
    assert (last.state, last.tally["plan"]) == ("imported", {"created": 0, "unchanged": kept})
    assert last.tally["applied"] == {"created": 0, "unchanged": kept}


def test_each_row_stands_on_its_household_as_it_was_meant(office: Office, households: list[Household]) -> None:
    import_file(BOOK, by=office.zhou, dry_run=False)
    medical = found(household_id=households[0].id, item="medical", on=date(2026, 1, 20))
    assert (medical.kind, medical.form, medical.amount, medical.fund) == ("routine", "paid", Money.yuan(6000), "F4")
    assert (medical.union_id, medical.sheet_number) == (office.dongfeng.id, "2026-01")
    running = found(household_id=households[0].id, form="standing")
    assert (running.item, running.amount, running.on) == ("living", Money.yuan(400), date(2025, 12, 1))
    assert (running.until_month, running.remark) == ("2026-05", "局党委会定")
    assert found(amount=Money.yuan(18500)).household_id == households[1].id  # paid to the spouse
    assert found(amount=Money.yuan(25000)).union_id == office.hongqi.id
    assert [one.amount for one in awards_of(households[5].id)] == [Money.yuan(600)]  # a former member's
    assert "6228480000" not in "".join(one.remark or "" for household in households for one in awards_of(household.id))


def test_a_dry_run_writes_nothing_at_all(office: Office, households: list[Household]) -> None:
    before = counts()
    assert as_json(import_file(BOOK, by=office.zhou, dry_run=True)) == EXPECTED
    assert counts() == before


def test_every_union_gets_its_line_of_the_record_without_a_name_or_number(
    office: Office, households: list[Household]
) -> None:
    import_file(BOOK, by=office.zhou, dry_run=False)
    lines = {line.union_id: line.changes for line in lines_of("opening.take_over")}
    assert set(lines) == {office.dongfeng.id, office.hongqi.id}
    assert lines[office.hongqi.id] == {"awards": 1, "amount": {"fen": 2_500_000}}
    said = json.dumps([line.changes for line in lines_of("opening.stage") + lines_of("opening.imported")])
    assert "张桂兰" not in said
    assert db.session.scalar(sa.text("SELECT report FROM opening_import")).startswith("v1.")


@pytest.mark.parametrize("who", ["wang", "li", "liu", "sun", "wu", "zheng", "feng", "chu"])
def test_only_the_accountant_and_the_reviewer_take_past_awards_over(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        import_file(BOOK, by=getattr(office, who), dry_run=True)


def test_an_accountant_of_a_unit_does_not(office: Office, households: list[Household]) -> None:
    zhou = office.zhou
    of_a_unit = Actor(zhou.name, zhou.user_id, zhou.person_id, zhou.roles, office.dongfeng.id, "", frozenset({2}))
    with pytest.raises(NotYours):
        import_file(BOOK, by=of_a_unit, dry_run=True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no workbook at all", "not a workbook"),
        (a_book(("张桂兰",), header=("姓名",)), "Resident ID, Kind of aid, Amount, Day or month of payment"),
        (a_book(header=("身份证号", "救助类别", "金额")), "Day or month of payment"),
        (a_book(), "no award below it"),
    ],
)
def test_what_is_no_such_workbook_is_refused_with_a_sentence(
    office: Office, tmp_path: Path, content: bytes, said: str
) -> None:
    book = tmp_path / "a.xlsx"
    book.write_bytes(content)
    with pytest.raises(RuleBroken, match=said) as refused:
        import_file(book, by=office.zhou, dry_run=False)
    assert refused.value.field == "file"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OpeningImport)) == 0


def test_two_files_that_overlap_bring_each_award_once(
    office: Office, households: list[Household], tmp_path: Path
) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    first.write_bytes(a_book(a_row(1), a_row(2)))
    second.write_bytes(a_book(a_row(2), a_row(3), a_row(3), running=(a_running(1),)))
    import_file(first, by=office.zhou, dry_run=False)
    import_file(second, by=office.zhou, dry_run=False)
    assert [len(awards_of(one.id)) for one in households[:3]] == [2, 1, 2]


def test_an_import_that_was_cut_off_goes_on_and_doubles_nothing(
    app: Flask, office: Office, households: list[Household], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relief.opening.taking_over.BATCH", 2)
    book = tmp_path / "a.xlsx"
    book.write_bytes(a_book(*(a_row(place) for place in range(1, 6))))

    def pull_the_plug(done: int, whole: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(book, by=office.zhou, dry_run=False, progress=pull_the_plug)
    assert how_many() == 4
    opening = db.session.scalars(sa.select(OpeningImport)).one()
    assert opening.state == "staged"
    told: list[tuple[int, int]] = []
    take_over(opening.id, progress=lambda done, whole: told.append((done, whole)), by=SYSTEM)
    assert how_many() == 5
    assert told[-1] == (5, 5)
    assert db.session.get_one(OpeningImport, opening.id).tally["applied"] == {"created": 5, "unchanged": 0}
