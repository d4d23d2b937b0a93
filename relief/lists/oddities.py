"""Which rows want a second look? Asked once for all rows of a window, in a handful of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import sqlalchemy as sa

from relief.cases.models import CaseStep, Objection
from relief.db import db
from relief.domain.labels import label
from relief.domain.money import ZERO
from relief.domain.sentences import Sentence, sentence
from relief.households.models import Account, Member
from relief.lists.queries import Brief, Row, brief_rows, list_rows, money_of
from relief.persons.models import DeclaredRelative
from relief.web.paging import Ask, Page, page_of
from relief.windows.models import AidWindow

Pairs = Iterable[tuple[int, Sentence]]


def oddities_of(case_ids: Sequence[int]) -> dict[int, tuple[Sentence, ...]]:
    """What is odd about which of these rows; those with nothing odd are not in it."""
    rows = brief_rows(case_ids) if case_ids else []
    found: dict[int, list[Sentence]] = defaultdict(list)
    for look in (_lowered, _shared_cards, _doubtful_cards, _objected, _sent_back, _near_to_staff):
        for case_id, why in look(rows) if rows else ():
            found[case_id].append(why)
    return {case_id: tuple(whys) for case_id, whys in found.items()}


def odd_rows(case_ids: Sequence[int], window: AidWindow, most: int | None = None) -> tuple[list[Row], int]:
    """Those of these rows that want a second look (the first `most` of them), as a table shows them; and how many."""
    odd = oddities_of(case_ids)
    return [replace(row, oddities=odd[row.id]) for row in list_rows(sorted(odd)[:most], window)], len(odd)


def marked(rows: Sequence[Row]) -> list[Row]:
    """The rows with what is odd about each; first those that are odd."""
    odd = oddities_of([row.id for row in rows])
    shown = [replace(row, oddities=odd.get(row.id, ())) for row in rows]
    return sorted(shown, key=lambda row: not row.oddities)


def page_of_rows(case_ids: Sequence[int], window: AidWindow, ask: Ask) -> Page[Row]:
    """A page of these rows, the odd ones first; only the rows of the page are read in full."""
    odd = oddities_of(case_ids)
    keys = sorted((0 if case_id in odd else 1, case_id) for case_id in case_ids)
    key = ask.key if ask.key and all(isinstance(one, int) for one in ask.key) else None
    if ask.backwards and key:
        keys = [one for one in reversed(keys) if one < key]
    elif key:
        keys = [one for one in keys if one > key]
    page = page_of(keys[: ask.size + 1], ask, lambda one: one)
    place = {case_id: number for number, (_clean, case_id) in enumerate(page.rows)}
    shown = [replace(row, oddities=odd.get(row.id, ())) for row in list_rows(place, window)]
    return Page(sorted(shown, key=lambda row: place[row.id]), page.next_key, page.previous_key)


def _ids(rows: Sequence[Brief]) -> list[int]:
    return [row.id for row in rows]


def _lowered(rows: Sequence[Brief]) -> Pairs:
    """Less than the unit's own opinion or the standard of its like: a limit or a decision lowered it."""
    found = db.session.execute(
        sa.select(CaseStep.case_id, sa.func.max(CaseStep.amount))
        .where(CaseStep.case_id.in_(_ids(rows)), CaseStep.amount.is_not(None))
        .group_by(CaseStep.case_id)
    )
    most = {case_id: money_of(amount) for case_id, amount in found}
    return [
        (row.id, sentence("Lowered from %(amount)s", amount=most[row.id]))
        for row in rows if most.get(row.id, ZERO) > row.amount
    ]  # fmt: skip


def _shared_cards(rows: Sequence[Brief]) -> Pairs:
    """One card for several households."""
    mine = sa.select(Account.number_index).where(
        Account.household_id.in_([row.household_id for row in rows]), Account.state == "active"
    )
    shared = (
        sa.select(Account.number_index)
        .where(Account.state == "active", Account.number_index.in_(mine))
        .group_by(Account.number_index)
        .having(sa.func.count() > 1)
    )
    return _with_account(rows, Account.number_index.in_(shared), label("Shares its card with another household"))


def _doubtful_cards(rows: Sequence[Brief]) -> Pairs:
    return _with_account(rows, Account.passes_luhn.is_(False), label("The card number fails its check"))


def _with_account(rows: Sequence[Brief], condition: sa.ColumnElement[bool], why: Sentence) -> Pairs:
    households = set(
        db.session.scalars(
            sa.select(Account.household_id).where(
                Account.household_id.in_([row.household_id for row in rows]), Account.state == "active", condition
            )
        )
    )
    return [(row.id, why) for row in rows if row.household_id in households]


def _objected(rows: Sequence[Brief]) -> Pairs:
    found = set(db.session.scalars(sa.select(Objection.case_id).where(Objection.case_id.in_(_ids(rows)))))
    return [(case_id, label("An objection was raised")) for case_id in found]


def _sent_back(rows: Sequence[Brief]) -> Pairs:
    found = set(
        db.session.scalars(
            sa.select(CaseStep.case_id).where(CaseStep.case_id.in_(_ids(rows)), CaseStep.verb == "send_back")
        )
    )
    return [(case_id, label("Was sent back before")) for case_id in found]


def _near_to_staff(rows: Sequence[Brief]) -> Pairs:
    """A member declared to be near to somebody of the staff."""
    declared = sa.select(DeclaredRelative.relative_id)
    households = set(
        db.session.scalars(
            sa.select(Member.household_id).where(
                Member.household_id.in_([row.household_id for row in rows]), Member.until.is_(None),
                Member.person_id.in_(declared),
            )
        )
    )  # fmt: skip
    return [(row.id, label("Near to somebody of the staff")) for row in rows if row.household_id in households]
