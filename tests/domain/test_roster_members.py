"""When is a member of a roster taken into the household, and when not? And what does the report then say?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from relief.domain.household import Relation
from relief.domain.identity import Sex
from relief.domain.money import Money
from relief.domain.roster import (
    Known,
    MemberRow,
    Outcome,
    RawRow,
    RosterJudgement,
    Verdict,
    as_json,
    as_text,
    judge_roster,
    member_from_data,
    row_as_data,
)

TODAY = date(2026, 10, 1)
CAO, LIU, CHILD, WIFE = "232330199207046437", "232127198502033395", "231224202402193281", "232128197110147299"
KNOWN = Known({"前进林场": 7})
GOOD: dict[str, Any] = {
    "head_id": CAO,
    "name": "曹勇",
    "relation": "子女",
    "resident_id": CHILD,
    "born": date(2024, 2, 19),
    "health": "良好",
    "monthly_income": 0.0,
    "work_or_school": "未入学",
}


def head(row: int, resident_id: str, **cells: Any) -> RawRow:
    good = {"unit": "前进林场", "name": "曹明", "resident_id": resident_id, "category": "深度困难职工"}
    return RawRow(row, good | cells)


def judged(*members: dict[str, Any], heads: list[RawRow] | None = None, known: Known = KNOWN) -> RosterJudgement:
    rows = heads or [head(5, CAO), head(6, LIU)]
    listed = [RawRow(at, GOOD | cells) for at, cells in enumerate(members, 2)]
    return judge_roster(rows, listed, known, TODAY)


def judge(*members: dict[str, Any], heads: list[RawRow] | None = None, known: Known = KNOWN) -> list[Verdict]:
    return list(judged(*members, heads=heads, known=known).members)


def test_a_good_member_is_imported_with_typed_values() -> None:
    [verdict] = judge({})
    assert (verdict.outcome, verdict.why) == (Outcome.IMPORTED, None)
    assert verdict.member == MemberRow(
        row=2,
        head_id=CAO,
        name="曹勇",
        relation=Relation.CHILD,
        resident_id=CHILD,
        sex=Sex.FEMALE,
        born=date(2024, 2, 19),
        health="良好",
        monthly_income=Money(0),
        work_or_school="未入学",
        remark="",
    )
    assert member_from_data(row_as_data(verdict.member)) == verdict.member


@pytest.mark.parametrize("written", [f"'{CAO}", f" {CAO[:6]} {CAO[6:]}"])
def test_the_heads_number_is_cleaned_before_it_is_compared(written: str) -> None:
    assert judge({"head_id": written})[0].outcome is Outcome.IMPORTED


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"head_id": WIFE}, "head unknown"),
        ({"head_id": ""}, "head missing"),
        ({"name": ""}, "name missing"),
        ({"resident_id": "231224202402193282"}, "resident-id checksum"),
        ({"resident_id": 2.312242024021932e17}, "resident-id lost digits as a number"),
    ],
)
def test_what_rejects_a_member(cells: dict[str, Any], code: str) -> None:
    [verdict] = judge(cells)
    assert (verdict.outcome, verdict.why, verdict.member) == (Outcome.REJECTED, code, None)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"resident_id": ""}, "resident-id missing"),
        ({"relation": "老乡"}, "relation not understood"),
        ({"relation": ""}, "relation missing"),
        ({"born": date(2024, 2, 20)}, "birth date differs from resident-id"),
        ({"monthly_income": "不定"}, "income is not a number"),
    ],
)
def test_what_warns_and_keeps_a_member(cells: dict[str, Any], code: str) -> None:
    [verdict] = judge(cells)
    assert (verdict.outcome, verdict.why) == (Outcome.WARNED, code)
    assert verdict.member is not None


def test_a_member_without_an_id_keeps_the_birth_date_of_the_row() -> None:
    [verdict] = judge({"resident_id": None, "sex": "女"})
    assert verdict.member is not None
    assert (verdict.member.resident_id, verdict.member.born, verdict.member.sex) == (
        None,
        date(2024, 2, 19),
        Sex.FEMALE,
    )


@pytest.mark.parametrize("number", [CAO, f"{CAO[:17]}1"])
def test_the_members_of_a_rejected_head_are_left_out_with_it(number: str) -> None:
    [verdict] = judge({"head_id": number}, heads=[head(5, number, unit="西山林场")])
    assert (verdict.outcome, verdict.why) == (Outcome.REJECTED, "head not imported")


def test_the_members_of_a_head_that_stands_twice_stay_with_the_first() -> None:
    [verdict] = judge({}, heads=[head(5, CAO), head(9, CAO)])
    assert verdict.outcome is Outcome.IMPORTED


def test_a_head_that_is_on_file_need_not_be_in_the_roster() -> None:
    assert judge({"head_id": WIFE}, known=Known(KNOWN.units, heads={WIFE: "A"}))[0].outcome is Outcome.IMPORTED


def test_a_row_that_repeats_the_head_is_no_other_person() -> None:
    [verdict] = judge({"resident_id": CAO, "relation": "本人", "born": None})
    assert verdict.member is not None
    assert (verdict.outcome, verdict.member.is_head, verdict.member.relation) == (Outcome.IMPORTED, True, Relation.HEAD)


def test_a_member_who_heads_another_household_is_only_proposed() -> None:
    in_file = judge({"resident_id": LIU, "born": None})[0]
    on_file = judge({}, known=Known(KNOWN.units, heads={CHILD: "B"}))[0]
    for verdict in (in_file, on_file):
        assert (verdict.outcome, verdict.why) == (Outcome.WARNED, "member is head of another household")
        assert verdict.member is not None
        assert verdict.member.elsewhere


def test_a_member_of_two_households_is_taken_once_and_then_only_proposed() -> None:
    first, second = judge({}, {"head_id": LIU})
    assert (first.outcome, second.why) == (Outcome.IMPORTED, "member of another household")
    assert second.member is not None
    assert second.member.elsewhere


def test_a_member_of_another_household_on_file_is_only_proposed_and_of_ones_own_is_imported() -> None:
    elsewhere = Known(KNOWN.units, heads={CAO: "A"}, members={CHILD: ["B"]})
    at_home = Known(KNOWN.units, heads={CAO: "A"}, members={CHILD: ["A"]})
    assert judge({}, known=elsewhere)[0].why == "member of another household"
    assert judge({}, known=at_home)[0].outcome is Outcome.IMPORTED


def test_the_second_row_of_a_member_is_rejected() -> None:
    assert [verdict.why for verdict in judge({}, {})] == [None, "duplicate member in file"]


def test_a_size_that_differs_from_the_listed_members_is_noted_and_changes_nothing() -> None:
    fits, differs = judged({}, heads=[head(5, CAO, size=2), head(6, LIU, size=3)]).rows
    assert (fits.notes, differs.outcome) == ((), Outcome.IMPORTED)
    assert [note.code for note in differs.notes] == ["household size differs from members"]
    assert "3 persons" in str(differs.notes[0].sentence)


def test_a_head_that_the_second_sheet_repeats_is_counted_once() -> None:
    repeated = {"resident_id": CAO, "relation": "本人", "born": None}
    assert judged(repeated, {}, heads=[head(5, CAO, size=2)]).rows[0].notes == ()


def test_without_a_second_sheet_no_size_is_doubted() -> None:
    assert judge_roster([head(5, CAO, size=3)], [], KNOWN, TODAY).rows[0].notes == ()


def test_the_report_counts_first_and_then_tells_what_to_look_at_in_columns() -> None:
    heads = [head(5, CAO), head(12, LIU, card="6228482677354684874"), head(107, WIFE, unit="西山林场")]
    judgement = judged({}, {"head_id": WIFE}, heads=heads)
    assert as_json(judgement) == {
        "rows": [
            {"row": 5, "outcome": "imported", "why": None},
            {"row": 12, "outcome": "warned", "why": "bank card fails Luhn"},
            {"row": 107, "outcome": "rejected", "why": "unit unknown"},
        ],
        "members": [{"row": 2, "outcome": "imported"}, {"row": 3, "outcome": "rejected"}],
        "tally": {"imported": 1, "warned": 1, "rejected": 1},
    }
    assert as_text(judgement, str).splitlines() == [
        "3 households: 1 imported, 1 to be checked, 1 rejected.",
        "   12  Imported, to be checked  "
        "The bank card's check digit does not match: compare it with the card or passbook.",
        "  107  Rejected                 There is no unit called 西山林场.",
        "",
        "2 members: 1 imported, 0 to be checked, 1 rejected.",
        "  3  Rejected  The row of this member's head was not imported.",
    ]


def test_the_columns_of_the_report_stand_straight_in_chinese_too() -> None:
    heads = [head(5, CAO, card="6228482677354684874"), head(6, LIU, unit="西山林场")]
    chinese = {"Imported, to be checked": "待核对", "Rejected": "退回"}
    lines = as_text(judged(heads=heads), lambda sentence: chinese.get(str(sentence), "…")).splitlines()
    assert lines[1:] == ["  5  待核对  …", "  6  退回    …"]
