"""Does a roster as unions send it read and end as it must? The shared one row by row, and twenty others."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from relief.domain.errors import RuleBroken
from relief.domain.roster import Known, RosterJudgement, Verdict, as_json, judge_roster, unit_key
from relief.households.roster_reading import RosterFile, Sheet, find_roster, read_roster_file
from tests.roster_maker import UNITS, MadeRow, make_roster

TODAY = date(2026, 10, 1)
DATA = Path(__file__).parents[2] / "data"
EXPECTED = json.loads((DATA / "roster-2026.expected.json").read_text("utf-8"))
ROSTER_UNITS = {row["unit"] for row in EXPECTED["rows"]} - {"西山林场"}


@pytest.fixture(scope="module")
def shared() -> RosterJudgement:
    return judged(read_roster_file(DATA / "roster-2026.xlsx"), ROSTER_UNITS)


def judged(file: RosterFile, units: set[str]) -> RosterJudgement:
    known = Known({unit_key(name): number for number, name in enumerate(sorted(units), 1)})
    return judge_roster(file.rows, file.members, known, TODAY)


def kept_values(verdict: Verdict) -> dict[str, Any]:
    household = verdict.household
    assert household is not None
    return {
        "row": verdict.row,
        "name": household.name,
        "resident_id": household.resident_id,
        "unit": household.unit_name,
        "members": household.size,
        "bank_card": household.card,
        "phone": household.phone,
        "born": household.born.isoformat(),
    }


def test_each_row_of_the_shared_roster_ends_as_expected(shared: RosterJudgement) -> None:
    ended = [(verdict.row, verdict.outcome.value, verdict.why) for verdict in shared.rows]
    assert ended == [(row["row"], row["outcome"], row["why"]) for row in EXPECTED["rows"]]
    assert shared.tally == EXPECTED["tally"]


def test_each_kept_row_of_the_shared_roster_is_cleaned_as_expected(shared: RosterJudgement) -> None:
    expected = [row for row in EXPECTED["rows"] if row["outcome"] != "rejected"]
    kept = [kept_values(verdict) for verdict in shared.rows if verdict.household]
    assert kept == [{key: row[key] for key in kept[0]} for row in expected]


def test_every_member_of_the_shared_roster_is_taken_and_every_size_agrees(shared: RosterJudgement) -> None:
    assert Counter(verdict.outcome.value for verdict in shared.members) == {"imported": EXPECTED["members"]}
    assert [verdict.notes for verdict in shared.rows if verdict.notes] == []


def test_the_report_for_machines_has_the_agreed_shape(shared: RosterJudgement) -> None:
    report = as_json(shared)
    assert list(report) == ["rows", "members", "tally"]
    assert report["rows"][0] == {"row": 5, "outcome": "imported", "why": None}
    assert report["rows"][2] == {"row": 7, "outcome": "rejected", "why": "resident-id checksum"}
    assert report["members"][0] == {"row": 2, "outcome": "imported"}
    assert json.loads(json.dumps(report)) == report


@pytest.mark.parametrize("seed", range(1, 21))
def test_another_roster_made_that_way_ends_as_its_maker_says(seed: int) -> None:
    made = make_roster(seed)
    judgement = judged(read_roster_file(made.content), set(UNITS))
    assert [(v.row, v.outcome.value, v.why) for v in judgement.rows] == [
        (row.row, row.outcome, row.why) for row in made.rows
    ]
    assert [(v.row, v.outcome.value) for v in judgement.members] == [(row.row, row.outcome) for row in made.members]
    for verdict, row in zip(judgement.rows, made.rows, strict=True):
        if verdict.household:
            assert kept_values(verdict) == meant_values(row)
            amounts = [verdict.household.income12, verdict.household.rigid, verdict.household.monthly_net]
            assert [str(amount).replace(",", "") for amount in amounts] == [
                f"{row.meant['income12']}.00",
                f"{row.meant['rigid']}.00",
                row.meant["monthly_net"],
            ]


def meant_values(row: MadeRow) -> dict[str, Any]:
    meant = row.meant
    return {
        "row": row.row,
        **{key: meant[key] for key in ("name", "resident_id", "unit", "phone")},
        "members": meant["size"],
        "bank_card": meant["card"],
        "born": meant["born"].isoformat(),
    }


HEADER = ["姓名", "身份证号", "单位", "困难类别"]
CAO = ["曹明", "232330199207046437", "前进林场", "深度困难职工"]
LIU = ["刘阳", "232127198502033395", "前进林场", "相对困难职工"]


def test_name_id_unit_and_category_are_enough() -> None:
    file = find_roster([Sheet("Sheet1", [HEADER, CAO])])
    [verdict] = judged(file, {"前进林场"}).rows
    assert (verdict.row, verdict.outcome) == (2, "imported")


@pytest.mark.parametrize(
    ("dropped", "named"), [(0, "Name"), (1, "Resident ID"), (2, "Unit"), (3, "Category of hardship")]
)
def test_a_file_without_one_of_the_four_is_refused_and_the_header_named(dropped: int, named: str) -> None:
    without = [[cell for i, cell in enumerate(row) if i != dropped] for row in (HEADER, CAO)]
    with pytest.raises(RuleBroken) as refusal:
        find_roster([Sheet("Sheet1", without)])
    assert str(refusal.value) == f"No row of this file is recorded: it has no column headed {named}."


def test_a_file_that_is_no_roster_names_all_four() -> None:
    with pytest.raises(RuleBroken, match="Name, Resident ID, Unit, Category of hardship"):
        find_roster([Sheet("Sheet1", [["会议纪要"], ["2026年9月30日"]]), Sheet("Sheet2", [])])


def test_a_roster_without_rows_and_two_rosters_in_one_file_are_refused() -> None:
    with pytest.raises(RuleBroken, match="no household below it"):
        find_roster([Sheet("一季度", [HEADER, ["", "", "", ""]])])
    with pytest.raises(RuleBroken, match="一季度、二季度"):
        find_roster([Sheet("一季度", [HEADER, CAO]), Sheet("二季度", [HEADER, LIU])])


def test_an_empty_second_roster_does_not_disturb() -> None:
    assert find_roster([Sheet("空表", [HEADER]), Sheet("名册", [HEADER, CAO])]).sheet == "名册"


def test_titles_blank_rows_column_numbers_repeated_headers_and_footers_are_no_households() -> None:
    rows = [
        ["困难职工花名册", "", "", ""],
        HEADER,
        ["1", "2", "3", "4"],
        CAO,
        ["", "", "", ""],
        HEADER,
        LIU,
        ["600户", "合 计", "", ""],
        ["", "", "填表人:", "工会(盖章)"],
        ["注:以上情况属实", "", "", ""],
    ]
    assert [raw.row for raw in find_roster([Sheet("名册", rows)]).rows] == [4, 7]


def test_a_household_without_an_id_is_no_footer() -> None:
    rows = [HEADER, ["曹明", "", "经办处", "深度困难职工"]]
    [verdict] = judged(find_roster([Sheet("名册", rows)]), {"经办处"}).rows
    assert verdict.why == "resident-id missing"


def test_the_columns_of_somebody_else_are_not_taken_for_the_heads() -> None:
    rows = [
        ["配偶", "", "户主", "", "单位", "困难类别"],
        ["姓名", "身份证号", "姓名", "身份证号", "", ""],
        ["李丽", "23212819661031380X", *CAO],
    ]
    [raw] = find_roster([Sheet("名册", rows)]).rows
    assert (raw.get("name"), raw.get("resident_id")) == ("曹明", "232330199207046437")


def test_unknown_columns_end_in_the_remark() -> None:
    rows = [[*HEADER, "政治面貌", "备注", "是否单亲"], [*CAO, "群众", "住院中", ""]]
    [verdict] = judged(find_roster([Sheet("名册", rows)]), {"前进林场"}).rows
    assert verdict.household is not None
    assert verdict.household.remark == "住院中;政治面貌:群众"


@pytest.mark.parametrize(
    ("title", "header", "fen"),
    [
        ("金额单位:元", "年收入", 374),
        ("金额单位:万元", "年收入", 3_740_000),
        ("金额单位:万元", "年收入(元)", 374),
        ("", "年收入(万元)", 3_740_000),
    ],
)
def test_figures_in_ten_thousands_are_read_as_such(title: str, header: str, fen: int) -> None:
    rows = [[title], [*HEADER, header], [*CAO, 3.74]]
    [verdict] = judged(find_roster([Sheet("名册", rows)]), {"前进林场"}).rows
    assert verdict.household is not None
    assert verdict.household.income12 is not None
    assert verdict.household.income12.fen == fen


def test_rejected_rows_can_be_sent_again_under_the_header_that_is_kept() -> None:
    rows = [
        ["金额单位:万元"],
        ["序号", *HEADER, "家庭情况", ""],
        ["", "", "", "", "", "年收入", "刚性支出"],
        [1, *CAO, 3.74, 1],
    ]
    first = find_roster([Sheet("名册", rows)])
    assert first.header == ("序号", *HEADER, "年收入(万元)", "刚性支出(万元)")
    again = find_roster([Sheet("退回", [first.header, *(raw.written for raw in first.rows)])])
    assert again.rows[0].cells == first.rows[0].cells


def test_units_and_heads_that_are_merged_over_several_rows_hold_in_each() -> None:
    book = BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        sheet, members = workbook.add_worksheet("名册"), workbook.add_worksheet("成员")
        for at, row in enumerate((HEADER, CAO, LIU)):
            sheet.write_row(at, 0, row)
        sheet.merge_range(1, 2, 2, 2, "前进林场")
        members.write_row(0, 0, ["户主身份证号", "成员姓名", "与户主关系"])
        members.write_column(1, 1, ["曹勇", "徐金凤"])
        members.write_column(1, 2, ["长子", "配偶"])
        members.merge_range(1, 0, 2, 0, CAO[1])
    judgement = judged(read_roster_file(book.getvalue()), {"前进林场"})
    assert [verdict.outcome for verdict in judgement.rows] == ["imported", "imported"]
    assert [verdict.member and verdict.member.head_id for verdict in judgement.members] == [CAO[1], CAO[1]]
