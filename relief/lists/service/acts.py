"""What does a step do to rows of a list, with what is said once for all of them?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from relief import clock
from relief.cases.models import Case, Meeting
from relief.cases.service.applications import submit_on
from relief.cases.service.decisions import review_on, sign_on
from relief.cases.service.follow_ups import close_on
from relief.cases.service.grounds import Ground
from relief.cases.service.opinions import give_opinion_on
from relief.db import db
from relief.domain.budget import Movement
from relief.domain.money import ZERO
from relief.domain.permissions import Actor
from relief.funds.models import Fund
from relief.funds.service import Paid, move_many

Pair = tuple[Case, Ground]
Act = Callable[[Sequence[Pair]], object]


@dataclass(frozen=True)
class Said:
    """What is said once for all rows: a note, where a notice hangs, the meeting behind it, the fund that pays."""

    note: str = ""
    place: str = ""
    meeting_id: int | None = None
    fund_id: int | None = None


NOTHING = Said()


def act_of(verb: str, said: Said, by: Actor) -> Act:
    """The step `verb` for rows that are locked and whose grounds were read; KeyError for one that is not row by row."""
    act = _ACTS[verb]
    return lambda pairs: act(pairs, said, by)


def _submit(pairs: Sequence[Pair], _said: Said, by: Actor) -> None:
    for case, ground in pairs:
        submit_on(case, ground, by=by)


def _give_opinion(pairs: Sequence[Pair], said: Said, by: Actor) -> None:
    """With the amounts that stand on the list."""
    with _held((Meeting, said.meeting_id)):
        for case, ground in pairs:
            amount = case.proposed or ZERO
            give_opinion_on(case, ground, amount=amount, meeting_id=said.meeting_id, note=said.note, by=by)


def _review(pairs: Sequence[Pair], said: Said, by: Actor) -> None:
    """With the amounts that were on notice."""
    for case, ground in pairs:
        review_on(case, ground, amount=case.noticed or case.proposed or ZERO, note=said.note, by=by)


def _approve(pairs: Sequence[Pair], said: Said, by: Actor) -> None:
    """Sign these rows, then promise the money of those that are through in one change of the fund's balance."""
    promised: list[Paid] = []
    with _held((Meeting, said.meeting_id), (Fund, said.fund_id)):
        for case, ground in pairs:
            amount = case.proposed or ZERO
            if sign_on(
                case, ground, amount=amount, note=said.note, fund_id=said.fund_id, meeting_id=said.meeting_id, by=by
            ):
                promised.append(Paid(amount, case.id, document_number=case.number))
    if promised and said.fund_id:
        move_many(said.fund_id, Movement.COMMIT, promised, on=clock.today(), by=by)


def _close(pairs: Sequence[Pair], _said: Said, by: Actor) -> None:
    for case, ground in pairs:
        close_on(case, ground, by=by)


_ACTS: Mapping[str, Callable[[Sequence[Pair], Said, Actor], None]] = {
    "submit": _submit, "give_opinion": _give_opinion, "review": _review, "approve": _approve,
    "close": _close,
}  # fmt: skip


@contextmanager
def _held(*asked: tuple[type[Any], int | None]) -> Iterator[None]:
    """Keep rows that every case asks for in the session: it forgets what nobody refers to, and reads it again."""
    rows = [db.session.get(model, row_id) for model, row_id in asked if row_id]
    yield
    rows.clear()
