"""How does a window stand? Its lists by unit with rows and sums, last year beside them, and the rows of one list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.cases.models import Case, ChainLevel
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.money import ZERO, Money, total
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import BEFORE_MONEY, CASE_STEPS, WITHOUT_AID, State
from relief.funds.queries import FundStanding, list_standings
from relief.households.models import Household, Member
from relief.lists.last_year import code_before, last_year_of, year_before
from relief.opening.models import PastAward
from relief.persons.models import Person
from relief.policies.models import PolicyVersion
from relief.policies.queries import policy_of
from relief.windows.models import AidList, AidWindow, LeftOut

APPLICANT, UNIT, CATEGORY, MEMBERS, AMOUNT = "applicant", "unit", "category", "members", "amount"


@dataclass
class UnitLine:
    """A unit's list in a window: rows and sums by state, and what the unit got in the window before."""

    list_id: int
    number: str
    union_id: int
    unit: str
    rows: dict[str, int] = field(default_factory=dict)
    sums: dict[str, Money] = field(default_factory=dict)
    lifted: int = 0
    left_out: int = 0
    last_rows: int = 0
    last_sum: Money = ZERO

    @property
    def count(self) -> int:
        return sum(self.rows.values())

    @property
    def amount(self) -> Money:
        return total(self.sums.values())

    @property
    def furthest_behind(self) -> State | None:
        """The state of the rows that wait longest on the road."""
        return next((state for state in State if self.rows.get(state)), None)


@dataclass(frozen=True)
class Row:
    """One row of a list as a table shows it."""

    id: int
    version: int
    number: str
    applicant: str
    household_id: int
    unit: str
    category: str | None
    members: int
    state: str
    lifted: bool
    objection: bool
    on_hold: bool
    amount: Money
    last_year: Money | None = None
    oddities: tuple[Sentence, ...] = ()

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def turn(self) -> str:
        """The permission of whoever's turn the row is, and who may lift it out or put it back; empty once decided."""
        turns = (step.permission for step in CASE_STEPS if step.verb == "lift_out" and self.state in step.leaves)
        return next(turns, "")

    @property
    def may_be_lifted(self) -> bool:
        """Whether the row is on its way to a decision, past its own unit's desk."""
        return self.state in BEFORE_MONEY and not self.is_draft


class Brief(NamedTuple):
    """A row of a list before it is shown."""

    id: int
    household_id: int
    amount: Money


def unit_lines(window: AidWindow, *, by: Actor) -> list[UnitLine]:
    """The lists of the window within the actor's subtree, by unit."""
    by.require("case.read")
    lines = _lines(window, by)
    _add_rows(lines)
    _add_left_out(lines)
    _add_last_year(window, lines)
    return sorted(lines.values(), key=lambda line: line.unit)


def units_without_list(window: AidWindow, *, by: Actor) -> Sequence[Union]:
    """The units with open files that have no list yet."""
    made = sa.select(AidList.union_id).where(AidList.window_id == window.id)
    filed = sa.select(Household.union_id).where(Household.status == "active")
    statement = sa.select(Union).where(Union.id.not_in(made), Union.id.in_(filed), within(Union.id, by))
    return db.session.scalars(statement.order_by(Union.id)).all()


def list_rows(case_ids: Iterable[int], window: AidWindow) -> list[Row]:
    """These rows as a table shows them, the last year's award beside each."""
    wanted = list(case_ids)
    size = sa.select(sa.func.count()).where(Member.household_id == Case.household_id, Member.until.is_(None))
    found: Sequence[Any] = db.session.execute(
        sa.select(
            Case.id, Case.version, Case.number, Person.name.label(APPLICANT), Case.household_id,
            Union.short_name.label(UNIT),
            sa.func.coalesce(Household.assessed_category, Household.declared_category).label(CATEGORY),
            size.scalar_subquery().label(MEMBERS),
            Case.state, Case.lifted, Case.objection, Case.on_hold,
            sa.func.coalesce(Case.approved, Case.proposed, 0).label(AMOUNT),
        )
        .join(Person, Person.id == Case.applicant_id)
        .join(Household, Household.id == Case.household_id)
        .join(Union, Union.id == Case.union_id)
        .where(Case.id.in_(wanted))
        .order_by(Union.short_name, Case.id)
    ).all()  # fmt: skip
    before = last_year_of([row.household_id for row in found], window)
    return [
        Row(**{**row._mapping, "amount": money_of(row.amount), "last_year": before.get(row.household_id)})
        for row in found
    ]


def row_ids(list_id: int) -> list[int]:
    """Every row of a list, ended ones too."""
    return list(db.session.scalars(sa.select(Case.id).where(Case.list_id == list_id).order_by(Case.id)))


def rows_named(list_id: int, names: Iterable[str]) -> list[int]:
    """The rows whose numbers a form or an address names, each once; NotYours for one that is not of the list."""
    of_list = {str(case_id): case_id for case_id in row_ids(list_id)}
    named = dict.fromkeys(names)
    if not named.keys() <= of_list.keys():
        raise NotYours
    return [of_list[name] for name in named]


