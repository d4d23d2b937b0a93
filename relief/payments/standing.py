"""What waits for a sheet, what of it may be paid today, and what blocks the rest?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.batching import may_gather
from relief.domain.money import Money, total
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.funds.sight import require_office
from relief.payments.facts import Waiting, facts_of, list_waiting
from relief.payments.queries import Stage
from relief.persons.models import Person

MOST_JUDGED = 500
SHOWN = 5


@dataclass(frozen=True)
class Standing:
    """An instalment that waits: whose, of which fund, how much, and why it may not be paid yet (None: it may)."""

    case_id: int
    number: str
    applicant: str
    unit: str
    kind: Sentence
    fund: str
    due_month: str
    amount: Money
    why_not: Sentence | None


@dataclass(frozen=True)
class Block:
    """A reason that holds instalments back: how many, how much, the first of their cases; `more`: not all of them."""

    reason: Sentence
    count: int
    total: Money
    first: Sequence[Standing]
    more: bool


@dataclass(frozen=True)
class Today:
    """What may go on a sheet today and what is held back; `judged_all`: not only the oldest were looked at."""

    ready: Stage
    held_back: Stage
    blocks: Sequence[Block]
    judged_all: bool


def judge_today(*, by: Actor) -> Today:
    """How what waits stands today: every page that counts it asks here."""
    judged = list_standing({}, by=by)
    able = [one.amount for one in judged if one.why_not is None]
    held = [one.amount for one in judged if one.why_not is not None]
    return Today(
        Stage("waiting", len(able), total(able)), Stage("blocked", len(held), total(held)), blocks_of(judged),
        len(judged) < MOST_JUDGED,
    )  # fmt: skip


def list_standing(picked: Mapping[str, object], *, by: Actor) -> list[Standing]:
    """The oldest instalments that wait, judged as of today. `picked` may hold fund and may (ready, blocked)."""
    by.require("sheet.read")
    require_office(by)
    fund_id = int(str(picked["fund"])) if "fund" in picked else None
    waiting = list_waiting(fund_id, limit=MOST_JUDGED)
    facts, names = facts_of(waiting), _names(waiting)
    judged = []
    for one in waiting:
        fact = facts[one.instalment.id]
        why_not = may_gather(fact, fact.fund, clock.today())
        if picked.get("may") in (None, "ready" if why_not is None else "blocked"):
            judged.append(_standing(one, fact.fund, names[one.case.id], why_not))
    return judged


def blocks_of(judged: Sequence[Standing]) -> list[Block]:
    """What holds instalments back, by reason, the one that holds most of them first."""
    by_reason: dict[Sentence, list[Standing]] = {}
    for one in judged:
        if one.why_not is not None:
            by_reason.setdefault(one.why_not, []).append(one)
    return sorted((_block(reason, rows) for reason, rows in by_reason.items()), key=lambda block: -block.count)


def _block(reason: Sentence, rows: Sequence[Standing]) -> Block:
    cases = list({row.case_id: row for row in reversed(rows)}.values())[::-1]
    return Block(reason, len(rows), total(row.amount for row in rows), cases[:SHOWN], len(cases) > SHOWN)


def _standing(one: Waiting, fund: str, name: tuple[str, str], why_not: Sentence | None) -> Standing:
    case = one.case
    return Standing(
        case.id, case.number, *name, find_kind(case.kind).name, fund, one.instalment.due_month, one.instalment.amount,
        why_not,
    )  # fmt: skip


def _names(waiting: Sequence[Waiting]) -> dict[int, tuple[str, str]]:
    """Applicant and unit of each case, in two statements."""
    people = {one.case.applicant_id for one in waiting}
    units = {one.case.union_id for one in waiting}
    persons = {row.id: row.name for row in db.session.execute(_named(Person.id, Person.name, people))}
    unions = {row.id: row.short_name for row in db.session.execute(_named(Union.id, Union.short_name, units))}
    return {one.case.id: (persons[one.case.applicant_id], unions[one.case.union_id]) for one in waiting}


def _named(key: Any, name: Any, wanted: set[int]) -> sa.Select[int, str]:
    return sa.select(key, name).where(key.in_(wanted))
