"""Who stands on a list? Every active household of the unit is proposed with its amount, the others with why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.audit.service import record
from relief.cases.facts import facts_of_all
from relief.cases.models import Case
from relief.cases.service import discard
from relief.db import db, locked, transaction
from relief.domain.aid import find_kind
from relief.domain.aid.kind import CaseFacts, Kind
from relief.domain.errors import NotYours, RuleBroken, WrongState
from relief.domain.labels import label
from relief.domain.numbering import case_number
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.households.models import Household, Member
from relief.numbering import next_number
from relief.office import office_prefix
from relief.persons.queries import relatives_of
from relief.policies.models import PolicyVersion
from relief.policies.queries import policy_of
from relief.windows.models import AidList, AidWindow, LeftOut
from relief.windows.queries import find_list


def propose(window_id: int, union_id: int, *, by: Actor) -> AidList:
    """Make the unit's list, or add to it whoever came since: active households with their amount, the rest with why.

    RuleBroken on `window` before it opens; WrongState after it closed. What was taken off by hand stays off.
    """
    by.require("case.write")
    by.require_sight(union_id)
    with transaction():
        aid_list = list_to_fill(window_id, union_id, by=by)
        propose_some(aid_list.id, by=by)
        return aid_list


def list_to_fill(window_id: int, union_id: int, *, by: Actor) -> AidList:
    """The unit's list in an open window, begun empty when there is none."""
    by.require("case.write")
    by.require_sight(union_id)
    with transaction():
        window = _open_window(window_id)
        return find_list(window_id, union_id) or _new_list(window, union_id, by)


def propose_some(list_id: int, *, after: int = 0, most: int | None = None, by: Actor) -> int | None:
    """Judge the next households behind the id `after`, at most so many; the last one's id, None when all are judged."""
    by.require("case.write")
    with transaction():
        aid_list = get_list(list_id, by)
        window = _open_window(aid_list.window_id)
        households = db.session.scalars(households_to_judge(aid_list).where(Household.id > after).limit(most)).all()
        last = households[-1].id if most and len(households) == most else None
        drafts = [_draft(household, window, aid_list, by) for household in households]
        _forget_left_out(aid_list, after, last)
        added, left = _sort_out(aid_list, households, drafts, by)
        changes = {"number": aid_list.number, "window": window.code, "rows": added, "left_out": left}
        record("list.propose", "aid_list", aid_list.id, by=by, union_id=aid_list.union_id, changes=changes)
        return last


def add_row(list_id: int, household_id: int, *, why: str, by: Actor) -> Case:
    """Put a household on the list by hand; RuleBroken on `household` with why it cannot stand there."""
    by.require("case.write")
    if not why.strip():
        raise RuleBroken("why", "Say why.")
    with transaction():
        aid_list = get_list(list_id, by)
        household, window = locked(Household, household_id), _open_window(aid_list.window_id)
        by.require_sight(household.union_id)
        case = _draft(household, window, aid_list, by)
        known, near = facts_of_all([case], clock.today())[0], _near_households([household_id], by)
        reason = _why_left_out(case, known, _kind_and_policy(window), near)
        if household.union_id != aid_list.union_id:
            reason = sentence("This household belongs to another unit.")
        if reason is not None:
            raise RuleBroken("household", reason.message, **reason.params)
        db.session.execute(
            sa.delete(LeftOut).where(LeftOut.list_id == list_id, LeftOut.household_id == household_id)
        )
        _number_and_keep([case], by)
        record("list.add_row", "aid_list", list_id, by=by, union_id=aid_list.union_id,
               changes={"case": case.number, "why": why})  # fmt: skip
        return case


def take_off(list_id: int, case_id: int, *, version: int, why: str, by: Actor) -> None:
    """Take a draft row off the list with a reason; it stands among those left out from then on."""
    by.require("case.write")
    if not why.strip():
        raise RuleBroken("why", "Say why.")
    with transaction():
        aid_list, case = get_list(list_id, by), locked(Case, case_id)
        if case.list_id != aid_list.id:
            raise NotYours
        household_id, number = case.household_id, case.number
        discard(case_id, version=version, by=by)
        told = sentence("Taken off by hand: %(why)s", why=why.strip()[:200])
        db.session.add(
            LeftOut(list_id=list_id, household_id=household_id, why=told.as_data(), by_hand=True,
                    person_id=by.person_id, at=clock.now())
        )  # fmt: skip
        record("list.take_off", "aid_list", list_id, by=by, union_id=aid_list.union_id,
               changes={"case": number, "why": why})  # fmt: skip


def get_list(list_id: int, by: Actor) -> AidList:
    """The list, or NotYours outside the actor's subtree."""
    by.require("case.read")
    found = db.session.get(AidList, list_id)
    if found is None:
        raise NotYours
    by.require_sight(found.union_id)
    return found


