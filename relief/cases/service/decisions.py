"""Who decides? Review by the bureau, then approval level by level; the last one promises the money."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.cases.models import AwardPart, Case, ChainLevel, Instalment
from relief.cases.service.chains import drop_chain, freeze_chain
from relief.cases.service.grounds import Ground, ground_of
from relief.cases.service.informing import inform_auditor
from relief.cases.service.lanes import count_duties
from relief.cases.service.opinions import meeting_for
from relief.cases.service.snapshots import take_snapshot
from relief.cases.service.steps import judge, lock_case, log, move_to
from relief.db import db, transaction
from relief.domain.aid.kind import Kit
from relief.domain.budget import Movement
from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.money import Money
from relief.domain.notice import needs_new_notice
from relief.domain.permissions import ROLE_LABELS, Actor, Role
from relief.domain.workflow import EMERGENCY, ORDINARY, State
from relief.funds.models import Fund
from relief.funds.service import move


def review(case_id: int, *, version: int, amount: Money, note: str, by: Actor) -> Case:
    """Pass the bureau's review with an amount up to the one on notice, and freeze who must approve."""
    with transaction():
        case = lock_case(case_id, version, by)
        return review_on(case, ground_of(case, by), amount=amount, note=note, by=by)


def review_on(case: Case, ground: Ground, *, amount: Money, note: str, by: Actor) -> Case:
    """`review` for a case that is locked and whose ground was read."""
    step = judge(case, "review", by, ground.hands)
    _check_against_notice(case, amount, ground)
    case.proposed = amount
    freeze_chain(case, ground)
    left = move_to(case, State.IN_APPROVAL, ground)
    line = log(case, step, left, amount=amount, note=note, by=by)
    take_snapshot(case, line, ground, amount)
    return case


def approve(
    case_id: int, *, version: int, amount: Money, note: str, fund_id: int | None = None,
    meeting_id: int | None = None, by: Actor,
) -> Case:  # fmt: skip
    """Sign the open level. The last level fixes the amount, makes the award, and draws it on the fund.

    Raises NotAllowed for another level's role or barred hands; RuleBroken on `amount`, `meeting` or `fund`.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        ground = ground_of(case, by)
        return approve_on(case, ground, amount=amount, note=note, fund_id=fund_id, meeting_id=meeting_id, by=by)


def approve_on(
    case: Case, ground: Ground, *, amount: Money, note: str, fund_id: int | None, meeting_id: int | None, by: Actor
) -> Case:
    """`approve` for a case that is locked and whose ground was read."""
    fund = sign_on(case, ground, amount=amount, note=note, fund_id=fund_id, meeting_id=meeting_id, by=by)
    if fund:
        move(fund.id, Movement.COMMIT, amount, on=clock.today(), document_number=case.number, case_id=case.id, by=by)
    return case


def sign_on(
    case: Case, ground: Ground, *, amount: Money, note: str, fund_id: int | None, meeting_id: int | None, by: Actor
) -> Fund | None:
    """`approve_on` up to the promise of the money: the fund on which the caller draws it, after the last level."""
    step = judge(case, "approve", by, ground.hands)
    level = _level_for(case, ground, by)
    ground.require_gates("approve")
    _check_against_notice(case, amount, ground)
    _check_against_review(case, amount)
    meeting = meeting_for(case, meeting_id, by=by) if level.needs_meeting or meeting_id else None
    level.decided_by, level.decided_at = by.person_id, clock.now()
    case.proposed = amount
    left, is_last = case.state, _open_level(case, ground) is None
    fund = _make_award(case, amount, fund_id, ground, by) if is_last else None
    if not is_last:
        case.level = level.level + 1
    line = log(case, step, left, amount=amount, note=note, level=level.level, by=by,
               meeting_id=meeting.id if meeting else None,
               unusual=EMERGENCY if case.lane == EMERGENCY else None)  # fmt: skip
    take_snapshot(case, line, ground, amount)
    if is_last:
        inform_auditor(case, amount, ground, by)
    return fund


def recall(case_id: int, *, version: int, note: str, by: Actor) -> Case:
    """Take an approval back before any sheet: the money is free again, the case waits for review anew.

    One of the emergency lane leaves it as a draft: it is asked for anew, or handed in as any other.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, "recall", by)
        left = drop_award(case, State(str(step.leads_to)))
        case.lane = ORDINARY
        log(case, step, left, note=note, by=by)
        release_promise(case, by)
        return case


