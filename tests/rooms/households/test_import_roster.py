"""A roster comes into the register: the shared one row by row, dry, once, and once more without a change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from relief.audit.models import AuditEntry
from relief.db import db
from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.money import Money
from relief.domain.roster import as_json
from relief.households.bank import find_account
from relief.households.fields import standing
from relief.households.membership import list_members
from relief.households.models import Household, SearchGram
from relief.households.roster_import import import_file
from relief.households.roster_models import RosterImport, RosterRow
from tests.build import SYSTEM, an_id, an_office
from tests.rooms.households.lines import recorded
from tests.rooms.households.rosters import (
    BANK,
    SHARED,
    UNITS,
    a_book,
    a_row,
    an_office_of,
    counts,
    household_of,
    rows_of,
)

EXPECTED = json.loads(SHARED.with_suffix(".expected.json").read_text("utf-8"))
CARD = "6228482677354684873"


def test_the_shared_roster_comes_in_as_expected_and_once_more_without_a_change(app: Flask) -> None:
    an_office_of(set(UNITS))
    report = as_json(import_file(SHARED, by=SYSTEM, dry_run=False))
    assert report["rows"] == [{key: row[key] for key in ("row", "outcome", "why")} for row in EXPECTED["rows"]]
    assert report["tally"] == EXPECTED["tally"]
    assert len(report["members"]) == EXPECTED["members"]
    kept = [row for row in EXPECTED["rows"] if row["outcome"] != "rejected"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Household)) == len(kept)
    for row in kept[::7]:
        _is_on_file(row)
    before = counts()
    again = as_json(import_file(SHARED, by=SYSTEM, dry_run=False))
    assert again == report
    added = {name: count - before[name] for name, count in counts().items() if count != before[name]}
    assert set(added) == {"roster_import", "roster_row", "audit_entry"}
    assert added["audit_entry"] == 3  # staged, confirmed, applied: no household among them
    last = db.session.scalars(sa.select(RosterImport).order_by(RosterImport.id.desc())).first()
    assert last is not None
    assert last.tally["plan"]["unchanged"] == len(kept)
    assert last.tally["applied"]["households"] == {"unchanged": len(kept)}
    assert last.tally["applied"]["members"] == {"unchanged": EXPECTED["members"]}


def _is_on_file(row: dict[str, object]) -> None:
    household = household_of(str(row["resident_id"]))
    account = find_account(household.id)
    assert account is not None
    assert (household.head.name, household.union.short_name) == (row["name"], row["unit"])
    assert household.head.born_on is not None
    assert household.head.born_on.isoformat() == row["born"]
    assert (household.head.phone, account.number) == (row["phone"], row["bank_card"])
    assert len(list_members(household.id)) == household.declared_size == row["members"]


def test_a_dry_run_writes_nothing_at_all(app: Flask) -> None:
    an_office_of(set(UNITS))
    db.session.commit()
    before, content = counts(), _database(app)
    report = as_json(import_file(SHARED, by=SYSTEM, dry_run=True))
    assert report["tally"] == EXPECTED["tally"]
    assert counts() == before
    assert _database(app) == content


def _database(app: Flask) -> bytes:
    """The bytes of the database and of what waits beside it; nothing for a server's."""
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    if not address.startswith("sqlite"):
        return b""
    path = Path(address.removeprefix("sqlite:///"))
    return b"".join(one.read_bytes() for one in (path, path.with_name(f"{path.name}-wal")) if one.exists())


@pytest.fixture
def kept(app: Flask, tmp_path: Path) -> Household:
    """The household of a whole row with two members, imported by the caseworker of 东风."""
    row = a_row(
        1,
        "仇曾",
        家庭人口="3",
        开户银行=BANK,
        银行卡号=CARD,
        联系电话="13812345678",
        家庭住址="红松路8号",
        备注="住院中",
    )
    member = [an_id(sequence=3), "仇小花", "女儿", an_id(sequence=40), "800元"]
    nameless = [an_id(sequence=3), "王英", "配偶", None, None]
    book = tmp_path / "名册.xlsx"
    book.write_bytes(a_book([row], [member, nameless]))
    import_file(book, by=an_office().wang, dry_run=False)
    return household_of(an_id(sequence=3))


