"""Which papers does a case bring forth? The slip, the notice, the letter of refusal: each issued once, then kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import get_locale

from relief import clock
from relief.accounts.models import Union
from relief.cases import queries
from relief.cases.appealing import decision_of, last_day
from relief.cases.models import Case, Notice
from relief.cases.offers import gates_of
from relief.cases.service.steps import policy_for
from relief.cases.urgent import find_file
from relief.cases.words import reason_label
from relief.db import db
from relief.documents.letters import RefusalLetter, refusal_pdf
from relief.documents.notice import Notice as NoticePaper
from relief.documents.notice import NoticeRow as PaperRow
from relief.documents.notice import notice_pdf
from relief.documents.slip import Receipt, receipt_pdf
from relief.domain.aid import find_kind
from relief.domain.errors import WrongState
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.workflow import EMERGENCY, NoticeState, State
from relief.files.models import IssuedDocument
from relief.files.queries import find_document
from relief.files.service import keep_document
from relief.office import office
from relief.persons.models import Person
from relief.policies.queries import load_calendar

PDF = "application/pdf"
_WAITING = ("submitted", "opinion_given", "forwarded", "in_approval")


def issue_slip(case: Case, *, by: Actor) -> IssuedDocument:
    """The receipt that an applicant takes home: who has it, when an answer is due, whom to call, what is missing.

    Each state of the paper is issued once: what is missing today may be there tomorrow.
    """
    by.require("case.write")
    receipt = receipt_of(case)
    mark = hashlib.sha256(repr(receipt).encode()).hexdigest()[:16]
    return issue_paper("receipt", case, mark, f"{case.number}-slip.pdf", lambda to: receipt_pdf(receipt, to), by)


def receipt_of(case: Case) -> Receipt:
    """What stands on the slip."""
    union = db.session.get_one(Union, case.union_id)
    received = clock.business_date(case.submitted_at or case.created_at)
    entered = db.session.get(Person, case.entered_by) if case.entered_by else None
    missing = tuple(gate.missing for gate in gates_of(case) if not gate.done and "submit" in gate.before)
    return Receipt(
        number=case.number, office=office().office_name, unit=union.name, applicant=case.applicant.name,
        kind=find_kind(case.kind).name, received_on=received, held_by=entered.name if entered else "",
        answer_due_on=answer_due(case, received), telephone=_telephone(union),
        contact=entered.name if entered else "", missing=missing if case.submitted_at is None else (),
    )  # fmt: skip


def answer_due(case: Case, received_on: date) -> date:
    """By when an applicant has an answer: the days of every waiting step, and those of the notice.

    One who asked for emergency aid has it by the day on which the chair decides.
    """
    file = find_file(case)
    if file is not None:
        return file.decide_by
    policy = policy_for(case)
    days = sum(getattr(policy.step_days, state) for state in _WAITING)
    notice = find_kind(case.kind).notice_rule(policy).working_days
    return load_calendar().add_working_days(received_on, days + notice).on


def issue_notice(notice: Notice, *, by: Actor) -> IssuedDocument:
    """The paper for the board, with masked rows only."""
    by.require("case.read")
    if notice.state == NoticeState.DRAFT:
        raise WrongState(None, "The notice is not posted yet.")
    paper = notice_paper(notice)
    return issue_paper("notice", notice, "board", f"{notice.number}.pdf", lambda to: notice_pdf(paper, to), by)


def notice_paper(notice: Notice) -> NoticePaper:
    """What stands on the board."""
    union = db.session.get_one(Union, notice.union_id)
    rows = queries.list_notice_rows(notice.id)
    return NoticePaper(
        number=notice.number, office=office().office_name, unit=union.name, kind=find_kind(rows[0][1].kind).name,
        rows=tuple(
            PaperRow(
                row.masked_name, union.short_name, find_kind(case.kind).name, label(row.cause), row.amount,
                helped_first=case.lane == EMERGENCY,
            )
            for row, case in rows
        ),
        posted_on=_there(notice.posted_on), last_on=_there(notice.ends_on), working_days=notice.working_days,
        telephone=_telephone(union), address=union.address or union.name, place=notice.place,
    )  # fmt: skip


def issue_refusal(case: Case, *, by: Actor) -> IssuedDocument:
    """The letter that tells the household why not, and where to ask again."""
    by.require("household.read")
    if case.state != State.REFUSED:
        raise WrongState(None, "There is a letter only for a case that was refused.")
    letter, name = letter_of(case), f"{case.number}-refusal.pdf"
    mark = f"step {decision_of(case).id}"  # opened again and refused once more, it has another letter
    return issue_paper("refusal", case, mark, name, lambda to: refusal_pdf(letter, to), by)


def letter_of(case: Case) -> RefusalLetter:
    """What the letter says."""
    step = decision_of(case)
    reasons = [one for one in (reason_label(step.reason), step.note) if one]
    return RefusalLetter(
        number=case.number, office=office().office_name, name=case.applicant.name, kind=find_kind(case.kind).name,
        applied_on=clock.business_date(case.submitted_at or case.created_at), decided_on=step.on,
        reasons=tuple(reasons), appeal_to=office().office_name,
        appeal_until=last_day(case), telephone=office().office_phone,
    )  # fmt: skip


def issue_paper(
    kind: str, of: Case | Notice, copy: str, file_name: str, render: Callable[[str], bytes], by: Actor
) -> IssuedDocument:
    """The paper as it was issued: one for each `copy` (its state, say) and language, drawn the first time only."""
    language, subject = str(get_locale() or "zh_Hans_CN"), "notice" if isinstance(of, Notice) else "case"
    place: dict[str, Any] = {
        "kind": kind, "subject": subject, "subject_id": of.id, "copy": copy, "language": language, "media_type": PDF,
    }  # fmt: skip
    found = find_document(**place)
    if found is not None:
        return found
    return keep_document(**place, content=render(language), file_name=file_name, by=by, union_id=of.union_id)


def _telephone(union: Union) -> str:
    return union.phone or office().office_phone


def _there(day: date | None) -> date:
    assert day is not None, "a posted notice has its days"
    return day
