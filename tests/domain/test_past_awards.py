"""Past awards, row by row: who, what, how much, when; what is refused, warned of, kept, counted twice or once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from relief.domain.aid import kinds
from relief.domain.identity import check_character
from relief.domain.money import Money
from relief.domain.opening import (
    PAID,
    STANDING,
    AwardRow,
    AwardTable,
    AwardVerdict,
    Holder,
    Known,
    as_text,
    asked_for,
    award_as_data,
    award_from_data,
    judge_awards,
    standards_of,
)
from relief.domain.opening.words import read_fund, read_item, read_kind
from relief.domain.roster import RawRow

TODAY = date(2026, 3, 10)
FIRST = "23012619800101001"
ZHANG = FIRST + check_character(FIRST)
STANDARDS = standards_of({code: kind.default_policy() for code, kind in kinds().items()})
KNOWN = Known({ZHANG: Holder("张桂兰", 7, "DF-D000001", "active")}, STANDARDS)
PAID_ROW = {"name": "张桂兰", "resident_id": ZHANG, "kind": "春节救助", "amount": "1000", "day": "2026-01-20"}
STANDING_ROW = {
    "name": "张桂兰", "resident_id": ZHANG, "kind": "日常救助", "item": "生活", "first_month": "2025-11",
    "last_month": "2026-04", "monthly": "300",
}  # fmt: skip


def table(*rows: dict[str, Any], form: str = PAID, sheet: str = "发放表") -> AwardTable:
    return AwardTable(sheet, form, (), tuple(RawRow(number, cells) for number, cells in enumerate(rows, 4)))


def judged(*rows: dict[str, Any], form: str = PAID, known: Known = KNOWN) -> tuple[AwardVerdict, ...]:
    return judge_awards([table(*rows, form=form)], known, TODAY).rows


def paid(**changed: Any) -> AwardVerdict:
    return judged(PAID_ROW | changed)[0]


def standing(**changed: Any) -> AwardVerdict:
    return judged(STANDING_ROW | changed, form=STANDING)[0]


def kept(verdict: AwardVerdict) -> AwardRow:
    assert verdict.award is not None, verdict.reasons
    return verdict.award


def test_a_good_row_becomes_an_award_of_the_persons_household() -> None:
    award = kept(paid(fund="工会经费", sheet_number="2026-03批", remark="节前送到"))
    assert (award.household_id, award.household_number, award.name) == (7, "DF-D000001", "张桂兰")
    assert (award.kind, award.item, award.amount, award.on) == ("spring_festival", None, Money.yuan(1000), date(2026, 1, 20))
    assert (award.fund, award.sheet_number, award.remark) == ("F4", "2026-03批", "节前送到")
    assert paid().outcome == "imported"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"resident_id": ZHANG[:-1] + ("0" if ZHANG[-1] != "0" else "1")}, "resident-id checksum"),
        ({"resident_id": ""}, "resident-id missing"),
        ({"kind": "旅游"}, "kind unknown"),
        ({"kind": "—"}, "kind missing"),
        ({"amount": "约三千"}, "amount is not a number"),
        ({"amount": None}, "amount missing"),
        ({"amount": "0"}, "amount not above zero"),
        ({"amount": "-5"}, "amount not above zero"),
        ({"day": "2026-03-11"}, "day to come"),
        ({"day": "腊月"}, "day not understood"),
        ({"day": "1926-01-20"}, "day not understood"),
        ({"day": None}, "day missing"),
        ({"day": "2026-13"}, "day not understood"),
    ],
)
def test_a_fault_rejects_the_row_with_its_code_and_a_sentence(changed: dict[str, Any], why: str) -> None:
    verdict = paid(**changed)
    assert (verdict.outcome, verdict.why, verdict.award) == ("rejected", why, None)
    assert str(verdict.reasons[0].sentence)


def test_somebody_who_is_not_on_file_is_rejected_with_advice() -> None:
    [verdict] = judged(PAID_ROW, known=Known({}, STANDARDS))
    assert verdict.why == "person unknown"
    assert "open the household's file first" in str(verdict.reasons[0].sentence)


@pytest.mark.parametrize(
    ("cell", "on"),
    [
        ("2026-03-10", date(2026, 3, 10)), ("2026年2月", date(2026, 2, 1)), ("2026.02", date(2026, 2, 1)),
        ("202602", date(2026, 2, 1)), (202602, date(2026, 2, 1)), (datetime(2026, 2, 5), date(2026, 2, 5)),
        (46058, date(2026, 2, 5)), ("20260205", date(2026, 2, 5)),
    ],
)  # fmt: skip
def test_a_day_is_a_day_and_a_month_its_first(cell: object, on: date) -> None:
    assert kept(paid(day=cell)).on == on
    assert kept(paid(day=None, period=cell)).on == on


def test_the_day_of_payment_holds_over_the_month_that_it_was_for() -> None:
    assert kept(paid(day="2026-01-05", period="2025-12")).on == date(2026, 1, 5)


def test_what_is_odd_is_kept_with_a_warning() -> None:
    assert paid(name="张桂花").why == "name differs from register"
    assert paid(name="张 桂 兰").outcome == "imported"
    assert paid(amount="2000.01").why == "above today's standard"
    assert paid(amount="2000").outcome == "imported"
    gone = Known({ZHANG: Holder("张桂兰", 7, "DF-D000001", "exited")}, STANDARDS)
    [verdict] = judged(PAID_ROW, known=gone)
    assert (verdict.outcome, verdict.why) == ("warned", "household exited")
    assert kept(verdict).household_id == 7


def test_the_same_row_twice_is_warned_of_and_both_are_told_apart() -> None:
    first, second, other = judged(PAID_ROW, PAID_ROW | {"remark": "重复"}, PAID_ROW | {"amount": "999"})
    assert (first.outcome, second.why, other.outcome) == ("imported", "same row twice in file", "imported")
    assert "Row 4 of sheet 发放表" in str(second.reasons[0].sentence)
    identities = [kept(verdict).identity for verdict in (first, second, other)]
    assert len(set(identities)) == 3
    assert [kept(verdict).identity for verdict in judged(PAID_ROW, PAID_ROW)] == identities[:2]


def test_a_rejected_row_does_not_make_a_later_one_a_second() -> None:
    assert [verdict.outcome for verdict in judged(PAID_ROW | {"kind": "?"}, PAID_ROW)] == ["rejected", "imported"]


def test_a_standing_award_has_its_months_and_its_sum_a_month() -> None:
    award = kept(standing())
    assert (award.form, award.kind, award.item) == ("standing", "routine", "living")
    assert (award.on, award.until_month, award.amount) == (date(2025, 11, 1), "2026-04", Money.yuan(300))
    assert standing(kind="", item="生活救助").outcome == "imported"
    assert standing(last_month="2025-11").outcome == "imported"
    assert standing(monthly="401").why == "above today's standard"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"item": ""}, "item missing"),
        ({"first_month": ""}, "first month missing"),
        ({"last_month": None}, "last month missing"),
        ({"last_month": "长期"}, "last month not understood"),
        ({"first_month": "2026-03", "last_month": "2026-02"}, "last month before the first"),
        ({"first_month": "2026-04", "last_month": "2026-05"}, "day to come"),
        ({"monthly": "三百"}, "amount is not a number"),
    ],
)
def test_a_standing_award_with_a_fault_is_rejected(changed: dict[str, Any], why: str) -> None:
    assert (standing(**changed).outcome, standing(**changed).why) == ("rejected", why)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("换季救助", ("seasonal", None)), ("冬季取暖补助", ("winter", None)), ("两节送温暖", ("spring_festival", None)),
        ("春节慰问金", ("spring_festival", None)), ("医疗救助", ("routine", "medical")),
        ("金秋助学", ("routine", "study")), ("日常救助", ("routine", None)), ("临时救助", ("special", None)),
        ("special", ("special", None)), ("Winter relief", ("winter", None)), ("旅游", (None, None)), ("", (None, None)),
    ],
)  # fmt: skip
def test_the_words_of_the_old_sheets_name_kinds(words: str, meant: tuple[str | None, str | None]) -> None:
    assert read_kind(words) == meant


def test_items_and_funds_are_read_by_word_and_by_code() -> None:
    assert [read_item(word, "routine") for word in ("生活费", "medical", "学费", "装修")] == ["living", "medical", "study", None]
    assert read_item("生活", "special") is None
    assert [read_fund(word) for word in ("f3", "省级配套资金", "工会经费", "某公司")] == ["F3", "F2", "F4", None]


def test_words_that_nothing_takes_are_kept_as_a_remark() -> None:
    verdict = paid(kind="日常救助", item="装修", fund="某公司", remark="急")
    assert kept(verdict).remark == "急;item:装修;fund:某公司"
    assert {note.code for note in verdict.notes} == {"item not understood", "item missing", "fund not understood"}
    assert verdict.outcome == "imported"


def test_an_award_waits_as_plain_data() -> None:
    for award in (kept(paid(remark="急")), kept(standing())):
        assert award_from_data(award_as_data(award)) == award


def test_the_register_is_asked_for_possible_ids_only() -> None:
    assert asked_for([table(PAID_ROW, PAID_ROW | {"resident_id": "123"}, {})], TODAY) == {ZHANG}


def test_the_text_tells_counts_and_the_rows_to_look_at_by_sheet() -> None:
    judgement = judge_awards([table(PAID_ROW, PAID_ROW | {"kind": "?"}, sheet="一月")], KNOWN, TODAY)
    lines = as_text(judgement, str).splitlines()
    assert lines[0] == "2 past awards: 1 imported, 0 to be checked, 1 rejected."
    assert lines[2] == "一月"
    assert lines[3].split()[:2] == ["5", "Rejected"]
