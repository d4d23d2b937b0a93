"""A newer roster comes: what differs changes, what a hand changed stays, what a case leans on is proposed."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

import relief.cases.life  # noqa: F401 - tells households which of them have an open case
from relief.db import db
from relief.domain.household import Cause, Relation
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.households import service
from relief.households.bank import find_account, set_account
from relief.households.fields import standing
from relief.households.member_service import add_member, change_head, edit_member, mark_deceased
from relief.households.membership import PersonGiven, list_members
from relief.households.models import Household, Proposal
from relief.households.proposals import body_of, decide_proposal
from relief.households.roster_import import import_file
from relief.households.roster_models import RosterImport, RosterRow
from tests.build import Office, a_card, an_id, an_office
from tests.build_cases import a_case
from tests.rooms.households.lines import recorded
from tests.rooms.households.rosters import BANK, a_book, a_row, household_of, rows_of, unit

HEAD, CHILD, SPOUSE = an_id(sequence=3), an_id(sequence=40), an_id(sequence=42)
MEMBERS = [[HEAD, "曹小花", "女儿", CHILD, "800"], [HEAD, "李英", "配偶", SPOUSE, None]]
OLD, NEW = a_card(1), a_card(2)


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


@pytest.fixture
def kept(office: Office, tmp_path: Path) -> Household:
    """A household with a daughter and a spouse, come by an older roster."""
    send(tmp_path, office.wang, [a_row(1, 开户银行=BANK, 银行卡号=OLD)], MEMBERS)
    return household_of(HEAD)


def send(folder: Path, by: Actor, rows: list[list[object]], members: list[list[object]] | None = None) -> RosterImport:
    book = folder / "名册.xlsx"
    book.write_bytes(a_book(rows, members))
    import_file(book, by=by, dry_run=False)
    return db.session.scalars(sa.select(RosterImport).order_by(RosterImport.id.desc()).limit(1)).one()


def plan(roster: RosterImport) -> dict[str, int]:
    return {end: count for end, count in roster.tally["plan"].items() if count}


def notes(row: RosterRow) -> list[str]:
    return [str(Sentence.from_data(one["sentence"])) for one in row.reasons if one["note"]]


def proposals() -> list[Proposal]:
    return list(db.session.scalars(sa.select(Proposal).order_by(Proposal.id)))


def test_what_differs_changes_and_blanks_take_nothing_away(office: Office, kept: Household, tmp_path: Path) -> None:
    row = a_row(1, 取暖方式="烧柴", 家庭住址="红松路8号", 开户银行=BANK, 银行卡号=NEW, 困难类别="相对困难职工")
    changed = [[HEAD, "曹小花", "女儿", CHILD, "900"], MEMBERS[1], [HEAD, "曹强", "儿子", an_id(sequence=51), None]]
    roster = send(tmp_path, office.wang, [row], changed)
    assert plan(roster) == {"updated": 1}
    assert roster.tally["applied"]["households"] == {"updated": 1}
    assert roster.tally["applied"]["members"] == {"updated": 1, "unchanged": 1, "created": 1}
    assert (kept.heating, kept.address, kept.declared_category) == ("wood", "红松路8号", "relative")
    account = find_account(kept.id)
    assert account is not None
    assert account.number == NEW
    assert [one.person.name for one in list_members(kept.id)] == ["曹明", "曹小花", "李英", "曹强"]
    assert list_members(kept.id)[1].monthly_income == Money.yuan(900)
    send(tmp_path, office.wang, [a_row(1, 取暖方式=None)], None)
    assert (kept.heating, kept.address) == ("wood", "红松路8号")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Household)) == 1
    assert proposals() == []


def test_a_change_is_on_the_record(office: Office, kept: Household, tmp_path: Path) -> None:
    send(tmp_path, office.wang, [a_row(1, 取暖方式="烧柴")])
    line = recorded("household.edit", kept.id)
    assert (line.actor, line.changes) == ("王秀兰", {"heating": ["coal", "wood"]})


def test_manual_edits_win_and_the_row_says_so(office: Office, kept: Household, tmp_path: Path) -> None:
    service.edit_file(kept.id, fields={"heating": "central", "main_cause": Cause.ILLNESS}, by=office.wang)
    set_account(kept.id, holder="曹明", bank=BANK, number=a_card(7), by=office.wang)
    edit_member(list_members(kept.id)[1].id, fields={"name": "曹晓花"}, by=office.wang)
    row = a_row(1, 取暖方式="烧柴", 家庭住址="红松路8号", 开户银行=BANK, 银行卡号=NEW)
    roster = send(tmp_path, office.wang, [row], MEMBERS)
    account = find_account(kept.id)
    assert account is not None
    assert (kept.heating, kept.address, account.number) == ("central", "红松路8号", a_card(7))
    assert standing(kept)["main_cause"] is Cause.ILLNESS
    assert list_members(kept.id)[1].person.name == "曹晓花"
    said = rows_of(roster.id)[2]
    assert (said.applied, notes(said)) == ("updated", [
        "Changed by hand before, and kept as it stands: Heating.",
        "Changed by hand before, and kept as it stands: Bank account.",
    ])  # fmt: skip
    member = rows_of(roster.id, "members")[2]
    assert (member.applied, notes(member)) == ("unchanged", ["Changed by hand before, and kept as it stands: Name."])


def test_an_id_that_was_missing_is_added_to_the_same_member(office: Office, tmp_path: Path) -> None:
    send(tmp_path, office.wang, [a_row(1)], [[HEAD, "曹小花", "女儿", None, None]])
    send(tmp_path, office.wang, [a_row(1)], [[HEAD, "曹小花", "女儿", CHILD, None]])
    members = list_members(household_of(HEAD).id)
    assert [(one.person.name, one.person.resident_id) for one in members] == [("曹明", HEAD), ("曹小花", CHILD)]
    assert proposals() == []


def test_two_of_one_name_are_told_apart_by_their_ids(office: Office, tmp_path: Path) -> None:
    members = [[HEAD, "王伟", "儿子", None, None], [HEAD, "王伟", "儿子", CHILD, None]]
    send(tmp_path, office.wang, [a_row(1)], members)
    roster = send(tmp_path, office.wang, [a_row(1)], members)
    assert roster.tally["applied"] == {"households": {"unchanged": 1}, "members": {"unchanged": 2}}
    assert proposals() == []


def test_with_an_open_case_a_card_and_members_are_proposed_and_the_rest_changes(
    office: Office, kept: Household, tmp_path: Path
) -> None:
    a_case(office, household=kept)
    row = a_row(1, 取暖方式="烧柴", 开户银行=BANK, 银行卡号=NEW)
    changed = [[HEAD, "曹小花", "女儿", CHILD, "900"], [HEAD, "曹强", "儿子", an_id(sequence=51), None]]
    roster = send(tmp_path, office.wang, [row], changed)
    account = find_account(kept.id)
    assert account is not None
    assert (kept.heating, account.number) == ("wood", OLD)
    assert [one.person.name for one in list_members(kept.id)] == ["曹明", "曹小花", "李英"]
    assert list_members(kept.id)[1].monthly_income == Money.yuan(800)
    assert [body_of(one).get("do", one.subject) for one in proposals()] == ["account", "edit", "add", "end"]
    assert roster.tally["applied"]["members"] == {"proposed": 2}
    assert "A change waits for a second person on the file's page." in notes(rows_of(roster.id)[2])
    again = send(tmp_path, office.wang, [row], changed)
    assert len(proposals()) == 4
    assert plan(again) == {"unchanged": 1}


def test_accepted_proposals_do_what_the_roster_said(office: Office, kept: Household, tmp_path: Path) -> None:
    a_case(office, household=kept)
    changed = [[HEAD, "曹小花", "女儿", CHILD, "900"], [HEAD, "曹强", "儿子", an_id(sequence=51), "1,000"]]
    send(tmp_path, office.wang, [a_row(1, 开户银行=BANK, 银行卡号=NEW)], changed)
    for proposal in proposals():
        decide_proposal(proposal.id, accept=True, phoned=True, by=office.li)
    account = find_account(kept.id)
    assert account is not None
    assert account.number == NEW
    assert [(one.person.name, one.monthly_income) for one in list_members(kept.id)] == [
        ("曹明", None), ("曹小花", Money.yuan(900)), ("曹强", Money.yuan(1_000)),
    ]  # fmt: skip


def test_what_was_declined_is_not_proposed_again(office: Office, kept: Household, tmp_path: Path) -> None:
    a_case(office, household=kept)
    row = a_row(1, 开户银行=BANK, 银行卡号=NEW)
    send(tmp_path, office.wang, [row])
    decide_proposal(proposals()[0].id, accept=False, by=office.li)
    roster = send(tmp_path, office.wang, [row])
    assert [one.state for one in proposals()] == ["declined"]
    assert notes(rows_of(roster.id)[2]) == ["This change was proposed before; it is not proposed again."]


def test_a_member_who_is_not_listed_any_more_is_proposed_to_leave(
    office: Office, kept: Household, tmp_path: Path
) -> None:
    roster = send(tmp_path, office.wang, [a_row(1)], MEMBERS[:1])
    [proposal] = proposals()
    gone = list_members(kept.id)[2]
    assert (gone.person.name, body_of(proposal)) == ("李英", {"do": "end", "member_id": gone.id})
    assert rows_of(roster.id)[2].applied == "proposed"


@pytest.mark.parametrize(
    ("said", "members"),
    [
        ({}, None),
        ({"家庭人口": "3"}, [[an_id(sequence=5), "别家", "女儿", an_id(sequence=60), None]]),
        ({}, [MEMBERS[0], [HEAD, "李英", "配偶", "23012619800101042", None]]),
    ],
)
def test_nobody_is_missing_from_a_list_that_is_not_whole(
    office: Office, kept: Household, tmp_path: Path, said: dict[str, str], members: list[list[object]] | None
) -> None:
    """No second sheet; a second sheet without this household; a row of this household that was rejected."""
    send(tmp_path, office.wang, [a_row(1, **said)], members)
    assert proposals() == []
    assert len(list_members(kept.id)) == 3


def test_a_member_of_two_households_is_proposed_and_stays_where_he_is(
    office: Office, kept: Household, tmp_path: Path
) -> None:
    other = an_id(sequence=5)
    roster = send(tmp_path, office.wang, [a_row(2, "李建")], [[other, "李英", "女儿", SPOUSE, None]])
    assert [one.person.name for one in list_members(household_of(other).id)] == ["李建"]
    assert [(one.household_id, body_of(one)["do"]) for one in proposals()] == [(household_of(other).id, "add")]
    assert rows_of(roster.id, "members")[2].applied == "proposed"


def test_a_roster_moves_no_file(office: Office, kept: Household, tmp_path: Path) -> None:
    roster = send(tmp_path, office.chen, [a_row(1, 单位="红旗林场", 取暖方式="烧柴")])
    assert (kept.union.short_name, kept.heating) == ("东风林场", "wood")
    assert notes(rows_of(roster.id)[2]) == [
        "The file belongs to 东风林场; the roster names 红旗林场. A roster moves no file: move it on its page."
    ]


def test_another_units_household_is_rejected_and_not_disclosed(office: Office, kept: Household, tmp_path: Path) -> None:
    new_member = [HEAD, "曹强", "儿子", an_id(sequence=51), None]
    roster = send(tmp_path, office.zhao, [a_row(1, 单位="红旗林场")], [new_member])
    row, member = rows_of(roster.id)[2], rows_of(roster.id, "members")[2]
    assert [(one.outcome, one.reasons[0]["code"], one.applied) for one in (row, member)] == [
        ("rejected", "held by another unit", None), ("rejected", "head not imported", None),
    ]  # fmt: skip
    assert kept.number not in str(row.reasons)
    assert len(list_members(kept.id)) == 3


def test_a_head_who_became_a_member_opens_no_second_file(office: Office, kept: Household, tmp_path: Path) -> None:
    change_head(list_members(kept.id)[2].id, old_head_is=Relation.SPOUSE, by=office.wang)
    roster = send(tmp_path, office.wang, [a_row(1)])
    assert rows_of(roster.id)[2].outcome == "rejected"
    assert kept.number in str(rows_of(roster.id)[2].reasons)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Household)) == 1


def test_a_closed_file_is_not_opened_by_a_roster(office: Office, kept: Household, tmp_path: Path) -> None:
    service.close_file(kept.id, reason="recovered", by=office.wang)
    roster = send(tmp_path, office.wang, [a_row(1)])
    assert (rows_of(roster.id)[2].outcome, rows_of(roster.id)[2].reasons[0]["code"]) == ("rejected", "file closed")


def test_a_dead_head_leaves_the_file_to_be_changed_and_is_told(office: Office, kept: Household, tmp_path: Path) -> None:
    mark_deceased(list_members(kept.id)[0].id, on=kept.opened_on, by=office.wang)
    roster = send(tmp_path, office.wang, [a_row(1, 取暖方式="烧柴", 联系电话="13812345678")])
    assert (kept.heating, kept.head.phone) == ("wood", None)
    assert notes(rows_of(roster.id)[2]) == ["The head has died or left. Name the new head."]


def test_one_wrong_member_leaves_the_rest_of_the_household(office: Office, kept: Household, tmp_path: Path) -> None:
    add_member(kept.id, person=PersonGiven("曹强"), relation=Relation.CHILD, by=office.wang)
    staff_id = office.users["li"].person.resident_id
    roster = send(
        tmp_path, office.wang, [a_row(1, 取暖方式="烧柴")], [*MEMBERS, [HEAD, "曹强", "儿子", staff_id, None]]
    )
    row, member = rows_of(roster.id)[2], rows_of(roster.id, "members")[4]
    assert (row.applied, kept.heating, member.applied) == ("updated", "wood", "left_out")
    assert notes(member) == ["This resident ID belongs to somebody who is on file already."]


def test_members_of_a_household_on_file_can_come_alone(office: Office, kept: Household, tmp_path: Path) -> None:
    rows: list[list[object]] = [a_row(9)]
    roster = send(tmp_path, office.wang, rows, [[HEAD, "曹强", "儿子", an_id(sequence=51), None]])
    assert [one.person.name for one in list_members(kept.id)][-1] == "曹强"
    assert rows_of(roster.id, "members")[2].household_id == kept.id
    assert proposals() == []
    assert unit("东风林场").id == kept.union_id
