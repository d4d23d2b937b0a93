"""Do the letters say in plain words what is granted, answered or to be paid back, on half a page?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from relief.documents.letters import (
    AnswerLetter,
    AwardedPart,
    AwardLetter,
    EndedLetter,
    RecoveryLetter,
    answer_pdf,
    award_pdf,
    ended_pdf,
    recovery_pdf,
)
from relief.domain.aid import kinds
from relief.domain.labels import label
from relief.domain.money import Money
from tests.documents.cast import OFFICE
from tests.documents.reading import facts_of, letters_of, pixels_of

MONTHS = tuple(date(2026, month, 1) for month in range(3, 9))
LIVING = AwardedPart("cash", Money.yuan(2_400), MONTHS, Money.yuan(400))
CASH = AwardedPart("cash", Money.yuan(1_300), MONTHS[:1], Money.yuan(1_300))
KIT = AwardedPart("goods", Money.yuan(200), MONTHS[:1], Money.yuan(200), "春节慰问品")
AWARD = AwardLetter(
    number="XLGH-RC-2026-00012", office=OFFICE, unit="东风林场工会", name="阿卜杜拉·买买提",
    kind=kinds()["routine"].name, decided_on=date(2026, 3, 2), amount=Money.yuan(2_400), parts=(LIVING,),
    account_tail="1234", first_by=date(2026, 3, 16), telephone="0451-57500000", recheck_after=3,
)  # fmt: skip
ANSWER = AnswerLetter(
    number="XLGH-TS-2026-00012", office=OFFICE, name="张建国", kind=kinds()["special"].name,
    received_on=date(2026, 3, 2), judged_on=date(2026, 3, 10), outcome=label("The appeal was upheld"),
    answer="重新核对了工资流水，原来多算了一个月。",
    follows=label("Your application is looked at again from here. You need not apply anew."),
    telephone="0451-57500000",
)  # fmt: skip
RECOVERY = RecoveryLetter(
    number="XLGH-TS-2026-00012", office=OFFICE, name="张建国", kind=kinds()["special"].name,
    booked_on=date(2026, 3, 2), amount=Money.yuan(3_000), left=Money.yuan(2_000),
    reasons=(label("Paid twice"), "同一火灾已由保险赔付"), pay_by=date(2026, 4, 14), appeal_until=date(2026, 3, 16),
    telephone="0451-57500000",
)  # fmt: skip
ENDED = EndedLetter(
    number="XLGH-RC-2026-00012", office=OFFICE, name="张建国", kind=kinds()["routine"].name,
    ended_on=date(2026, 6, 10), reason=label("The re-check after three months did not come"),
    given=Money.yuan(1_200), left=Money.yuan(1_200), telephone="0451-57500000",
)  # fmt: skip


def test_months_are_told_in_words() -> None:
    text = letters_of(award_pdf(AWARD, "zh"))
    for value in ("阿卜杜拉·买买提", "每月400.00元", "6个月", "2026年3月", "2026年8月", "人民币贰仟肆佰元整", "尾号1234", "3个月"):
        assert value in text, value


def test_money_and_a_kit_stand_side_by_side() -> None:
    both = replace(AWARD, parts=(KIT, CASH), amount=Money.yuan(1_500), recheck_after=0)
    text = letters_of(award_pdf(both, "zh"))
    for value in ("春节慰问品", "价值200.00元", "1,300.00元", "1,500.00元"):
        assert value in text, value
    assert "一次性" in text


def test_unequal_months_are_told_as_a_sum() -> None:
    uneven = replace(AWARD, parts=(replace(LIVING, monthly=None, amount=Money(240_001)),), amount=Money(240_001))
    assert "2,400.01" in letters_of(award_pdf(uneven, "en"))


def test_goods_alone_speak_of_no_account() -> None:
    goods = replace(AWARD, parts=(KIT,), amount=Money.yuan(200), account_tail="", recheck_after=0)
    assert "尾号" not in letters_of(award_pdf(goods, "zh"))


def test_an_emergency_says_that_two_will_come() -> None:
    urgent = replace(AWARD, parts=(CASH,), recheck_after=0, visit_by=date(2026, 3, 5))
    assert "2026年3月5日" in letters_of(award_pdf(urgent, "zh"))


def test_an_answer_says_what_was_found_and_what_follows() -> None:
    text = letters_of(answer_pdf(ANSWER, "zh"))
    for value in ("复核", "重新核对了工资流水", "2026年3月10日"):
        assert value in text, value


def test_a_recovery_says_how_much_why_until_when_and_that_parts_are_possible() -> None:
    text = letters_of(recovery_pdf(RECOVERY, "zh"))
    for value in ("追回", "3,000.00元", "人民币叁仟元整", "2,000.00元", "重复发放", "2026年4月14日", "分期", "2026年3月16日"):
        assert value in text, value


def test_an_end_says_since_when_why_and_what_stays() -> None:
    text = letters_of(ended_pdf(replace(ENDED, left=Money.yuan(800)), "zh"))
    for value in ("停发", "2026年6月10日", "满三个月未完成复查", "1,200.00元", "800.00元", "0451-57500000"):
        assert value in text, value


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize(
    ("make", "letter"), [(award_pdf, AWARD), (answer_pdf, ANSWER), (recovery_pdf, RECOVERY), (ended_pdf, ENDED)]
)
def test_each_letter_is_one_page_and_about_half_of_it(make, letter, locale) -> None:  # type: ignore[no-untyped-def]
    document = make(letter, locale)
    assert facts_of(document)["Pages"] == "1"
    page = pixels_of(document)[0]
    lowest = max(y for y in range(page.height) if page.crop((0, y, page.width, y + 1)).getextrema()[0][0] < 128)
    assert lowest < page.height * 0.72
