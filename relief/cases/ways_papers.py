"""Which letters follow a decision? Award, end of monthly aid, answer to an appeal, and what must be paid back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.cases import facts
from relief.cases.appealing import AGAINST, last_day
from relief.cases.models import AwardPart, Case, CaseStep, Instalment
from relief.cases.papers import issue_paper
from relief.cases.service.paying import open_instalments
from relief.cases.service.recoveries import left_of
from relief.cases.service.steps import policy_for
from relief.cases.urgent import find_file
from relief.cases.ways import ANSWERS, find_end, recoverables_shown
from relief.cases.ways_models import Appeal, Recoverable
from relief.cases.words import reason_label
from relief.db import db
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
from relief.domain.aid import find_kind
from relief.domain.errors import WrongState
from relief.domain.labels import label
from relief.domain.money import ZERO, Money, total
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import EMERGENCY, State
from relief.files.models import IssuedDocument
from relief.office import office
from relief.policies.queries import load_calendar

PAY_BACK_WITHIN = 30
AWARDED = (State.APPROVED, State.IN_PAYMENT, State.PAID, State.FOLLOWED_UP, State.CLOSED)


def issue_award(case: Case, *, by: Actor) -> IssuedDocument:
    """The letter of award; issued anew only when what it says has changed."""
    by.require("household.read")
    if case.state not in AWARDED:
        raise WrongState(None, "There is a letter only for an award that stands.")
    letter = award_of(case)
    return _issued("award", case, letter, lambda to: award_pdf(letter, to), by)


def award_of(case: Case) -> AwardLetter:
    """What the letter says."""
    policy, file = policy_for(case), find_file(case)
    decided, amount = case.approved_on, case.approved
    assert decided is not None and amount is not None, "an award has its day and amount"
    parts, account = _parts(case), facts.find_account(case.household_id)
    has_cash = any(part.form == "cash" for part in parts)
    runs = any(len(part.months) > getattr(policy, "recheck_after_months", 99) for part in parts)
    return AwardLetter(
        number=case.number, office=office().office_name, unit=case.union.name, name=case.applicant.name,
        kind=find_kind(case.kind).name, decided_on=decided, amount=amount, parts=parts,
        account_tail=account.number_tail if account and has_cash else "", first_by=_first_by(case, decided),
        telephone=_telephone(case), helped_first=case.lane == EMERGENCY,
        visit_by=file.visit_by if file and file.settled_on is None else None,
        recheck_after=policy.recheck_after_months if runs else 0,
    )  # fmt: skip


def issue_answer(case: Case, appeal: Appeal, *, by: Actor) -> IssuedDocument:
    """The written answer to an appeal."""
    by.require("household.read")
    letter = answer_of(case, appeal)
    return _issued("appeal_answer", case, letter, lambda to: answer_pdf(letter, to), by)


def answer_of(case: Case, appeal: Appeal) -> AnswerLetter:
    """What the letter says."""
    assert appeal.outcome is not None and appeal.judged_on is not None, "the appeal is answered"
    return AnswerLetter(
        number=case.number, office=office().office_name, name=case.applicant.name, kind=find_kind(case.kind).name,
        received_on=appeal.received_on, judged_on=appeal.judged_on, outcome=ANSWERS[appeal.outcome],
        answer=appeal.answer or "", follows=_follows(case, appeal), telephone=office().office_phone,
    )  # fmt: skip


def issue_recovery(row: Recoverable, *, by: Actor) -> IssuedDocument:
    """The letter that asks for money back."""
    by.require("fund.read")
    if row.settled_on is not None:
        raise WrongState(None, "Nothing is to come back any more.")
    case = db.session.get_one(Case, row.case_id)
    letter = recovery_of(case, row)
    return _issued("recovery", case, letter, lambda to: recovery_pdf(letter, to), by)


def recovery_of(case: Case, row: Recoverable) -> RecoveryLetter:
    """What the letter says; the remark about what was given up stays in the office."""
    note = (row.note or "").partition("\n")[0]
    reasons = [one for one in (reason_label(row.reason), note) if one]
    until = last_day(case) if case.state in AGAINST else None
    return RecoveryLetter(
        number=case.number, office=office().office_name, name=case.applicant.name, kind=find_kind(case.kind).name,
        booked_on=row.booked_on, amount=row.amount, left=left_of(row), reasons=tuple(reasons),
        pay_by=load_calendar().add_working_days(row.booked_on, PAY_BACK_WITHIN).on,
        appeal_until=until if until and until >= clock.today() else None, telephone=office().office_phone,
    )  # fmt: skip


def issue_ended(case: Case, *, by: Actor) -> IssuedDocument:
    """The letter that tells why aid by month ends; WrongState for a case that nobody ended."""
    by.require("household.read")
    step = find_end(case)
    if step is None:
        raise WrongState(None, "The monthly aid of this case was not ended.")
    letter = ended_of(case, step)
    return _issued("ended", case, letter, lambda to: ended_pdf(letter, to), by)


def ended_of(case: Case, step: CaseStep) -> EndedLetter:
    """What the letter says; the remark beside the reason stays in the office."""
    return EndedLetter(
        number=case.number, office=office().office_name, name=case.applicant.name, kind=find_kind(case.kind).name,
        ended_on=step.on, reason=reason_label(step.reason) or "", given=total(_kept(case)), left=step.amount or ZERO,
        telephone=_telephone(case),
    )  # fmt: skip


def _kept(case: Case) -> list[Money]:
    return [one.amount for one in open_instalments(case.id)]


def _parts(case: Case) -> tuple[AwardedPart, ...]:
    """The parts that stand, each with its months."""
    rows = db.session.execute(
        sa.select(AwardPart, Instalment)
        .join(Instalment, Instalment.part_id == AwardPart.id)
        .where(AwardPart.case_id == case.id, Instalment.dropped_at.is_(None))
        .order_by(AwardPart.id, Instalment.number)
    )
    by_part: dict[AwardPart, list[Instalment]] = {}
    for part, instalment in rows:
        by_part.setdefault(part, []).append(instalment)
    return tuple(_part(part, dues) for part, dues in by_part.items())


def _part(part: AwardPart, dues: list[Instalment]) -> AwardedPart:
    alike = {one.amount for one in dues}
    return AwardedPart(
        form=part.form, amount=part.amount, months=tuple(Month.parse(one.due_month).first_day for one in dues),
        monthly=alike.pop() if len(alike) == 1 else None, kit=(part.kit or {}).get("name", ""),
    )  # fmt: skip


def _first_by(case: Case, decided: date) -> date:
    """By when the first of it is there: the days of the two steps that pay, or a day each when it is urgent."""
    days = policy_for(case).step_days
    count = 2 if case.lane == "emergency" else days.approved + days.in_payment
    return load_calendar().add_working_days(decided, count).on


def _follows(case: Case, appeal: Appeal) -> Sentence:
    if appeal.outcome == "dismissed":
        return label("The decision stands. It is final.")
    if recoverables_shown(case.id):
        return label("The chair decides anew what you have to pay back. Until then you need not pay.")
    return label("Your application is looked at again from here. You need not apply anew.")


def _telephone(case: Case) -> str:
    return db.session.get_one(Union, case.union_id).phone or office().office_phone


def _issued(kind: str, case: Case, letter: object, render: Callable[[str], bytes], by: Actor) -> IssuedDocument:
    """Each state of a letter is issued once, and served as the same bytes."""
    mark = hashlib.sha256(repr(letter).encode()).hexdigest()[:16]
    name = kind.replace("_", "-")
    return issue_paper(kind, case, mark, f"{case.number}-{name}.pdf", render, by)
