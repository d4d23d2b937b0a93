"""What was promised, to whom, by when, and how was it answered? 事事有着落、件件有回音."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import NotYours, RuleBroken, Stale, WrongState
from relief.domain.permissions import Actor
from relief.domain.visit_codes import PromiseState
from relief.domain.visiting import is_settled, judge_answer, why_not_promised
from relief.visits.given import PromiseGiven
from relief.visits.models import Promise, Visit
from relief.visits.visitors import account_holders


def add_promises(visit: Visit, given: Sequence[PromiseGiven]) -> None:
    """The promises made on a visit, inside the verb around; RuleBroken names the row: `promise_0-due_on`."""
    holders = account_holders(one.owner_id for one in given) if given else frozenset()
    for one in given:
        _judge(one, visit.on, one.owner_id in holders)
        db.session.add(
            Promise(
                visit_id=visit.id, household_id=visit.household_id, union_id=visit.union_id, text=one.text.strip(),
                owner_id=one.owner_id, due_on=one.due_on,
            )
        )  # fmt: skip


def answer_promise(
    promise_id: int, *, version: int | None, state: PromiseState, answer: str = "", told_on: date | None = None,
    confirmed: bool | None = None, by: Actor,
) -> Promise:  # fmt: skip
    """Say how a promise stands, that the household was told, and whether it agrees.

    The owner may, or whoever logs visits of that union. RuleBroken on `answer`, `told_on` or `confirmed`;
    WrongState once the household has confirmed; NotYours out of sight.
    """
    with transaction():
        promise = locked(Promise, promise_id)
        _require_hand(promise, by)
        before = PromiseState(promise.state)
        if version is not None and promise.version != version:
            raise Stale({"state": (before.label, state.label)}, promise.version)
        if is_settled(before, promise.confirmed):
            raise WrongState(None, "This promise is answered, and the household has confirmed it.")
        made_on = db.session.get_one(Visit, promise.visit_id).on
        judge_answer(state, answer.strip(), told_on, confirmed, made_on=made_on, today=clock.today())
        changes = {
            "state": (before.value, state.value), "told_on": (promise.told_on, told_on),
            "confirmed": (promise.confirmed, confirmed),
        }  # fmt: skip
        promise.state, promise.answer = state.value, answer.strip() or None
        promise.told_on, promise.confirmed = told_on, confirmed
        record("promise.answer", "promise", promise.id, by=by, union_id=promise.union_id, changes=changes)
        return promise


def may_answer(promise: Promise, *, by: Actor) -> bool:
    """Whether this promise is the actor's to answer: his own, or one of a union whose visits he logs."""
    if by.is_system or (by.person_id is not None and promise.owner_id == by.person_id):
        return True
    return by.sees(promise.union_id) and by.can("visit.write")


def _require_hand(promise: Promise, by: Actor) -> None:
    if may_answer(promise, by=by):
        return
    if not by.sees(promise.union_id):
        raise NotYours
    by.require("visit.write")


def _judge(given: PromiseGiven, on: date, has_account: bool) -> None:
    """The sentence stands at the row that it is about."""
    place = f"promise_{given.row}"
    if not given.text.strip():
        raise RuleBroken(f"{place}-text", "Say what was promised.")
    if not has_account:
        raise RuleBroken(f"{place}-owner_id", "Only somebody with an account can own a promise.")
    why_not = why_not_promised(given.due_on, on)
    if why_not is not None:
        raise RuleBroken(f"{place}-due_on", why_not.message)