def states_of(case_ids: Sequence[int]) -> set[str]:
    """The states in which these rows are."""
    return set(db.session.scalars(sa.select(Case.state).where(Case.id.in_(case_ids)).distinct()))


def running_rows(list_ids: Sequence[int]) -> list[int]:
    """The rows of these lists that have not ended."""
    statement = sa.select(Case.id).where(Case.list_id.in_(list_ids), Case.state.not_in(WITHOUT_AID))
    return list(db.session.scalars(statement.order_by(Case.id)))


def brief_rows(case_ids: Iterable[int]) -> list[Brief]:
    """These rows with what decides whether they want a second look, by their numbers."""
    amount = sa.func.coalesce(Case.approved, Case.proposed, 0)
    wanted = sa.select(Case.id, Case.household_id, amount).where(Case.id.in_(list(case_ids))).order_by(Case.id)
    return [Brief(case_id, household_id, money_of(fen)) for case_id, household_id, fen in db.session.execute(wanted)]


def count_left_out(list_id: int) -> int:
    """How many are left out."""
    return db.session.scalar(sa.select(sa.func.count()).where(LeftOut.list_id == list_id)) or 0


def list_left_out(list_id: int, most: int | None = None) -> list[tuple[LeftOut, str, Sentence]]:
    """Who is left out (the first `most` of them), with the name of the head and the sentence why."""
    rows = db.session.execute(
        sa.select(LeftOut, Person.name)
        .join(Household, Household.id == LeftOut.household_id)
        .join(Person, Person.id == Household.head_id)
        .where(LeftOut.list_id == list_id)
        .order_by(LeftOut.by_hand.desc(), LeftOut.id)
        .limit(most)
    )
    return [(left, name, Sentence.from_data(left.why)) for left, name in rows]


def needs_meeting(case_ids: Sequence[int]) -> bool:
    """Whether the open level of one of these rows wants the office meeting behind it."""
    asked = sa.select(ChainLevel.id).join(Case, Case.id == ChainLevel.case_id).where(
        ChainLevel.case_id.in_(case_ids), ChainLevel.level == Case.level, ChainLevel.dropped_at.is_(None),
        ChainLevel.needs_meeting,
    )  # fmt: skip
    return db.session.scalar(asked.limit(1)) is not None


def paying_funds(window: AidWindow) -> list[FundStanding]:
    """The funds that the window's policy lets pay, in its order, each with its balance."""
    allowed = policy_of(db.session.get_one(PolicyVersion, window.policy_id)).funds
    by_code = {one.fund.code: one for one in list_standings()}
    return [by_code[code] for code in allowed if code in by_code]


def money_of(value: object) -> Money:
    """An amount that a database function gave."""
    return value if isinstance(value, Money) else Money(int(value or 0))  # type: ignore[call-overload]


def _lines(window: AidWindow, by: Actor) -> dict[int, UnitLine]:
    rows = db.session.execute(
        sa.select(AidList.id, AidList.number, AidList.union_id, Union.short_name)
        .join(Union, Union.id == AidList.union_id)
        .where(AidList.window_id == window.id, within(AidList.union_id, by))
    )
    return {row.id: UnitLine(*row) for row in rows}


def _add_rows(lines: dict[int, UnitLine]) -> None:
    rows = db.session.execute(
        sa.select(
            Case.list_id, Case.state, sa.func.count(), sa.func.sum(sa.func.coalesce(Case.approved, Case.proposed, 0)),
            sa.func.sum(sa.cast(Case.lifted, sa.Integer)),
        )
        .where(Case.list_id.in_(lines), Case.state.not_in(WITHOUT_AID))
        .group_by(Case.list_id, Case.state)
    )  # fmt: skip
    for list_id, state, count, amount, lifted in rows:
        line = lines[list_id or 0]
        line.rows[state], line.sums[state] = count, money_of(amount)
        line.lifted += int(lifted or 0)


def _add_left_out(lines: dict[int, UnitLine]) -> None:
    rows = db.session.execute(
        sa.select(LeftOut.list_id, sa.func.count()).where(LeftOut.list_id.in_(lines)).group_by(LeftOut.list_id)
    )
    for list_id, count in rows:
        lines[list_id].left_out = count


def _add_last_year(window: AidWindow, lines: dict[int, UnitLine]) -> None:
    before = sa.select(AidWindow.id).where(AidWindow.kind == window.kind, AidWindow.code == code_before(window))
    of_cases = db.session.execute(
        sa.select(Case.union_id, sa.func.count(), sa.func.sum(Case.approved))
        .where(Case.window_id.in_(before), Case.approved.is_not(None), Case.state.not_in(WITHOUT_AID))
        .group_by(Case.union_id)
    ).all()
    since, until = year_before(window)
    of_past = db.session.execute(
        sa.select(PastAward.union_id, sa.func.count(), sa.func.sum(PastAward.amount))
        .where(PastAward.kind == window.kind, PastAward.on.between(since, until))
        .group_by(PastAward.union_id)
    ).all()
    by_unit = {line.union_id: line for line in lines.values()}
    for union_id, count, amount in [*of_cases, *of_past]:
        if union_id in by_unit:
            by_unit[union_id].last_rows += count
            by_unit[union_id].last_sum += money_of(amount)
