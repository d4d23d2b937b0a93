"""What does the auditor write? Doubts, their judgement, and samples; and the owner's answer. Nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.queries import within
from relief.audit.service import plain, record
from relief.auditing.models import Doubt, Sample
from relief.auditing.owners import list_owners
from relief.auditing.sight import seen
from relief.auditing.subjects import get_subject
from relief.cases.models import Case
from relief.db import db, locked, transaction
from relief.domain.audit_findings import CODES
from relief.domain.auditing import (
    UNJUDGED,
    DoubtFacts,
    DoubtState,
    doubt_number,
    draw,
    judge_due,
    judge_sample,
    said,
    take_doubt,
)
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.permissions import Actor
from relief.numbering import next_number
from relief.office import office_prefix

AT_ONCE = 5000


def raise_doubt(
    *, code: str, subject: str, subject_id: int, question: str, owner_id: int, due_on: date, by: Actor
) -> Doubt:
    """Ask an owner about a case, file, payment, sheet, voucher, fund or visit, by a day; it gets its number.

    RuleBroken on `code`, `question`, `owner` or `due_on`, and for a second open doubt of the same finding about the
    same thing; NotYours when the subject is missing or out of sight.
    """
    by.require("audit.doubt")
    with transaction():
        about = get_subject(subject, subject_id, by=by)
        if code not in CODES:
            raise RuleBroken("code", "Choose one of the list.")
        judge_due(due_on, clock.today())
        if owner_id not in {owner.id for owner in list_owners(about.union_id)}:
            raise RuleBroken("owner", "Choose somebody whose unit this is, and who works on it.")
        serial = next_number(f"{office_prefix()}-YD-{clock.today().year}")
        _require_first(code, about.kind, about.id)  # after the number, whose row lets one in at a time
        doubt = Doubt(
            number=doubt_number(office_prefix(), clock.today().year, serial), code=code, subject=about.kind,
            subject_id=about.id, union_id=about.union_id, question=said("question", question), owner_id=owner_id,
            due_on=due_on, raised_by=by.person_id, raised_at=clock.now(),
        )  # fmt: skip
        db.session.add(doubt)
        db.session.flush()
        changes = {"number": doubt.number, "code": code, about.kind: about.id, "owner": owner_id, "due_on": due_on}
        record("doubt.raise", "doubt", doubt.id, by=by, union_id=doubt.union_id, changes=changes)
        return doubt


def answer_doubt(doubt_id: int, *, version: int | None, answer: str, by: Actor) -> Doubt:
    """Say what there is to say; the owner alone, until an auditor has judged. RuleBroken on `answer`, NotYours else."""
    with transaction():
        doubt = _held(doubt_id, version, by)
        left = _take("answer", doubt, by)
        doubt.answer, doubt.answered_at = said("answer", answer), clock.now()
        _log("doubt.answer", doubt, left, by)
        return doubt


def settle_doubt(doubt_id: int, *, version: int | None, finding: str, by: Actor) -> Doubt:
    """Be content, with a finding; an auditor. RuleBroken on `finding`, NotAllowed, NotYours, WrongState when judged."""
    return _judge("settle", doubt_id, version, finding, by)


def uphold_doubt(doubt_id: int, *, version: int | None, finding: str, by: Actor) -> Doubt:
    """Uphold it, with a finding; an auditor, once it is answered or its day is over. Refusals as of `settle_doubt`."""
    return _judge("uphold", doubt_id, version, finding, by)


def draw_sample(
    *, seed: str, size: int, since: date, until: date, kind: str | None = None, unit: int | None = None, by: Actor
) -> Sample:
    """Draw cases by seed among those submitted in the period, and keep the sample.

    The same seed, size and bounds give the same cases: what was drawn before comes back. RuleBroken on `seed`, `size`,
    `since` or `until`, and on `size` when no case lies within the bounds; NotYours for a unit out of sight.
    """
    by.require("audit.doubt")
    judge_sample(seed, size, since, until, clock.today())
    if unit is not None:
        by.require_sight(unit)
    seed = seed.strip()
    bounds = plain({"since": since, "until": until, "kind": kind, "unit": unit})
    numbered = list(_numbered(bounds, since, until, by))
    if not numbered:
        raise RuleBroken("size", "No case was submitted within these bounds.")
    drawn = draw(seed, size, numbered)
    with transaction():
        kept = _drawn_before(seed, size, bounds, drawn)
        return kept or _keep(Sample(seed=seed, size=size, bounds=bounds, population=len(numbered), case_ids=drawn), by)


def _held(doubt_id: int, version: int | None, by: Actor) -> Doubt:
    """The doubt under a lock, for its owner and the auditors of its union; NotYours for others, Stale when it moved."""
    doubt = db.session.get(Doubt, doubt_id)
    if doubt is None or (by.user_id != doubt.owner_id and not (by.can("audit.doubt") and by.sees(doubt.union_id))):
        raise NotYours
    return locked(Doubt, doubt_id, version)


def _take(verb: str, doubt: Doubt, by: Actor) -> str:
    """Judge the step and put the doubt into its new state; the state that it left."""
    left = doubt.state
    step = take_doubt(verb, DoubtFacts(left, doubt.owner_id, doubt.due_on), by, clock.today())
    doubt.state = DoubtState(str(step.leads_to)).value
    return left


def _judge(verb: str, doubt_id: int, version: int | None, finding: str, by: Actor) -> Doubt:
    with transaction():
        doubt = _held(doubt_id, version, by)
        left = _take(verb, doubt, by)
        doubt.finding, doubt.settled_at = said("finding", finding), clock.now()
        _log(f"doubt.{verb}", doubt, left, by)
        return doubt


def _log(verb: str, doubt: Doubt, left: str, by: Actor) -> None:
    """What was written is sealed with the doubt; the record says that it was written, by whom, and when."""
    record(verb, "doubt", doubt.id, by=by, union_id=doubt.union_id, changes={"state": (left, doubt.state)})


def _require_first(code: str, subject: str, subject_id: int) -> None:
    same = sa.select(Doubt.number).where(
        Doubt.code == code, Doubt.subject == subject, Doubt.subject_id == subject_id, Doubt.state.in_(UNJUDGED)
    )
    number = db.session.scalar(same)
    if number is not None:
        raise RuleBroken("question", "Doubt %(number)s asks about this already.", number=number)


def _numbered(bounds: dict[str, Any], since: date, until: date, by: Actor) -> Iterator[tuple[str, int]]:
    """Number and id of every case first submitted in the period, within kind and unit."""
    first, last = (datetime.combine(day, edge, clock.SHANGHAI) for day, edge in ((since, time.min), (until, time.max)))
    wanted = sa.select(Case.number, Case.id).where(Case.submitted_at.between(first, last))
    if bounds["kind"]:
        wanted = wanted.where(Case.kind == bounds["kind"])
    unit = {"unit": bounds["unit"]} if bounds["unit"] else {}
    wanted = wanted.where(seen(Case.union_id, unit, by) if unit else within(Case.union_id, by))
    for row in db.session.execute(wanted.execution_options(yield_per=AT_ONCE)):
        yield row.number, row.id


def _drawn_before(seed: str, size: int, bounds: dict[str, Any], drawn: list[int]) -> Sample | None:
    same = db.session.scalars(sa.select(Sample).where(Sample.seed == seed, Sample.size == size).order_by(Sample.id))
    return next((one for one in same if (one.bounds, one.case_ids) == (bounds, drawn)), None)


def _keep(sample: Sample, by: Actor) -> Sample:
    sample.drawn_by, sample.drawn_at = by.person_id, clock.now()
    db.session.add(sample)
    db.session.flush()
    changes = {"seed": sample.seed, "size": sample.size, "population": sample.population, **sample.bounds}
    record("sample.draw", "sample", sample.id, by=by, changes=changes)
    return sample
