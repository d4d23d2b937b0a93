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
    Outcome,
    RawRow,
    Verdict,
    household_from_data,
    row_as_data,
    unit_key,
)
from tests.roster_rows import CAO, CARD, GOOD, LI, LIU, judge, raw


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


@pytest.mark.parametrize("written", ["前进林场", " 前进 林场", "前进林场工会", "前进林场工会委员会"])
def test_a_unit_is_found_however_its_union_is_called(written: str) -> None:
    assert kept(unit=written).unit == 7
    assert unit_key("工会") == "工会"


def test_a_kept_row_waits_as_plain_data_and_comes_back_equal() -> None:
    assert household_from_data(row_as_data(kept())) == kept()
