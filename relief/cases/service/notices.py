"""How is a case shown to the public? Posted masked, ended clean on its day, stopped by an objection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.audit.service import record
from relief.cases.models import Case, Notice, NoticeRow
from relief.cases.service.grounds import Ground, grounds_of
from relief.cases.service.lanes import keeps_state
from relief.cases.service.steps import judge, lock_case, log, move_to, start_clock
from relief.db import db, locked, transaction
from relief.domain.aid import find_kind
from relief.domain.errors import RuleBroken
from relief.domain.household import Cause
from relief.domain.money import ZERO
from relief.domain.notice import ListedAward, assert_publishable, end_of_notice, public_rows
from relief.domain.permissions import Actor, system_actor
from relief.domain.workflow import NOTICE_STEPS, NoticeState, State, take
from relief.households.models import HouseholdCause
from relief.numbering import next_number
from relief.office import office_prefix
from relief.persons.models import Person

EVENT_CAUSES = {
    "fire": Cause.DISASTER, "flood": Cause.DISASTER, "illness": Cause.ILLNESS, "injury": Cause.ACCIDENT,
    "traffic": Cause.ACCIDENT, "forest": Cause.ACCIDENT, "death": Cause.ACCIDENT,
}  # fmt: skip


def post_notice(case_ids: list[int], *, versions: list[int], place: str, by: Actor) -> Notice:
    """Post one notice for cases of one union that wait for it; it stands the working days of their policy.

    Raises RuleBroken on `place` without one, on `cases` for none or for cases of several unions, on `notice` for a
    row that must not hang on a board.
    """
    if not place.strip():
        raise RuleBroken("place", "Say where the notice hangs.")
    if not case_ids:
        raise RuleBroken("cases", "Choose the cases that the notice shows.")
    with transaction():
        pairs = zip(case_ids, versions, strict=True)
        cases = [lock_case(case_id, version, by) for case_id, version in pairs]
        return post_notice_on(cases, grounds_of(cases, by), place=place, by=by)


def post_notice_on(cases: Sequence[Case], grounds: Sequence[Ground], *, place: str, by: Actor) -> Notice:
    """`post_notice` for cases that are locked and whose grounds were read."""
    steps = [judge(case, "post_notice", by, ground.hands) for case, ground in zip(cases, grounds, strict=True)]
    if len({case.union_id for case in cases}) > 1:
        raise RuleBroken("cases", "A notice shows cases of one unit only.")
    for ground in grounds:
        ground.require_gates("post_notice")
    notice = _new_notice(cases, grounds, place, by)
    for case, ground, step in zip(cases, grounds, steps, strict=True):
        if keeps_state(case, step):
            left = case.state
        else:
            case.noticed = case.proposed
            left = move_to(case, State.ON_NOTICE, ground)
            case.due_on = notice.ends_on
        log(case, step, left, amount=case.noticed, changes={"notice": notice.number}, by=by)
    return notice


def end_due_notices(on: date, *, by: Actor) -> int:
    """End every notice whose last day is over and forward its cases; the number of notices ended.

    A case that is on hold or under objection stays where it is.
    """
    due = sa.select(Notice.id).where(Notice.state == NoticeState.POSTED, Notice.ends_on < on).order_by(Notice.id)
    return sum(_end(notice_id, on, by) for notice_id in db.session.scalars(due).all())


def take_down(notice_id: int, *, version: int, by: Actor) -> Notice:
    """Note that the paper came off the board."""
    with transaction():
        notice = locked(Notice, notice_id)
        by.require_sight(notice.union_id)
        notice = locked(Notice, notice_id, version)
        take(NOTICE_STEPS, "take_down", notice.state, by)
        notice.state, notice.taken_down_on = NoticeState.TAKEN_DOWN.value, clock.today()
        record("notice.take_down", "notice", notice.id, by=by, union_id=notice.union_id)
        return notice


def last_notice(case: Case) -> Notice | None:
    """The newest notice of a case, under a lock."""
    return db.session.scalar(
        sa.select(Notice)
        .join(NoticeRow, NoticeRow.notice_id == Notice.id)
        .where(NoticeRow.case_id == case.id)
        .order_by(Notice.id.desc())
        .with_for_update()
        .limit(1)
    )


def resume_clock(case: Case) -> None:
    """Let the deadline run again after a pause: the notice's own end, else the days of the state from today."""
    notice = last_notice(case) if case.state == State.ON_NOTICE else None
    if notice is not None:
        case.due_on = notice.ends_on
    else:
        start_clock(case)


