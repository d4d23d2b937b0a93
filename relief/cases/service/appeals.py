"""复核: how is a decision asked about again? Recorded by whoever hears it, answered by somebody who took no part."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.cases.appealing import DISMISSED, UPHELD, appeal_days, decision_of, last_day, open_appeal
from relief.cases.models import Case
from relief.cases.service.recoveries import recoverables_of
from relief.cases.service.steps import judge, lock_case, log, move_to
from relief.cases.ways_models import Appeal
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.permissions import Actor
from relief.domain.workflow import ORDINARY, WITHOUT_AID, State
from relief.policies.queries import load_calendar


def record_appeal(case_id: int, *, version: int, received_on: date, text: str, by: Actor) -> Appeal:
    """Write down an appeal against a refusal or a revocation, in the household's words; it is answered in its days.

    Raises RuleBroken on `received_on` for a day to come, before the decision, or after the last day; on `text`.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, "record_appeal", by)
        _judge_day(case, received_on)
        if not text.strip():
            raise RuleBroken("text", "Write down what the household says.")
        due = load_calendar().add_working_days(received_on, appeal_days(case)).on
        appeal = Appeal(
            case_id=case.id, union_id=case.union_id, received_on=received_on, due_on=due, text=text.strip(),
            recorded_by=by.person_id,
        )  # fmt: skip
        db.session.add(appeal)
        db.session.flush()
        record("appeal.record", "appeal", appeal.id, by=by, union_id=case.union_id,
               changes={"case": case.number, "received_on": received_on, "due_on": due})  # fmt: skip
        log(case, step, case.state, changes={"appeal": appeal.id}, unusual="appeal", by=by)
        return appeal


def judge_appeal(case_id: int, *, version: int, upheld: bool, answer: str, by: Actor) -> Case:
    """Answer the open appeal in writing, by somebody who had no hand in the case.

    Dismissed: the decision is final. Upheld: a refused case goes back to the unit's opinion, earlier opinions kept; a
    revoked one of which nothing was paid goes back to the bureau's review. Where money was paid an upheld appeal
    restores nothing by itself: the case stays revoked, and the chair decides what of the recovery is given up.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, "judge_appeal", by)
        appeal = open_appeal(case.id)
        if appeal is None:
            raise RuleBroken(None, "No appeal is open.")
        if appeal.recorded_by is not None and appeal.recorded_by == by.person_id:
            raise NotAllowed(None, "You wrote this appeal down. Somebody who took no part must answer it.")
        if not answer.strip():
            raise RuleBroken("answer", "Write the answer: the household will read it.")
        appeal.outcome, appeal.answer = UPHELD if upheld else DISMISSED, answer.strip()
        appeal.judged_by, appeal.judged_on = by.person_id, clock.today()
        record("appeal.judge", "appeal", appeal.id, by=by, union_id=case.union_id,
               changes={"case": case.number, "outcome": appeal.outcome, "due_on": appeal.due_on})  # fmt: skip
        log(case, step, case.state, note=answer, changes={"outcome": appeal.outcome}, unusual="appeal", by=by)
        if upheld and not recoverables_of(case.id):
            _reopen(case, by)
        return case


def _judge_day(case: Case, received_on: date) -> None:
    if received_on > clock.today():
        raise RuleBroken("received_on", "This day lies in the future.")
    if received_on < decision_of(case).on:
        raise RuleBroken("received_on", "This day lies before the decision.")
    if received_on > last_day(case):
        raise RuleBroken(
            "received_on", "The last day for an appeal was %(day)s: it is too late. The household may apply anew.",
            day=last_day(case),
        )  # fmt: skip


def _reopen(case: Case, by: Actor) -> None:
    """Back on its road, alone: not in the emergency lane, not in the common steps of a list."""
    step = judge(case, "reopen", by)
    _require_its_place(case)
    case.lane, case.ended_at, case.lifted = ORDINARY, None, case.list_id is not None
    left = move_to(case, State(str(step.leads_to)))
    log(case, step, left, by=by)


def _require_its_place(case: Case) -> None:
    """RuleBroken when another case of the household took its place in the window meanwhile."""
    if case.window_id is None:
        return
    taken = sa.select(Case.id).where(
        Case.household_id == case.household_id, Case.window_id == case.window_id, Case.id != case.id,
        Case.state.not_in(WITHOUT_AID),
    )  # fmt: skip
    if db.session.scalar(taken.limit(1)) is not None:
        raise RuleBroken(None, "The household has another case in the same window meanwhile.")