def drop_award(case: Case, to: State) -> str:
    """Drop the open instalments and the chain of an approved case; the state that it left."""
    parts = sa.select(AwardPart.id).where(AwardPart.case_id == case.id)
    db.session.execute(
        sa.update(Instalment)
        .where(Instalment.part_id.in_(parts), Instalment.dropped_at.is_(None))
        .values(dropped_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )
    drop_chain(case)
    return move_to(case, to)


def release_promise(case: Case, by: Actor) -> None:
    """Give back to the fund what is still promised to the case; void its payments that wait. Called last."""
    from relief import consequences
    from relief.funds.queries import committed_of

    consequences.award_dropped(case.id, by=by)
    promised, fund_id = committed_of(case.id), case.fund_id
    if not promised or fund_id is None:
        return
    if promised == case.approved:
        case.approved, case.approved_by, case.approved_on, case.fund_id = None, None, None, None
    db.session.flush()
    move(fund_id, Movement.UNCOMMIT, promised, on=clock.today(), document_number=case.number, case_id=case.id, by=by)


def _open_level(case: Case, ground: Ground) -> ChainLevel | None:
    return next((level for level in ground.beside.chains[case.id] if level.decided_at is None), None)


def _level_for(case: Case, ground: Ground, by: Actor) -> ChainLevel:
    level = _open_level(case, ground)
    if level is None:
        raise RuleBroken(None, "Nobody is left to approve this case.")
    if Role(level.role) not in by.roles:
        raise NotAllowed(None, "This amount is approved by: %(role)s.", role=ROLE_LABELS[Role(level.role)])
    return level


def _check_against_notice(case: Case, amount: Money, ground: Ground) -> None:
    ground.judge_amount(amount)
    if case.lane == EMERGENCY:
        return
    if case.noticed is None or needs_new_notice(case.noticed, amount):
        raise RuleBroken(
            "amount", "On notice stood %(noticed)s. A higher amount needs a new notice: send the case back.",
            noticed=case.noticed or Money(0),
        )  # fmt: skip


def _check_against_review(case: Case, amount: Money) -> None:
    """The chain was frozen for the amount of the review: an approver may lower it, never raise it."""
    if case.proposed is not None and amount > case.proposed:
        if case.lane == EMERGENCY:
            raise RuleBroken("amount", "An emergency is helped with up to %(most)s.", most=case.proposed)
        raise RuleBroken(
            "amount", "The review passed %(passed)s. For a higher amount send the case back.", passed=case.proposed
        )


def _make_award(case: Case, amount: Money, fund_id: int | None, ground: Ground, by: Actor) -> Fund:
    fund = _fund_for(fund_id, ground)
    case.approved, case.approved_by, case.approved_on = amount, by.person_id, clock.today()
    case.fund_id = fund.id
    _write_parts(case, amount, ground)
    count_duties(case, ground)
    move_to(case, State.APPROVED, ground)
    return fund


def _write_parts(case: Case, amount: Money, ground: Ground) -> None:
    """Cash and goods, each with the months in which it falls due."""
    for part in ground.kind.parts(amount, ground.known, ground.policy):
        row = AwardPart(case_id=case.id, form=part.form, label=case.kind, amount=part.amount, kit=_kit(part.kit))
        db.session.add(row)
        db.session.add_all(
            Instalment(part=row, number=number, amount=due.amount, due_month=str(due.month))
            for number, due in enumerate(part.dues, 1)
        )


def _kit(kit: Kit | None) -> dict[str, Any] | None:
    return {"name": kit.name, "price": kit.price.fen} if kit else None


def _fund_for(fund_id: int | None, ground: Ground) -> Fund:
    fund = db.session.get(Fund, fund_id) if fund_id else None
    if fund is None or not fund.active:
        raise RuleBroken("fund", "Choose the fund that pays.")
    if fund.code not in ground.policy.funds:
        raise RuleBroken("fund", "%(fund)s does not pay this kind of aid.", fund=fund.code)
    return fund


