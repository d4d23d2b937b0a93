"""Does a notice stand long enough, show little enough, and stop what it must?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.domain.calendar import Calendar, Deadline
from relief.domain.errors import RuleBroken
from relief.domain.household import Cause
from relief.domain.identity import check_character
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.notice import (
    ListedAward,
    assert_publishable,
    clean_from,
    end_of_notice,
    generic_cause,
    judge_reposting,
    may_forward,
    needs_new_notice,
    public_row,
    public_rows,
    stops_notice,
)

OFF = [date(2026, 2, day) for day in range(15, 24)]
CALENDAR = Calendar(dict.fromkeys(OFF, False) | {date(2026, 2, 14): True}, frozenset({2026}))
POSTED, ENDS = date(2026, 2, 12), date(2026, 2, 26)
SPECIAL = label("Special relief")


def test_five_working_days_from_the_thursday_before_the_festival_end_after_it() -> None:
    assert end_of_notice(POSTED, 5, CALENDAR) == Deadline(ENDS, provisional=False)
    assert end_of_notice(date(2026, 2, 6), 5, CALENDAR).on == date(2026, 2, 13)
    assert end_of_notice(date(2026, 2, 6), 7, CALENDAR).on == date(2026, 2, 24)


def test_fewer_than_five_working_days_are_refused() -> None:
    with pytest.raises(RuleBroken, match="at least 5") as refused:
        end_of_notice(POSTED, 4, CALENDAR)
    assert refused.value.field == "working_days"


def test_the_last_day_counts_whole_and_the_next_is_clean() -> None:
    ends = Deadline(ENDS, provisional=False)
    assert clean_from(ENDS) == date(2026, 2, 27)
    assert str(may_forward(ENDS, ends, objection_open=False)) == "The public notice is not over yet."
    assert may_forward(date(2026, 2, 27), ends, objection_open=False) is None


def test_an_open_objection_keeps_the_case() -> None:
    stopped = may_forward(date(2026, 3, 20), Deadline(ENDS, provisional=False), objection_open=True)
    assert "objection" in str(stopped)


@pytest.mark.parametrize(
    ("received", "stops"),
    [(date(2026, 2, 11), False), (POSTED, True), (ENDS, True), (date(2026, 2, 27), False)],
)
def test_an_objection_stops_the_notice_while_it_stands(received: date, stops: bool) -> None:
    assert stops_notice(received, POSTED, ENDS) is stops


def test_after_an_objection_it_is_posted_anew_or_written_down_why_not() -> None:
    judge_reposting(repost=True, reason="")
    judge_reposting(repost=False, reason="查无此事")
    with pytest.raises(RuleBroken):
        judge_reposting(repost=False, reason="  ")


def test_a_higher_amount_needs_a_new_notice_and_a_lower_one_does_not() -> None:
    assert needs_new_notice(Money.yuan(3000), Money(300001))
    assert not needs_new_notice(Money.yuan(3000), Money.yuan(3000))
    assert not needs_new_notice(Money.yuan(3000), Money(299999))


def test_a_public_row_holds_masked_name_unit_kind_amount_and_a_generic_cause() -> None:
    award = ListedAward("张小三", "局机关", "0231", SPECIAL, Money.yuan(3000), Cause.ILLNESS)
    row = public_row(award)
    assert (row.name, row.unit, str(row.cause)) == ("张*三", "局机关", "Due to illness")
    twins = public_rows([award, ListedAward("张大三", "局机关", "0577", SPECIAL, Money(1), Cause.OTHER)])
    assert [row.name for row in twins] == ["张*三(0231)", "张*三(0577)"]


def test_every_cause_has_a_generic_word_that_tells_no_disability_or_job() -> None:
    words = {int(cause): str(generic_cause(cause)) for cause in Cause}
    told = {6: "Due to illness", 7: "Due to disaster", 8: "Due to accident", 9: "Due to schooling"}
    assert words == {number: told.get(number, "Due to hardship") for number in range(1, 11)}


GOOD = """公示 第2026-03号 2026年2月12日至2026年2月26日 2026-02-12 2026-02-26 2026/02/12
1 张*三 贮木场 特殊救助 3,000.00 因病
2 李*(0231) 局机关 特殊救助 10,000.00 因灾
13 王* 木材加工厂 1,500.00 2,000.00 800.00
合计 3 户 16,500.00 元 人民币壹万陆仟伍佰元整 编号 XLGH-F4-202602-000123
230***********001* 138****1234 ****4873
异议请于上午8:30-11:30拨打 0451-57712345,邮编 151800"""


def test_an_ordinary_notice_may_hang() -> None:
    assert_publishable(GOOD)
    assert_publishable("\n".join(str(n) for n in range(1, 400)))
    assert_publishable("")


@pytest.mark.parametrize(
    "leak",
    [
        "11010519491231002X",
        "11010519491231002x",
        "110105 19491231 002X",
        "110105-19491231-002 X",
        "1101 0519 4912 3100 2X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "110105.1949.12.31.002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105194912\n31002X",
        "110105\u200b19491231\u200b002X",
        "身份证号230127198001010013的",
        "110105491231002",
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "138.1234.5678",
        "138,1234,5678",
        "138——1234——5678",
        "+86 138 1234 5678",
        "13812345678 13912345678",
        "٠١٣٨١٢٣٤٥٦٧٨"[1:],
        "6228480000000000000",
        "6228 4800 0000 0000 000",
        "6228-4800-0000-0000-000",
        "622848 0000000000000",
        "012345678901",
    ],
)
def test_no_number_of_a_person_passes_whatever_stands_between_its_digits(leak: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        assert_publishable(GOOD.replace("因灾", f"因灾 {leak} 元"))
    assert refused.value.field == "notice"
    assert "1234" not in str(refused.value.sentence)


def test_the_office_may_show_its_own_number() -> None:
    text = "异议电话 138 1234 5678"
    assert_publishable(text, allowed=["138 1234 5678"])
    with pytest.raises(RuleBroken):
        assert_publishable(text + " 13912345678", allowed=["138 1234 5678"])


@given(
    st.dates(date(1930, 1, 1), date(2026, 1, 1)),
    st.integers(0, 999),
    st.lists(st.sampled_from(["", " ", "-", ".", "·", " - ", "/", "_", "\u3000"]), min_size=17, max_size=17),
)
def test_any_resident_id_is_found_however_it_is_pulled_apart(born: date, order: int, gaps: list[str]) -> None:
    first_17 = f"232128{born:%Y%m%d}{order:03d}"
    number = first_17 + check_character(first_17)
    pulled = "".join(sign + gap for sign, gap in zip(number, [*gaps, ""], strict=True))
    with pytest.raises(RuleBroken):
        assert_publishable(f"张*三 {pulled} 贮木场")
