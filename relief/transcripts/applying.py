"""How is a compared paper decision taken? As the signer's own step: roles, scope and hands are those of the signer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief.accounts.models import User
from relief.accounts.queries import actor_of, roles_of
from relief.cases import passing
from relief.cases import service as cases
from relief.cases.models import Case, Meeting
from relief.cases.service.steps import lock_case
from relief.db import db
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.workflow import Step, find_step
from relief.transcripts.models import Transcript


def signer_of(user: User, signed_on: date, *, through: Actor) -> Actor:
    """The signer as an actor with the roles held on the day of the signature; `through` is who writes it over."""
    return replace(actor_of(user), roles=roles_of(user.id, signed_on), through=through)


def may_have_signed(case: Case, step: Step, signer: Actor) -> bool:
    """Whether the step was this person's to take: the role of that day, sight of the case, and no passing on."""
    why_not = passing.why_not(step, case, passing.passed_of(case), signer)
    return signer.can(step.permission) and passing.may_see(case, signer) and why_not is None


def step_of(case: Case, verb: str) -> Step:
    """The step of this verb out of the case's state; WrongState where there is none."""
    return find_step(passing.table_of(passing.passed_of(case)), verb, case.state, case.lane)


def take_as_signer(row: Transcript, case: Case, signer: Actor) -> None:
    """Take the step; a Refusal of the rule book passes on, and nothing has happened."""
    lock_case(case.id, None, signer)
    _ACTS[row.verb](row, case, signer)


def find_meeting(signer: Actor, number: str | None) -> Meeting | None:
    """The meeting of the signer's union with this number."""
    if not number or not number.strip():
        return None
    return db.session.scalar(
        sa.select(Meeting).where(Meeting.union_id == signer.union_id, Meeting.number == number.strip())
    )


def meeting_id_on(row: Transcript, signer: Actor) -> int | None:
    """The meeting behind the decision, recorded with those who took part when it is not known yet."""
    if not row.minutes_number or signer.union_id is None:
        return None
    known = find_meeting(signer, row.minutes_number)
    if known is not None:
        return known.id
    return cases.record_meeting(
        signer.union_id, number=row.minutes_number, on=row.signed_on, attendees=row.given["attendees"], by=signer
    ).id


def _opinion(row: Transcript, case: Case, signer: Actor) -> None:
    cases.give_opinion(
        case.id, version=case.version, amount=_amount(row), meeting_id=meeting_id_on(row, signer), note=row.note or "",
        by=signer,
    )  # fmt: skip


def _review(row: Transcript, case: Case, signer: Actor) -> None:
    cases.review(case.id, version=case.version, amount=_amount(row), note=row.note or "", by=signer)


def _approve(row: Transcript, case: Case, signer: Actor) -> None:
    cases.approve(
        case.id, version=case.version, amount=_amount(row), note=row.note or "", fund_id=row.given["fund"],
        meeting_id=meeting_id_on(row, signer), by=signer,
    )  # fmt: skip


def _send_back(row: Transcript, case: Case, signer: Actor) -> None:
    told: dict[str, Any] = {"reason": row.given["reason"], "fields": row.given["fields"], "note": row.note or ""}
    cases.send_back(case.id, version=case.version, by=signer, **told)


def _refuse(row: Transcript, case: Case, signer: Actor) -> None:
    cases.refuse(case.id, version=case.version, reason=row.given["reason"], note=row.note or "", by=signer)


def _amount(row: Transcript) -> Money:
    return Money(row.given["amount"] or 0)


_ACTS: dict[str, Callable[[Transcript, Case, Actor], None]] = {
    "give_opinion": _opinion, "review": _review, "approve": _approve, "send_back": _send_back, "refuse": _refuse,
}  # fmt: skip