def test_a_row_becomes_a_file_with_its_people_account_and_fields(kept: Household) -> None:
    members = list_members(kept.id)
    assert [(one.person.name, one.relation) for one in members] == [
        ("仇曾", "head"), ("仇小花", "child"), ("王英", "spouse"),
    ]  # fmt: skip
    assert members[1].monthly_income == Money.yuan(800)
    assert (kept.status, kept.source, kept.declared_category, kept.heating) == ("active", "roster", "deep", "coal")
    assert (kept.declared_size, kept.address, standing(kept)["remark"]) == (3, "红松路8号", "住院中")
    assert kept.number.endswith("-D000001")
    account = find_account(kept.id)
    assert account is not None
    assert (account.number, account.bank, account.holder) == (CARD, BANK, "仇曾")


def test_the_file_is_found_by_every_members_name_and_letters(kept: Household) -> None:
    grams = set(db.session.scalars(sa.select(SearchGram.gram).where(SearchGram.household_id == kept.id)))
    assert {"仇", "仇曾", "小花", "qz", "qxh", "王英"} <= grams


def test_the_record_has_one_line_of_it_without_a_number(kept: Household) -> None:
    line = recorded("household.open", kept.id)
    assert (line.actor, line.union_id) == ("王秀兰", kept.union_id)
    assert line.changes["source"] == "roster"
    assert line.changes["tail"] == CARD[-4:]
    lines = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.subject == "household")).all()
    assert len(lines) == 1
    said = json.dumps([entry.changes for entry in db.session.scalars(sa.select(AuditEntry))], ensure_ascii=False)
    assert not [secret for secret in (CARD, an_id(sequence=3), "13812345678", "红松路") if secret in said]


def test_rows_wait_sealed(kept: Household) -> None:
    bodies = db.session.execute(sa.text("SELECT body FROM roster_row")).scalars().all()
    assert len(bodies) == 3
    assert not [body for body in bodies if "仇" in body or CARD in body]


def test_a_file_with_the_four_columns_works_and_a_card_without_a_bank_is_kept_and_said(
    app: Flask, tmp_path: Path
) -> None:
    office, book = an_office(), tmp_path / "a.xlsx"
    header = ["姓名", "身份证号", "单位", "困难类别", "银行卡号"]
    book.write_bytes(a_book([["曹明", an_id(), "东风林场", "深度困难", CARD]], header=header))
    import_file(book, by=office.wang, dry_run=False)
    account = find_account(household_of(an_id()).id)
    assert account is not None
    assert (account.number, account.bank) == (CARD, "")
    row = db.session.scalars(sa.select(RosterRow)).one()
    assert [reason["code"] for reason in row.reasons] == ["bank missing"]
    import_file(book, by=office.wang, dry_run=False)
    again = db.session.scalars(sa.select(RosterRow).order_by(RosterRow.id.desc())).first()
    assert again is not None and [reason["code"] for reason in again.reasons] == ["bank missing"]


def test_a_caseworker_imports_the_rows_of_the_own_unit_only(app: Flask, tmp_path: Path) -> None:
    office, book = an_office(), tmp_path / "a.xlsx"
    book.write_bytes(a_book([a_row(1), a_row(2, 单位="红旗林场"), a_row(3, 单位="局机关")]))
    report = as_json(import_file(book, by=office.wang, dry_run=False))
    assert [(row["outcome"], row["why"]) for row in report["rows"]] == [
        ("imported", None), ("rejected", "unit unknown"), ("rejected", "unit unknown"),
    ]  # fmt: skip
    households = db.session.scalars(sa.select(Household)).all()
    assert [one.union_id for one in households] == [office.dongfeng.id]
    assert sorted(row.applied or "" for row in rows_of(1).values()) == ["", "", "created"]


@pytest.mark.parametrize("who", ["li", "sun", "zhou", "feng", "chu"])
def test_only_those_who_import_rosters_do(app: Flask, tmp_path: Path, who: str) -> None:
    office, book = an_office(), tmp_path / "a.xlsx"
    book.write_bytes(a_book([a_row(1)]))
    with pytest.raises(NotAllowed):
        import_file(book, by=getattr(office, who), dry_run=True)


def test_what_is_no_roster_is_refused_with_a_sentence(app: Flask, tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    book.write_bytes(b"no workbook at all")
    with pytest.raises(RuleBroken) as refused:
        import_file(book, by=an_office().wang, dry_run=False)
    assert refused.value.field == "file"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RosterImport)) == 0
