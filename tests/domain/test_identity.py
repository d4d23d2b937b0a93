"""Are cards, phones, codes and names read as meant, judged fairly, and masked enough?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.domain.errors import RuleBroken
from relief.domain.identity import (
    ListedName,
    bank_guess,
    clean_card,
    clean_mobile,
    clean_name,
    judge_card,
    judge_contact,
    judge_credit_code,
    judge_name,
    judge_phone,
    mask_card,
    mask_name,
    mask_names,
    mask_numbers,
    mask_phone,
    mask_resident_id,
)


@pytest.mark.parametrize("number", ["6228480000000000000", "6217000000000000004", "6224256941161648973"])
def test_a_good_card_passes(number: str) -> None:
    assert judge_card(number).luhn_ok
    assert judge_card(f" '{number[:4]} {number[4:8]}-{number[8:]} ").number == number


def test_a_card_that_fails_luhn_is_kept_with_a_warning() -> None:
    assert judge_card("6228480000000000001").luhn_ok is False


@pytest.mark.parametrize(("digits", "passes"), [(11, False), (12, True), (19, True), (20, False)])
def test_a_card_has_12_to_19_digits(digits: int, passes: bool) -> None:
    if passes:
        assert len(judge_card("6" * digits).number) == digits
    else:
        with pytest.raises(RuleBroken, match="12 to 19") as refused:
            judge_card("6" * digits)
        assert refused.value.field == "card"


@pytest.mark.parametrize("value", [6.228480402564890e18, "6.22848E+18", 6228480402564890018])
def test_a_card_that_lost_its_digits_in_a_spreadsheet_is_refused(value: object) -> None:
    with pytest.raises(RuleBroken, match="lost its last digits"):
        judge_card(value)


def test_a_card_is_not_in_a_log_line() -> None:
    assert "6228" not in repr(judge_card("6228480000000000000"))
    assert clean_card(None) == ""


def test_the_first_digits_hint_at_the_bank() -> None:
    assert str(bank_guess("6228482677354684873")) == "Agricultural Bank of China"
    assert str(bank_guess("6217996928543278321")) == "Postal Savings Bank of China"
    assert bank_guess("0000000000000000") is None


@pytest.mark.parametrize(
    "code", ["91110000600037341L", "81230127MC00000012", "81230127MC00000100", " 81230127mc0000 0100"]
)
def test_a_credit_code_is_judged_by_its_check_character(code: str) -> None:
    assert judge_credit_code(code) == code.replace(" ", "").upper()


@pytest.mark.parametrize("code", ["91110000600037341A", "81230127MC0000001", "81230127IC00000012", ""])
def test_a_wrong_credit_code_is_refused(code: str) -> None:
    with pytest.raises(RuleBroken):
        judge_credit_code(code)


@pytest.mark.parametrize(
    "typed",
    [
        "+86 19227159101",
        "192-2715-9101",
        19227159101.0,
        19227159101,
        "１９２２７１５９１０１",
        "8619227159101",
    ],
)
def test_a_mobile_is_read_as_meant(typed: object) -> None:
    assert clean_mobile(typed) == judge_phone(typed) == "19227159101"


@pytest.mark.parametrize("typed", ["12227159101", "1922715910", "192271591011", "", None, "0451-57712345"])
def test_what_is_no_mobile_is_refused(typed: object) -> None:
    with pytest.raises(RuleBroken) as refused:
        judge_phone(typed)
    assert refused.value.field == "phone"


def test_a_landline_will_do_as_another_contact() -> None:
    assert judge_contact("0451-57712345") == "045157712345"
    assert judge_contact("13912345678") == "13912345678"
    with pytest.raises(RuleBroken):
        judge_contact("57712345")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 彭桂荣 ", "彭桂荣"),
        ("宋 俊", "宋俊"),
        ("宋\u3000\u200b俊", "宋俊"),
        ("乌兰・其其格", "乌兰·其其格"),
        ("乌兰•其其格", "乌兰·其其格"),
        ("乌兰‧其其格", "乌兰·其其格"),
        ("乌兰.其其格", "乌兰·其其格"),
        ("乌兰．其其格", "乌兰·其其格"),
        ("乌兰 · 其其格", "乌兰·其其格"),
        ("王㛃", "王㛃"),
        ("李䶮", "李䶮"),
        ("杨𠅤", "杨𠅤"),
        ("﨑山", "﨑山"),
        ("Ｊｏｈｎ  Smith", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_name_is_kept_as_it_is_written(typed: object, name: str) -> None:
    assert clean_name(typed) == name


@pytest.mark.parametrize("name", ["李丽", "王㛃", "杨𠅤", "龘\U00031350", "乌" * 30, "Anne-Marie O'Neil"])
def test_a_name_of_letters_passes(name: str) -> None:
    assert judge_name(name) == name


@pytest.mark.parametrize("name", ["", "李", "乌" * 31, "张三1", "=cmd()", "张三<b>"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        judge_name(name)
    assert refused.value.field == "name"


@given(st.text(max_size=40))
def test_cleaning_a_name_twice_changes_nothing(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)


def test_masks_hide_all_but_a_little() -> None:
    assert mask_resident_id("230127198001010013") == "230***********001*"
    assert mask_resident_id("123") == "***"
    assert mask_card("6228482677354684873") == "****4873"
    assert mask_card("4873") == "****"
    assert mask_phone("13812341234") == "138****1234"
    assert mask_phone("045157712345") == "045*******45"
    assert mask_phone("110") == "***"


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("张小三", "张*三"),
        ("李丽", "李*"),
        ("欧阳小华", "欧**华"),
        ("乌兰·其其格", "乌*·**格"),
        ("杨𠅤", "杨*"),
        ("甲", "*"),
        ("", ""),
    ],
)
def test_a_name_shows_its_ends_only(name: str, mask: str) -> None:
    assert mask_name(name) == mask


def test_two_who_look_alike_in_one_unit_get_their_tails() -> None:
    listed = [
        ListedName("李丽", "局机关", "0231"),
        ListedName("李娜", "局机关", "0577"),
        ListedName("李强", "贮木场", "0112"),
        ListedName("王强", "局机关", "0009"),
    ]
    assert mask_names(listed) == ["李*(0231)", "李*(0577)", "李*", "王*"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("身份证23012619800101001X没带", "身份证****001X没带"),
        ("卡6228480000000000011换了", "卡****0011换了"),
        ("打13812341234没人接,2026年3月10日再打", "打****1234没人接,2026年3月10日再打"),
        ("回单202603100001,公示5日", "回单202603100001,公示5日"),
        ("XL202603100001234567", "XL202603100001234567"),
    ],
)
def test_numbers_in_peoples_own_words_keep_their_last_four_only(typed: str, kept: str) -> None:
    assert mask_numbers(typed) == kept


@pytest.mark.parametrize("clean", [clean_card, clean_mobile, clean_name])
@pytest.mark.parametrize("page", ["9" * 900_000, "９" * 900_000, "一" * 900_000, "-" * 900_000, "1 " * 450_000])
def test_a_page_of_signs_is_cut_before_it_is_read(clean: Callable[[object], str], page: str) -> None:
    assert len(clean(page)) <= 200


@pytest.mark.parametrize("judge", [judge_card, judge_contact, judge_credit_code, judge_name, judge_phone])
def test_a_page_of_signs_is_no_number_and_no_name(judge: Callable[[object], object]) -> None:
    with pytest.raises(RuleBroken):
        judge("张" * 900_000)


def test_blanks_around_a_number_are_still_none_of_it() -> None:
    assert clean_mobile(" " * 500 + "13812345678" + " " * 500) == "13812345678"
    assert clean_name(" " * 500 + "欧阳建国" + "\n" * 500) == "欧阳建国"
