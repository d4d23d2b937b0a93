"""Is a step taken at once, or asked for as long work? That of a long list goes on while nobody waits for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from relief.cases.service.grounds import grounds_of
from relief.cases.service.notices import post_notice_on
from relief.db import db, transaction
from relief.domain.errors import Refusal, RuleBroken
from relief.domain.permissions import Actor
from relief.domain.workflow import CASE_STEPS
from relief.jobs.models import Job
from relief.jobs.service import ask_next, find_under_way
from relief.lists.service.acts import NOTHING, Act, Said, act_of
from relief.lists.service.deciding import decide
from relief.lists.service.lifting import lift_out
from relief.lists.service.parts import APPROVE, POST_NOTICE, PROPOSE, Errand, waiting_for
from relief.lists.service.proposing import list_to_fill, propose_some
from relief.lists.service.seen import as_they_stand, require_seen
from relief.lists.service.stepping import (
    OPINION,
    Tally,
    close,
    give_opinion,
    list_for,
    lock_rows,
    post_notice,
    review,
    submit,
    why_not,
)
from relief.sealing import seal, unseal
from relief.windows.models import AidList

LONG = 400
"""Rows above which a step is long work."""
TRIED = 20
SEALED_AS = "job.said"


def take(verb: str, list_id: int, said: Said = NOTHING, *, seen: str | None = None, by: Actor) -> Tally | Job:
    """Take a step of a list now, or ask for it when many rows wait. Refusals as the step itself has them.

    Asked for again while it is under way, it is the same job. WrongState when `seen` (`mark_of`) is of other rows.
    """
    errand = Errand(verb, list_id, said)
    with transaction():
        list_for(verb, list_id, by)
        if verb != OPINION:  # whose it is, who was passed it, is judged row by row
            by.require(next(step.permission for step in CASE_STEPS if step.verb == verb))
        under_way = find_under_way(key_of(errand))
        if under_way is not None:
            return under_way
        waiting = waiting_for(errand, by)
        require_seen(seen, waiting)
        return _ask(errand, by) if len(waiting) > LONG else _take_now(errand, by)


def take_decision(
    window_id: int, *, taken_out: Mapping[int, str], said: Said, seen: str | None = None, by: Actor
) -> Tally | Job:
    """Decide a window now, or ask for it when many rows pass; what is taken out is lifted out at once.

    WrongState when `seen` (`mark_of`) is not of the rows that would pass.
    """
    by.require("case.approve")
    errand = Errand(APPROVE, window_id, said, len(taken_out))
    with transaction():
        under_way = find_under_way(key_of(errand))
        if under_way is not None:
            return under_way
        waiting = waiting_for(errand, by)
        require_seen(seen, [case_id for case_id in waiting if case_id not in taken_out])
        if len(waiting) <= LONG:
            return decide(window_id, taken_out=taken_out, fund_id=said.fund_id, meeting_id=said.meeting_id,
                          note=said.note, by=by)  # fmt: skip
        for case_id, why in taken_out.items():
            lift_out(case_id, version=None, why=why, by=by)
        return _ask(errand, by)


def take_proposal(window_id: int, union_id: int, *, by: Actor) -> AidList:
    """Make a unit's list or fill it up: at once, or as long work that its page shows."""
    with transaction():
        aid_list = list_to_fill(window_id, union_id, by=by)
        errand = Errand(PROPOSE, aid_list.id)
        if find_under_way(key_of(errand)) is not None:
            return aid_list
        if len(waiting_for(errand, by)) > LONG:
            _ask(errand, by)
        else:
            propose_some(aid_list.id, by=by)
        return aid_list


def key_of(errand: Errand) -> str:
    """How the keys of this step's jobs begin; the number of times that it was long work before ends them."""
    return f"{'window' if errand.verb == APPROVE else 'list'}:{errand.subject_id}:{errand.verb}:"


def errand_of(kind: str, params: Mapping[str, Any]) -> Errand:
    """The step that a job was asked to take."""
    said = Said(**json.loads(unseal(params["said"], SEALED_AS)))
    rows = dict(params["rows"]) if params["rows"] is not None else None
    return Errand(kind.removeprefix("lists."), int(params["subject"]), said, int(params["out"]), rows)


def _take_now(errand: Errand, by: Actor) -> Tally:
    said, list_id = errand.said, errand.subject_id
    if errand.verb == OPINION:
        return give_opinion(list_id, meeting_id=said.meeting_id, note=said.note, by=by)
    if errand.verb == POST_NOTICE:
        return post_notice(list_id, place=said.place, by=by)[1]
    if errand.verb == "close":
        return close(list_id, by=by)
    return review(list_id, note=said.note, by=by) if errand.verb == "review" else submit(list_id, by=by)


def _ask(errand: Errand, by: Actor) -> Job:
    """Ask for the step; what was said is sealed, since a note may name a person."""
    rows: list[tuple[int, int]] | None = None
    if errand.verb != PROPOSE:
        _try(errand, by)
        rows = as_they_stand(waiting_for(errand, by))
    said = seal(json.dumps(asdict(errand.said)).encode(), SEALED_AS)
    union_id = by.union_id if errand.verb == APPROVE else list_for(errand.verb, errand.subject_id, by).union_id
    params = {"subject": errand.subject_id, "said": said, "out": errand.taken_out, "rows": rows}
    return ask_next(f"lists.{errand.verb}", key_of(errand), params, by=by, union_id=union_id)


class _Undone(Exception):
    """The trial went well and is taken back."""


def _try(errand: Errand, by: Actor) -> None:
    """Let a ready row take the step and undo it: what the form got wrong is said while the form is open.

    The refusal of the last of the rows that were tried, when none of them could.
    """
    cases = lock_rows(waiting_for(errand, by)[:TRIED], by)
    pairs = list(zip(cases, grounds_of(cases, by), strict=True))
    refusal, act = None, _act_of(errand, by)
    for case, ground in pairs:
        if why_not(case, ground, errand.verb, by) is not None:
            continue
        try:
            with suppress(_Undone), db.session.begin_nested():
                act([(case, ground)])
                db.session.flush()
                raise _Undone
            return
        except Refusal as refused:
            refusal = refused
    if refusal is not None:
        raise refusal


def _act_of(errand: Errand, by: Actor) -> Act:
    if errand.verb != POST_NOTICE:
        return act_of(errand.verb, errand.said, by)
    place = errand.said.place
    if not place.strip():
        raise RuleBroken("place", "Say where the notice hangs.")
    return lambda pairs: post_notice_on([one for one, _ in pairs], [one for _, one in pairs], place=place, by=by)
