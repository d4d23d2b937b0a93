"""When is a household of a roster imported, when warned of, when rejected? One sentence each, both sides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from relief.domain.household import Category, Cause, Heating
from relief.domain.identity import Sex
from relief.domain.money import Money
from relief.domain.roster import (
    HouseholdRow,
    Known,
    Outcome,
    RawRow,
    Verdict,
    asked_for,
    household_from_data,
    judge_roster,
    row_as_data,
    unit_key,
)

TODAY = date(2026, 10, 1)
CAO, LIU, LI = "232330199207046437", "232127198502033395", "23212819661031380X"
CARD, OTHER_CARD = "6228482677354684873", "6228605912712010475"
KNOWN = Known({"前进林场": 7, "局机关": 8})
GOOD: dict[str, Any] = {
    "unit": "前进林场",
    "name": "曹明",
    "sex": "男",
    "nation": "满族",
    "born": "1992年7月4日",
    "resident_id": CAO,
    "phone": "17969384937",
    "address": "兴隆镇站前街98号7单元301室",
    "size": 3.0,
    "income12": 37400.0,
    "rigid": 3500.0,
    "monthly_net": 941.67,
    "category": "相对困难职工",
    "cause": "子女上学",
    "heating": "电采暖",
    "bank": "中国农业银行兴隆支行",
    "card": CARD,
    "opened_on": "2024/12/18",
    "remark": "",
}
HEADERS = {"income12": "近12个月总收入", "phone": "联系电话", "cause": "致困原因"}


def raw(row: int = 5, **cells: Any) -> RawRow:
    return RawRow(row, GOOD | cells, headers=HEADERS)


def judge(*rows: RawRow, known: Known = KNOWN) -> list[Verdict]:
    return list(judge_roster(rows, (), known, TODAY).rows)


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def kept(**cells: Any) -> HouseholdRow:
    [verdict] = judge(raw(**cells))
    assert verdict.household is not None
    return verdict.household


def test_a_good_row_is_imported_with_typed_values() -> None:
    [verdict] = judge(raw())
    assert (verdict.outcome, verdict.why, verdict.notes) == (Outcome.IMPORTED, None, ())
    assert verdict.household == HouseholdRow(
        row=5,
        unit=7,
        unit_name="前进林场",
        name="曹明",
        resident_id=CAO,
        sex=Sex.MALE,
        nation="满族",
        born=date(1992, 7, 4),
        phone="17969384937",
        address="兴隆镇站前街98号7单元301室",
        size=3,
        income12=Money.yuan(37_400),
        rigid=Money.yuan(3_500),
        monthly_net=Money(94_167),
        category=Category.RELATIVE,
        cause=Cause.SCHOOLING,
        heating=Heating.ELECTRIC,
        bank="中国农业银行兴隆支行",
        card=CARD,
        opened_on=date(2024, 12, 18),
        remark="",
    )


def test_name_id_unit_and_category_are_enough() -> None:
    cells = {name: GOOD[name] for name in ("name", "resident_id", "unit", "category")}
    [verdict] = judge(RawRow(2, cells))
    assert verdict.outcome is Outcome.IMPORTED
    assert verdict.household is not None
    assert (verdict.household.card, verdict.household.income12, verdict.household.size) == (None, None, None)
    assert (verdict.household.born, verdict.household.sex) == (date(1992, 7, 4), Sex.MALE)


@pytest.mark.parametrize(
    "written", ["232330 19920704 6437", "２３２３３０１９９２０７０４６４３７", "'232330199207046437", f" {CAO}\u200b"]
)
def test_an_id_is_read_through_blanks_width_and_apostrophes(written: str) -> None:
    assert kept(resident_id=written).resident_id == CAO


def test_a_lower_case_x_is_an_x() -> None:
    assert kept(resident_id="23212819661031380x", born=None, sex="女").resident_id == LI


@pytest.mark.parametrize(
    "written", ["17969384937", 17969384937.0, "+86 17969384937", "179-6938-4937", "86 17969384937"]
)
def test_a_phone_is_read_through_its_clothing(written: object) -> None:
    assert kept(phone=written).phone == "17969384937"


@pytest.mark.parametrize(
    ("written", "name"),
    [(" 彭桂荣 ", "彭桂荣"), ("宋 俊", "宋俊"), ("杨 𠅤", "杨𠅤"), ("阿依古丽•买买提", "阿依古丽·买买提")],
)
def test_a_name_loses_blanks_and_keeps_rare_characters(written: str, name: str) -> None:
    assert kept(name=written).name == name


@pytest.mark.parametrize(
    ("cells", "code", "words"),
    [
        ({"resident_id": "232330199207046436"}, "resident-id checksum", "does not match"),
        ({"resident_id": ""}, "resident-id missing", "is missing"),
        ({"resident_id": None}, "resident-id missing", "is missing"),
        ({"resident_id": 2.323301992070464e17}, "resident-id lost digits as a number", "as a number"),
        ({"resident_id": "2.3233E+17"}, "resident-id lost digits as a number", "as a number"),
        ({"resident_id": "232330920704643"}, "resident-id of 15 digits", "old 15-digit"),
        ({"resident_id": "23233019920704643"}, "resident-id length", "18 characters"),
        ({"resident_id": "232330199213046433"}, "resident-id birth date", "does not exist"),
        ({"name": "  "}, "name missing", "name is missing"),
        ({"name": "曹明(已故)"}, "name not understood", "letters only"),
        ({"unit": "西山林场"}, "unit unknown", "no unit called 西山林场"),
        ({"unit": ""}, "unit missing", "unit is missing"),
        ({"income12": "约三万"}, "income is not a number", "约三万 is no amount of money (近12个月总收入)"),
        ({"income12": -1}, "income is not a number", "below zero"),
        ({"rigid": "较多"}, "rigid expenditure is not a number", "较多"),
        ({"income12": None, "monthly_net": "不详"}, "income is not a number", "不详"),
    ],
)
def test_what_rejects_a_row(cells: dict[str, Any], code: str, words: str) -> None:
    [verdict] = judge(raw(**cells))
    assert (verdict.outcome, verdict.why, verdict.household) == (Outcome.REJECTED, code, None)
    assert words in str(verdict.reasons[0].sentence)


def test_every_refusal_of_a_row_is_told_in_one_fixed_order() -> None:
    [verdict] = judge(raw(income12="约三万", unit="西山林场", name="", resident_id=""))
    assert codes(verdict) == ["resident-id missing", "name missing", "unit unknown", "income is not a number"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"born": "1992-07-05"}, "birth date differs from resident-id"),
        ({"born": "1992.08"}, "birth date differs from resident-id"),
        ({"born": "不详"}, "birth date not understood"),
        ({"card": "6228482677354684874"}, "bank card fails Luhn"),
        ({"card": 6.228482677354685e18}, "bank card lost digits as a number"),
        ({"card": "现金"}, "bank card not understood"),
        ({"sex": "女"}, "sex differs from resident-id"),
        ({"phone": "不详"}, "phone not understood"),
        ({"size": "几口"}, "household size not understood"),
        ({"size": 0}, "household size not understood"),
        ({"category": "一般"}, "category not understood"),
        ({"category": ""}, "category missing"),
    ],
)
def test_what_warns_and_keeps_a_row(cells: dict[str, Any], code: str) -> None:
    [verdict] = judge(raw(**cells))
    assert (verdict.outcome, codes(verdict)) == (Outcome.WARNED, [code])
    assert verdict.household is not None


@pytest.mark.parametrize(
    "cells", [{"born": "1992.07"}, {"born": ""}, {"sex": ""}, {"card": ""}, {"phone": "0451-57512345"}, {"card": CARD}]
)
def test_what_neither_warns_nor_rejects(cells: dict[str, Any]) -> None:
    [verdict] = judge(raw(**cells))
    assert verdict.outcome is Outcome.IMPORTED


def test_where_birth_date_and_id_differ_the_id_holds() -> None:
    assert kept(born="1990-01-01").born == date(1992, 7, 4)


def test_a_card_that_fails_luhn_is_kept_and_one_that_lost_digits_is_not() -> None:
    assert kept(card="6228482677354684874").card == "6228482677354684874"
    assert kept(card=6.228482677354685e18).card is None


def test_several_warnings_are_all_kept_in_one_fixed_order() -> None:
    first = raw(5, resident_id=LIU, born=None, sex=None, card="6228482677354684874")
    second = raw(6, born="1990-01-01", sex="女", card="6228482677354684874")
    assert codes(judge(first, second)[1]) == [
        "birth date differs from resident-id",
        "bank card fails Luhn",
        "bank card used by another household",
        "sex differs from resident-id",
    ]


def test_what_no_field_can_take_is_kept_in_the_remark_and_noted() -> None:
    [verdict] = judge(raw(cause="酗酒", remark="住院", phone="不详"))
    assert [note.code for note in verdict.notes] == ["cause not understood"]
    assert verdict.household is not None
    assert verdict.household.remark == "住院;联系电话:不详;致困原因:酗酒"


def test_a_derived_monthly_figure_that_is_none_is_only_noted() -> None:
    [verdict] = judge(raw(monthly_net="见附表"))
    assert (verdict.outcome, [note.code for note in verdict.notes]) == (
        Outcome.IMPORTED,
        ["monthly income not understood"],
    )


def test_the_second_row_of_an_id_is_rejected_and_the_first_stays() -> None:
    first, second, third = judge(raw(5), raw(9, name="李丽", card=None), raw(11, card=None))
    assert (first.outcome, second.why, third.why) == (Outcome.IMPORTED, *["duplicate resident-id in file"] * 2)
    assert str(second.reasons[0].sentence).startswith("Row 5 ")


def test_a_rejected_first_row_does_not_stand_in_the_way_of_a_good_second() -> None:
    first, second = judge(raw(5, unit="西山林场"), raw(9))
    assert (first.why, second.outcome) == ("unit unknown", Outcome.IMPORTED)


def test_a_card_of_an_earlier_row_warns_the_later_one_only() -> None:
    first, second = judge(raw(5), raw(6, resident_id=LIU, born=None))
    assert (first.outcome, second.why) == (Outcome.IMPORTED, "bank card used by another household")
    assert "row 5" in str(second.reasons[0].sentence)


def test_the_card_of_a_rejected_row_is_nobodys() -> None:
    _, second = judge(raw(5, unit="西山林场"), raw(6, resident_id=LIU, born=None))
    assert second.outcome is Outcome.IMPORTED


def test_a_card_is_compared_with_households_that_are_not_in_the_file() -> None:
    elsewhere = Known(KNOWN.units, heads={CAO: "A"}, cards={CARD: ["B"]})
    own = Known(KNOWN.units, heads={CAO: "A"}, cards={CARD: ["A"]})
    assert judge(raw(), known=elsewhere)[0].why == "bank card used by another household"
    assert judge(raw(), known=own)[0].outcome is Outcome.IMPORTED


def test_a_card_that_moves_between_two_households_of_the_file_is_judged_by_the_file_alone() -> None:
    known = Known(KNOWN.units, heads={CAO: "A", LIU: "B"}, cards={CARD: ["A"], OTHER_CARD: ["B"]})
    rows = (raw(5, card=OTHER_CARD), raw(6, resident_id=LIU, born=None, card=CARD))
    assert [verdict.outcome for verdict in judge(*rows, known=known)] == [Outcome.IMPORTED, Outcome.IMPORTED]


def test_a_head_who_is_a_member_elsewhere_is_warned_of() -> None:
    known = Known(KNOWN.units, members={CAO: ["B"]})
    assert judge(raw(), known=known)[0].why == "head is a member of another household"


@pytest.mark.parametrize("written", ["前进林场", " 前进 林场", "前进林场工会", "前进林场工会委员会"])
def test_a_unit_is_found_however_its_union_is_called(written: str) -> None:
    assert kept(unit=written).unit == 7
    assert unit_key("工会") == "工会"


def test_the_register_is_asked_about_clean_numbers_only() -> None:
    rows = [raw(5, resident_id=f"'{CAO}"), raw(6, resident_id="1", card="现金")]
    members = [RawRow(2, {"head_id": LIU, "resident_id": LI.lower()})]
    asked = asked_for(rows, members, TODAY)
    assert (asked.resident_ids, asked.cards) == ({CAO, LIU, LI}, {CARD})


def test_a_kept_row_waits_as_plain_data_and_comes_back_equal() -> None:
    assert household_from_data(row_as_data(kept())) == kept()


def test_no_sentence_shows_a_whole_number() -> None:
    rows = [
        raw(5),
        raw(6),
        raw(7, resident_id=LIU, born=None),
        raw(8, resident_id=f"{CAO[:17]}1"),
        raw(9, resident_id=f"{CAO}1"),
    ]
    said = " ".join(str(reason.sentence) for verdict in judge(*rows) for reason in verdict.reasons)
    assert said
    assert not {number for number in (CAO, LIU, CARD) if number[:12] in said}
