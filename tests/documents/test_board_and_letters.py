"""What do notice, slips and letters say, and what do they never say?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from relief.documents import language
from relief.documents.language import words
from relief.documents.letters import refusal_pdf
from relief.documents.notice import NoticeRow, notice_pdf
from relief.documents.slip import invitation_pdf, receipt_pdf
from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.sentences import sentence
from tests.documents.cast import INVITATION, OFFICE, RARE, REFUSAL, a_notice, a_receipt, a_voucher
from tests.documents.reading import codes_in, facts_of, letters_of, pixels_of, text_of

NUMBERS_OF_PERSONS = re.compile(r"\d{17}[\dX]|(?<!\d)1[3-9]\d{9}(?!\d)|\d{12,19}")


def test_a_notice_says_who_is_proposed_for_what_and_how_to_object() -> None:
    text = letters_of(notice_pdf(a_notice(), "zh"))
    for value in (
        "公示", "特殊救助", "张*国", "3,000.00", "2026年1月26日至2026年2月2日", "共5个工作日", "0451-57500000",
        "兴隆镇林业局办公楼207室", "XLGH-GS-2026-000012", OFFICE, "（公章）",
    ):  # fmt: skip
        assert value in text, value


def test_a_notice_after_the_money_says_that_it_went_first() -> None:
    row = replace(a_notice().rows[0], helped_first=True)
    urgent, mixed = replace(a_notice(), rows=(row,)), replace(a_notice(), rows=(row, *a_notice().rows))
    told = letters_of(notice_pdf(urgent, "zh"))
    for value in ("突发急难", "先行救助", "在后补办", "异议成立的，追回救助款", "2026年1月26日至2026年2月2日", "共5个工作日"):
        assert value in told, value
    assert "拟救助" not in told
    assert "helpedfirst" in letters_of(notice_pdf(urgent, "en"))
    told = letters_of(notice_pdf(mixed, "zh"))
    assert "标有“先行救助”的家庭" in told and told.count("（先行救助）") == 1
    assert "先行救助" not in letters_of(notice_pdf(a_notice(), "zh"))


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_notice_holds_no_number_of_a_person(locale: str) -> None:
    assert NUMBERS_OF_PERSONS.search(letters_of(notice_pdf(a_notice(), locale))) is None


@pytest.mark.parametrize(
    "other",
    [
        {"masked_name": "张建国"},
        {"unit": "东兴林场 230306196304054513"},
        {"cause": "电话13800001234"},
        {"work_number_tail": "1234567"},
    ],
)
def test_what_must_not_hang_on_a_board_cannot_get_there(other: dict[str, str]) -> None:
    fit = {"masked_name": "张*国", "unit": "东兴林场", "kind": "特殊救助", "cause": "因灾"}
    NoticeRow(**fit, amount=Money.yuan(1))
    with pytest.raises(ValueError, match="a notice"):
        NoticeRow(**{**fit, **other}, amount=Money.yuan(1))


def test_a_long_notice_repeats_its_head_on_a4_portrait() -> None:
    document = notice_pdf(a_notice(60), "zh")
    facts = facts_of(document)
    assert facts["Page size"].startswith("595.276 x 841.89 pts (A4)")
    *_, last = text_of(document).split("\f")[:-1]
    assert letters_of(document).count("致困原因") >= int(facts["Pages"]) - 1 > 1
    assert "（公章）" in last
    assert "0451-57500000" in last


def test_a_receipt_says_who_has_it_when_to_expect_an_answer_and_whom_to_call() -> None:
    document = receipt_pdf(a_receipt(), "zh")
    text = letters_of(document)
    for value in ("张建国", "东兴林场工会", "最迟答复日期2026年2月2日", "咨询电话李秀英0451-57500000"):
        assert value in text, value
    assert facts_of(document)["Pages"] == "1"


def test_a_receipt_lists_what_is_missing_instead() -> None:
    missing = tuple(f"第{number}项材料（单位盖章）" for number in range(1, 13))
    document = receipt_pdf(a_receipt(missing=missing, bring_by=date(2026, 1, 20)), "zh")
    text = letters_of(document)
    assert "2026年1月20日" in text
    assert "第12项材料" in text
    assert "最迟答复日期" not in text
    assert facts_of(document)["Pages"] == "1"


def test_an_invitation_leads_to_its_link_once() -> None:
    document = invitation_pdf(INVITATION, "zh")
    text = letters_of(document)
    assert codes_in(pixels_of(document)[0]) == [INVITATION.link]
    for value in (RARE, "dongxing.li", INVITATION.link, "48271936", "2026年2月12日17:00"):
        assert value in text, value
    assert facts_of(document)["Pages"] == "1"


def test_a_refusal_gives_reasons_and_the_way_to_ask_again() -> None:
    document = refusal_pdf(REFUSAL, "zh")
    text = letters_of(document)
    for value in ("张建国同志", "2026年1月12日", *REFUSAL.reasons, *map(str, REFUSAL.advice), "2026年2月16日"):
        assert value in text, value
    assert facts_of(document)["Pages"] == "1"


def test_a_letter_in_english_is_english_around_what_people_wrote() -> None:
    text = letters_of(refusal_pdf(REFUSAL, "en"))
    assert "Letterofrefusal" in text
    assert "12January2026" in text
    assert "家庭人均收入超过" in text


def test_a_name_that_cannot_be_printed_refuses_each_of_them() -> None:
    with pytest.raises(RuleBroken):
        receipt_pdf(a_receipt(applicant="𦭎"), "zh")


def test_sentences_are_said_in_the_papers_language_with_their_parameters() -> None:
    told = sentence("Void on %(day)s by %(by)s: %(reason)s", day=date(2026, 3, 1), by="孙", reason=label("Account"))
    assert words("zh").say(told) == "2026年3月1日 孙作废：银行账号"
    assert words("en").say(told) == "Void on 1 March 2026 by 孙: Account"
    assert words("zh_Hans_CN") is words("zh_Hans_CN")
    assert words("zh_Hans_CN").say(a_voucher().kind) == "特殊救助"
    assert words("en").say("自由文字 100%") == "自由文字 100%"


def test_a_tree_whose_catalogue_nobody_compiled_prints_chinese_all_the_same() -> None:
    source = Path(language.__file__).parents[1] / "translations" / "zh_Hans_CN" / "LC_MESSAGES" / "messages.po"
    catalogue = language._from_sources([source])
    assert catalogue.gettext("Voucher of hardship relief") == "困难职工救助金领款单"
    assert catalogue.ngettext("%(num)d sheet", "%(num)d sheets", 2) == "%(num)d 张"
