"""What does the union write to a household? Letters of award, refusal and end, an answer, what is to be paid back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from relief.documents.paper import Text
from relief.domain.money import Money

STYLE = "refusal"


@dataclass(frozen=True)
class RefusalLetter:
    """不予救助通知书: plain words, large type, half a page. Asking again is possible until `appeal_until`."""

    number: str
    office: str
    name: str
    kind: Text
    applied_on: date
    decided_on: date
    reasons: tuple[Text, ...]
    appeal_to: str
    appeal_until: date
    telephone: str
    advice: tuple[Text, ...] = ()


@dataclass(frozen=True)
class AwardedPart:
    """A part of an award in the letter: money at once or month by month, or a kit of goods.

    `months` are first days of the months in which it falls due; `monthly` the sum of each, where all are alike.
    """

    form: str
    amount: Money
    months: tuple[date, ...]
    monthly: Money | None = None
    kit: str = ""


@dataclass(frozen=True)
class AwardLetter:
    """救助通知书: what the household gets, when, and whom to call if it does not come.

    `helped_first`: an emergency, the money goes before the notice; `visit_by` while its file is still open.
    """

    number: str
    office: str
    unit: str
    name: str
    kind: Text
    decided_on: date
    amount: Money
    parts: tuple[AwardedPart, ...]
    account_tail: str
    first_by: date
    telephone: str
    helped_first: bool = False
    visit_by: date | None = None
    recheck_after: int = 0


@dataclass(frozen=True)
class AnswerLetter:
    """复核答复书: whether an appeal was upheld, why, and what follows from it."""

    number: str
    office: str
    name: str
    kind: Text
    received_on: date
    judged_on: date
    outcome: Text
    answer: str
    follows: Text
    telephone: str


@dataclass(frozen=True)
class RecoveryLetter:
    """追回通知书: what is to be paid back, why, until when, and that one may ask again or in parts."""

    number: str
    office: str
    name: str
    kind: Text
    booked_on: date
    amount: Money
    left: Money
    reasons: tuple[Text, ...]
    pay_by: date
    appeal_until: date | None
    telephone: str


@dataclass(frozen=True)
class EndedLetter:
    """停发通知书: aid by month ends; `given` is what the household keeps, `left` what is not paid any more."""

    number: str
    office: str
    name: str
    kind: Text
    ended_on: date
    reason: Text
    given: Money
    left: Money
    telephone: str


def refusal_pdf(letter: RefusalLetter, locale: str) -> bytes:
    """The letter, half a page of A4. RuleBroken for a character that cannot be printed."""
    return _letter("refusal", letter, locale)


def award_pdf(letter: AwardLetter, locale: str) -> bytes:
    """The letter, half a page of A4. RuleBroken for a character that cannot be printed."""
    return _letter("award", letter, locale)


def answer_pdf(letter: AnswerLetter, locale: str) -> bytes:
    """The letter, half a page of A4. RuleBroken for a character that cannot be printed."""
    return _letter("appeal_answer", letter, locale)


def recovery_pdf(letter: RecoveryLetter, locale: str) -> bytes:
    """The letter, half a page of A4. RuleBroken for a character that cannot be printed."""
    return _letter("recovery", letter, locale)


def ended_pdf(letter: EndedLetter, locale: str) -> bytes:
    """The letter, half a page of A4. RuleBroken for a character that cannot be printed."""
    return _letter("ended", letter, locale)


def _letter(
    template: str, letter: RefusalLetter | AwardLetter | AnswerLetter | RecoveryLetter | EndedLetter, locale: str
) -> bytes:
    from relief.documents.pdf import render

    return render(template, [letter], locale, style=STYLE)
