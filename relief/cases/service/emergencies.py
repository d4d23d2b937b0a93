"""急难: how is sudden need helped first and filed after? Asked for urgently, ratified, or booked to come back."""

from __future__ import annotations

import sqlalchemy as sa

from relief import clock
from relief.cases.models import Case, ChainLevel, Objection
from relief.cases.service.endings import revoke_on
from relief.cases.service.grounds import Ground, ground_of
from relief.cases.service.opinions import meeting_for
from relief.cases.service.recoveries import book_recoverable, paid_of
from relief.cases.service.steps import judge, lock_case, log, move_to, start_clock
from relief.cases.urgent import duties_of, find_file
from relief.cases.ways_models import EmergencyFile
from relief.db import db, transaction
from relief.domain.aid.kind import EmergencyRule
from relief.domain.emergency import LOWERED, RATIFIED, REFUSED, judge_ratified, judge_urgent
from relief.domain.errors import RuleBroken, WrongState
from relief.domain.money import ZERO, Money
from relief.domain.permissions import Actor, Role
from relief.domain.workflow import EMERGENCY, State


def ask_urgently(
    case_id: int, *, version: int, why: str, ordered_by: str, way: str = "phone", by: Actor
) -> Case:
    """Lay a draft before the chair at once: no visit, paper, opinion or notice yet; the chair decides within a day.

    `ordered_by` is who said so at the bureau, by `way` phone or paper. The amount is the standard's, up to what the
    lane gives. Raises RuleBroken on `event`, `once`, `why`, `ordered_by`, `way` or `grade`.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        ground = ground_of(case, by)
        step = judge(case, "ask_urgently", by, ground.hands)
        ground.require_gates("ask_urgently")
        rule = ground.kind.emergency(ground.policy)
        judge_urgent(rule, ground.known.event_kind, why, ordered_by, way)
        assert rule is not None, "judged"
        case.proposed = _amount(ground, rule)
        case.lane, case.submitted_at = EMERGENCY, case.submitted_at or clock.now()
        case.resume_to, case.mend_fields = None, []
        case.details = {**case.details, "ordered": {"by": ordered_by.strip(), "way": way}}
        _open_file(case, why, rule, ground)
        db.session.add(ChainLevel(case_id=case.id, level=1, role=Role.CHAIR.value))
        case.level = 1
        left = move_to(case, State.IN_APPROVAL, ground)
        told = {"way": way, "decide_by": _file_of(case).decide_by}
        log(case, step, left, amount=case.proposed, note=why, changes=told, unusual=EMERGENCY, by=by)
        return case


def ratify(
    case_id: int, *, version: int, amount: Money, meeting_id: int | None, note: str = "", reason: str | None = None,
    by: Actor,
) -> Case:  # fmt: skip
    """Ratify an emergency award by the office meeting, once its file is complete; zero is a refusal.

    Less than was paid books the rest as recoverable; nothing at all revokes the case, and all of it is to come back.
    Raises RuleBroken on `amount`, `reason` or `meeting`, or on the anchor of what is missing from the file.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        ground = ground_of(case, by)
        step = judge(case, "ratify", by, ground.hands)
        ground.require_gates("ratify")
        meeting = meeting_for(case, meeting_id, by=by)
        file, approved = _file_of(case), case.approved or ZERO
        outcome = judge_ratified(
            amount, approved, is_paid=case.state == State.PAID, is_upheld=_is_upheld(case, file), reason=reason
        )
        if outcome != RATIFIED and not note.strip():
            raise RuleBroken("note", "Explain it in a sentence: the household will read it.")
        late = max(one.late_by for one in duties_of(case, file, ground.calendar))
        file.outcome, file.ratified, file.meeting_id = outcome, amount, meeting.id
        file.settled_by, file.settled_on = by.person_id, clock.today()
        start_clock(case, ground)
        told = {"outcome": outcome, "working_days_late": late}
        log(case, step, case.state, amount=amount or None, note=note, meeting_id=meeting.id, changes=told,
            reason=reason if outcome != RATIFIED else None, unusual=EMERGENCY, by=by)  # fmt: skip
        if outcome == LOWERED:
            book_recoverable(case, paid_of(case) - amount, reason=reason or "", note=note, by=by)
        if outcome == REFUSED:
            revoke_on(case, reason=reason or "", note=note, by=by)
        return case


def _amount(ground: Ground, rule: EmergencyRule) -> Money:
    amount = min(ground.amount, rule.up_to)
    if not amount:
        raise RuleBroken("grade", "The amount comes to nothing: the household's yearly limit is used up.")
    return amount


def _open_file(case: Case, why: str, rule: EmergencyRule, ground: Ground) -> None:
    """A new file, or that of an earlier request of the same case that went back to be mended."""
    known = db.session.scalar(sa.select(EmergencyFile).where(EmergencyFile.case_id == case.id))
    file = known or EmergencyFile(case_id=case.id, union_id=case.union_id)
    file.opened_on, file.why = clock.today(), why.strip()
    file.decide_by = ground.calendar.add_working_days(clock.today(), rule.decide_within).on
    file.visit_by = file.complete_by = file.opinion_on = file.noticed_on = None
    db.session.add(file)
    db.session.flush()


def _file_of(case: Case) -> EmergencyFile:
    file = find_file(case)
    if file is None:
        raise WrongState(None, "This case is not in the emergency lane.")
    return file


def _is_upheld(case: Case, file: EmergencyFile) -> bool:
    """Whether an objection since the file was opened was upheld."""
    found = sa.select(Objection.id).where(
        Objection.case_id == case.id, Objection.outcome == "upheld", Objection.received_on >= file.opened_on
    )
    return db.session.scalar(found.limit(1)) is not None
