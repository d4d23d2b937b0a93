"""Which lists wait for this person? A list counts once, with the number of its rows; so does a window to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.cases.models import Case, ChainLevel
from relief.cases.passing import opinions_of
from relief.db import db
from relief.desk.queues import SHOWN, Item, Sort
from relief.domain.aid import find_kind
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import sentence
from relief.domain.workflow import State
from relief.lists.routes import window_words
from relief.windows.models import AidList, AidWindow


def is_single() -> sa.ColumnElement[bool]:
    """A case that takes its steps by itself: of no list, or lifted out of it."""
    return sa.or_(Case.list_id.is_(None), Case.lifted)


@dataclass(frozen=True)
class ManySort(Sort):
    """Cases that wait together: counted by what they share, which `column` names."""

    def counted(self, by: Actor, cap: int) -> sa.ScalarSelect[int]:
        """How many lists or windows wait, counted up to `cap`."""
        inner = sa.select(self.column).where(self.waits(by)).distinct().limit(cap).subquery()
        return sa.select(sa.func.count()).select_from(inner).scalar_subquery()


# Rows in these states wait for one page of their list; the list's own page offers the other steps.
_PAGES: dict[str, str] = {State.PAID: "/follow-up", State.FOLLOWED_UP: "/close"}


def _on_list(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.and_(
        Case.list_id.is_not(None), Case.lifted.is_(False), Case.on_hold.is_(False), Case.objection.is_(False),
        *conditions,
    )  # fmt: skip


def _rows_of_lists(by: Actor) -> sa.ColumnElement[bool]:
    states = [
        state
        for permission, state in (
            ("case.write", State.DRAFT), ("case.notice", State.OPINION_GIVEN), ("case.review", State.FORWARDED),
            ("case.follow_up", State.PAID), ("case.follow_up", State.FOLLOWED_UP),
        )
        if by.can(permission)
    ]  # fmt: skip
    mine = [sa.and_(within(Case.union_id, by), Case.state.in_(states))] if states else []
    mine += [sa.and_(Case.state == State.SUBMITTED, one) for one in opinions_of(by)]
    return _on_list(sa.or_(sa.false(), *mine))


def _rows_to_decide(by: Actor) -> sa.ColumnElement[bool]:
    open_to_me = sa.select(ChainLevel.case_id).where(
        ChainLevel.dropped_at.is_(None), ChainLevel.decided_at.is_(None), ChainLevel.level == Case.level,
        ChainLevel.case_id == Case.id, ChainLevel.role.in_([role.value for role in by.roles]),
    )  # fmt: skip
    return _on_list(within(Case.union_id, by), Case.state == State.IN_APPROVAL, open_to_me.exists())


def _groups(waits: sa.ColumnElement[bool], column: Any) -> Sequence[Any]:
    return db.session.execute(
        sa.select(
            column, Case.state, sa.func.count(), sa.func.sum(sa.func.coalesce(Case.approved, Case.proposed, 0)),
            sa.func.min(Case.due_on),
        )
        .where(waits)
        .group_by(column, Case.state)
        .order_by(sa.func.min(Case.due_on), column)
        .limit(SHOWN)
    ).all()  # fmt: skip


def _tell_lists(waits: sa.ColumnElement[bool]) -> list[Item]:
    return [_list_item(*group) for group in _groups(waits, Case.list_id)]


def _list_item(list_id: int, state: str, count: int, amount: Any, due_on: Any) -> Item:
    one = db.session.get_one(AidList, list_id)
    unit = db.session.get_one(Union, one.union_id).short_name
    url = f"/lists/{list_id}{_PAGES.get(state, '')}"
    return Item(unit, _said(one.window, state, count), url, False, due_on, _money(amount))


def _tell_windows(waits: sa.ColumnElement[bool]) -> list[Item]:
    return [_window_item(*group) for group in _groups(waits, Case.window_id)]


def _window_item(window_id: int, state: str, count: int, amount: Any, due_on: Any) -> Item:
    window = db.session.get_one(AidWindow, window_id)
    title = sentence("%(kind)s %(window)s", kind=find_kind(window.kind).name, window=window_words(window))
    text = sentence("%(state)s · rows: %(count)s", state=State(state).label, count=count)
    return Item(title, text, f"/windows/{window_id}", False, due_on, _money(amount))


def _said(window: AidWindow, state: str, count: int) -> Any:
    return sentence(
        "%(kind)s %(window)s · %(state)s · rows: %(count)s",
        kind=find_kind(window.kind).name, window=window_words(window), state=State(state).label, count=count,
    )  # fmt: skip


def _money(amount: Any) -> Money:
    return amount if isinstance(amount, Money) else Money(int(amount or 0))


LISTS = ManySort("lists", label("Lists that wait for me"), "/windows", Case.list_id, _rows_of_lists, _tell_lists)
DECISIONS = ManySort(
    "windows", label("Windows that wait for my signature"), "/windows", Case.window_id, _rows_to_decide, _tell_windows
)