def _open_window(window_id: int) -> AidWindow:
    window = locked(AidWindow, window_id)
    if window.closed_at is not None:
        raise WrongState(None, "The window is closed: no row enters its lists any more.")
    if clock.today() < window.opens_on:
        raise RuleBroken("window", "The window opens on %(day)s.", day=window.opens_on)
    return window


def _new_list(window: AidWindow, union_id: int, by: Actor) -> AidList:
    year = window.award_year
    number = f"{office_prefix()}-MD-{year}-{next_number(f'list/{year}'):04d}"
    aid_list = AidList(
        number=number, window_id=window.id, union_id=union_id, made_by=by.person_id, made_at=clock.now()
    )
    db.session.add(aid_list)
    db.session.flush()
    return aid_list


def households_to_judge(aid_list: AidList) -> sa.Select[Household]:
    """Open files of the unit and its groups that are neither a row nor taken off by hand, by id."""
    unit = db.session.get_one(Union, aid_list.union_id)
    below = sa.select(Union.id).where(Union.path.startswith(unit.path, autoescape=True))
    rows = sa.select(Case.household_id).where(Case.list_id == aid_list.id)
    off = sa.select(LeftOut.household_id).where(LeftOut.list_id == aid_list.id, LeftOut.by_hand)
    return (
        sa.select(Household)
        .where(Household.union_id.in_(below), Household.status.in_(("active", "temporary")))
        .where(Household.id.not_in(rows), Household.id.not_in(off))
        .order_by(Household.id)
    )


def _forget_left_out(aid_list: AidList, after: int, last: int | None) -> None:
    """Forget why these households were left out: they are judged anew, or their files closed meanwhile."""
    judged = LeftOut.household_id > after if last is None else LeftOut.household_id.between(after + 1, last)
    db.session.execute(sa.delete(LeftOut).where(LeftOut.list_id == aid_list.id, ~LeftOut.by_hand, judged))


def _draft(household: Household, window: AidWindow, aid_list: AidList, by: Actor) -> Case:
    today = clock.today()
    return Case(
        kind=window.kind, household_id=household.id, union_id=household.union_id, applicant_id=household.head_id,
        entered_by=by.person_id, need_on=today, policy_id=window.policy_id, month=f"{today:%Y-%m}",
        created_at=clock.now(), window_id=window.id, list_id=aid_list.id, number="",
    )  # fmt: skip


def _sort_out(
    aid_list: AidList, households: Sequence[Household], drafts: Sequence[Case], by: Actor
) -> tuple[int, int]:
    """Keep the drafts that may stand there, and the reasons of the others; how many of each."""
    rules, today = _kind_and_policy(aid_list.window), clock.today()
    known = facts_of_all(drafts, today) if drafts else []
    near = _near_households([household.id for household in households], by)
    reasons = [_why_left_out(case, facts, rules, near) for case, facts in zip(drafts, known, strict=True)]
    kept = [case for case, why in zip(drafts, reasons, strict=True) if why is None]
    _number_and_keep(kept, by)
    left = [
        LeftOut(list_id=aid_list.id, household_id=household.id, why=why.as_data(), at=clock.now())
        for household, why in zip(households, reasons, strict=True) if why is not None
    ]  # fmt: skip
    db.session.add_all(left)
    return len(kept), len(left)


def _why_left_out(case: Case, known: CaseFacts, rules: tuple[Kind, Any], near: frozenset[int]) -> Sentence | None:
    """Why the household is not proposed; as a side effect the draft gets its amount."""
    kind, policy = rules
    case.proposed = kind.amount(known, policy)
    if case.household_id in near:
        return label("Near to whoever makes the list: somebody else adds it.")
    return kind.left_out(known, policy)


def _near_households(household_ids: Sequence[int], by: Actor) -> frozenset[int]:
    """Those of the households that are the actor's own, or that he declared to be near to."""
    if by.person_id is None:
        return frozenset()
    persons = {by.person_id, *relatives_of(by.person_id)}
    return frozenset(
        db.session.scalars(
            sa.select(Member.household_id).where(
                Member.person_id.in_(persons), Member.household_id.in_(household_ids), Member.until.is_(None)
            )
        )
    )


def _number_and_keep(cases: Sequence[Case], by: Actor) -> None:
    if not cases:
        return
    mark, year = find_kind(cases[0].kind).mark, clock.today().year
    first = next_number(f"case/{mark}/{year}", len(cases))
    for place, case in enumerate(cases):
        case.number = case_number(office_prefix(), mark, year, first + place)
    db.session.add_all(cases)
    db.session.flush()
    for case in cases:
        record("case.open", "case", case.id, by=by, union_id=case.union_id,
               changes={"number": case.number, "kind": case.kind, "list": case.list_id})  # fmt: skip


def _kind_and_policy(window: AidWindow) -> tuple[Kind, Any]:
    return find_kind(window.kind), policy_of(db.session.get_one(PolicyVersion, window.policy_id))