def forward_if_over(case: Case) -> None:
    """Forward a case that waited on hold or under objection while its notice ended; else nothing."""
    notice = last_notice(case)
    if case.state != State.ON_NOTICE or case.objection or case.on_hold or notice is None:
        return
    if notice.state == NoticeState.ENDED:
        _forward(case, system_actor())


def _forward(case: Case, by: Actor, ground: Ground | None = None) -> None:
    step = judge(case, "end_notice", by, ground.hands if ground else None)
    left = move_to(case, State.FORWARDED, ground)
    log(case, step, left, by=by)


def _new_notice(cases: Sequence[Case], grounds: Sequence[Ground], place: str, by: Actor) -> Notice:
    union = db.session.get_one(Union, cases[0].union_id)
    days = max(ground.kind.notice_rule(ground.policy).working_days for ground in grounds)
    ends = end_of_notice(clock.today(), days, grounds[0].calendar)
    heads, causes = _heads_of(cases), causes_of(cases)
    rows = public_rows([_listed(case, union, heads[case.applicant_id], causes[case.id]) for case in cases])
    for row in rows:
        assert_publishable(f"{row.name} {row.unit} {place}")
    year = clock.today().year
    notice = Notice(
        number=f"{office_prefix()}-GS-{year}-{next_number(f'notice/{year}'):04d}", union_id=union.id, place=place,
        state=NoticeState.POSTED.value, posted_on=clock.today(), ends_on=ends.on, provisional=ends.provisional,
        working_days=days, posted_by=by.person_id,
    )  # fmt: skip
    db.session.add(notice)
    db.session.flush()
    for case, row in zip(cases, rows, strict=True):
        db.session.add(
            NoticeRow(notice_id=notice.id, case_id=case.id, masked_name=row.name, cause=row.cause.message,
                      amount=row.amount)
        )  # fmt: skip
    changes = {"number": notice.number, "ends_on": ends.on, "rows": len(rows), "place": place}
    record("notice.post", "notice", notice.id, by=by, union_id=union.id, changes=changes)
    return notice


def _heads_of(cases: Sequence[Case]) -> dict[int, Person]:
    wanted = {case.applicant_id for case in cases}
    return {person.id: person for person in db.session.scalars(sa.select(Person).where(Person.id.in_(wanted)))}


def _listed(case: Case, union: Union, person: Person, cause: Cause) -> ListedAward:
    tail = (person.phone or person.resident_id or "")[-2:]
    return ListedAward(person.name, union.short_name, tail, find_kind(case.kind).name, case.proposed or ZERO, cause)


def cause_of(case: Case) -> Cause:
    """The cause of hardship that a case shows: its event's, else the file's main cause."""
    return causes_of([case])[case.id]


def causes_of(cases: Sequence[Case]) -> dict[int, Cause]:
    """`cause_of` for many cases; one statement for the files."""
    main = HouseholdCause.household_id.in_({case.household_id for case in cases}), HouseholdCause.is_main
    rows = db.session.execute(sa.select(HouseholdCause.household_id, HouseholdCause.code).where(*main))
    of_file = {household_id: Cause(int(code)) for household_id, code in rows}
    return {
        case.id: EVENT_CAUSES[case.event.kind]
        if case.event_id is not None and case.event is not None and case.event.kind in EVENT_CAUSES
        else of_file.get(case.household_id, Cause.OTHER)
        for case in cases
    }


def _end(notice_id: int, on: date, by: Actor) -> int:
    with transaction():
        notice = locked(Notice, notice_id)
        if notice.state != NoticeState.POSTED or notice.ends_on is None or notice.ends_on >= on:
            return 0
        take(NOTICE_STEPS, "end", notice.state, by)
        notice.state = NoticeState.ENDED.value
        record("notice.end", "notice", notice.id, by=by, union_id=notice.union_id)
        on_it = sa.select(NoticeRow.case_id).where(NoticeRow.notice_id == notice.id)
        held = sa.select(Case).where(Case.id.in_(on_it)).order_by(Case.id).with_for_update(of=Case)
        cases = db.session.scalars(held.execution_options(populate_existing=True)).all()
        clean = [one for one in cases if one.state == State.ON_NOTICE and not one.objection and not one.on_hold]
        for case, ground in zip(clean, grounds_of(clean, by) if clean else [], strict=True):
            _forward(case, by, ground)
        return 1
