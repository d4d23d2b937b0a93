"""Whose follow-up does a list still wait for? Its paid rows page by page, why one cannot be asked, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief.cases.follow_up_models import FollowUp
from relief.cases.models import Case
from relief.cases.service.grounds import grounds_of
from relief.db import db
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import STATE_LABELS, WITHOUT_AID, State
from relief.lists.following_forms import AnswersForm
from relief.lists.queries import Row, list_rows
from relief.lists.service.stepping import waiting_rows, what_is_missing, why_not_by
from relief.web.paging import Ask, Page, page_of
from relief.windows.models import AidList

VERB = "follow_up"
ON_A_PAGE, MOST = 50, 100
"""Rows of a page, and the most that are read of a form."""


# What a row in this state waits for says more than the state's own name.
_WAITS = {State.PAID: label("Paid, but nobody has asked the household yet")}


@dataclass(frozen=True)
class ShownRow:
    """A household to be asked: its fields, or why the actor cannot ask it; `not_there_on` is when it last said no.

    While something is `missing`, only that it was not received can be recorded.
    """

    row: Row
    part: Any
    version: int
    why_not: Sentence | None
    missing: Sentence | None
    stays: Sentence | None
    not_there_on: date | None


@dataclass(frozen=True)
class Standing:
    """How far a list is: households asked, rows that wait to be asked, and of the open rows how many in which state."""

    asked: int
    waiting: int
    open: Sequence[tuple[Sentence, int]]

    @property
    def open_rows(self) -> int:
        """How many rows are on their way to the follow-up."""
        return sum(count for _state, count in self.open)


def page_of_waiting(aid_list: AidList, ask: Ask) -> Page[int]:
    """A page of the rows that wait to be asked, in the order of their numbers; the first page when a key is too far."""
    waiting, ask = waiting_rows([aid_list.id], VERB), replace(ask, size=ON_A_PAGE)
    key = ask.key[0] if ask.key and isinstance(ask.key[0], int) else None
    ids = waiting
    if key is not None:
        ids = [one for one in reversed(waiting) if one < key] if ask.backwards else [one for one in ids if one > key]
    if not ids:
        ask, ids = Ask(size=ON_A_PAGE), waiting
    return page_of(ids[: ask.size + 1], ask, lambda case_id: (case_id,))


def rows_shown(
    case_ids: Iterable[int], aid_list: AidList, form: AnswersForm, stays: Mapping[int, Sentence], by: Actor
) -> list[ShownRow]:
    """These rows with their fields; a row that stays keeps the sentence why, and its case's version of now."""
    rows = list_rows(case_ids, aid_list.window)
    cases = [db.session.get_one(Case, row.id) for row in rows]
    grounds = grounds_of(cases, by) if cases else []
    told, parts = _not_there([row.id for row in rows]), form.parts
    return [
        ShownRow(
            row, parts[row.id], _version(row, parts[row.id], row.id in stays), why_not_by(case, ground, VERB, by),
            what_is_missing(ground, VERB), stays.get(row.id), told.get(row.id),
        )
        for row, case, ground in zip(rows, cases, grounds, strict=True)
    ]  # fmt: skip


def standing_of(list_id: int) -> Standing:
    """How far the list's follow-ups are."""
    counted = sa.select(Case.state, sa.func.count()).where(Case.list_id == list_id, Case.state.not_in(WITHOUT_AID))
    counts = {state: count for state, count in db.session.execute(counted.group_by(Case.state))}  # noqa: C416
    asked = counts.pop(State.FOLLOWED_UP, 0) + counts.pop(State.CLOSED, 0)
    still = [(_WAITS.get(state, STATE_LABELS[state]), counts[state]) for state in State if counts.get(state)]
    return Standing(asked, len(waiting_rows([list_id], VERB)), still)


def _version(row: Row, part: Any, is_fresh: bool) -> int:
    """What the writer saw, so that a change meanwhile is still noticed when the form comes back."""
    return row.version if is_fresh or part.version.data is None else part.version.data


def _not_there(case_ids: Sequence[int]) -> dict[int, date]:
    """On which day households last said that it had not arrived."""
    said = sa.select(FollowUp.case_id, sa.func.max(FollowUp.on)).where(
        FollowUp.case_id.in_(case_ids), FollowUp.received_it.is_(False)
    )
    return {case_id: on for case_id, on in db.session.execute(said.group_by(FollowUp.case_id)) if on}
