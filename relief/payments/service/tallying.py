"""How do the tallies follow the payments? They rise when money arrives, fall when it comes back, and are recounted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from relief.cases.models import Case, Instalment
from relief.db import add_up, db, transaction
from relief.domain.month import Month
from relief.domain.waiting import working_days_waited
from relief.domain.workflow import PaymentState
from relief.payments.models import Payment
from relief.payments.tally_models import PaidTally, WaitTally
from relief.policies.queries import load_calendar

AT_ONCE = 1_000

Cell = tuple[Any, ...]  # the primary key of a tally's row
Counts = dict[Cell, list[int]]  # what stands, or is to be added, in the row


def tally_arrived(payments: Sequence[Payment]) -> None:
    """Count payments that have just arrived, their day written and flushed."""
    _tally(payments, 1)


def tally_returned(payments: Sequence[Payment]) -> None:
    """Take payments that had arrived out of the count, while they still carry the day on which they did."""
    _tally(payments, -1)


def recount() -> int:
    """Count all anew, as after a change of the calendar; how many rows of the tallies were otherwise before."""
    with transaction() as session:
        if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time
            session.execute(sa.text("LOCK TABLE paid_tally, wait_tally IN EXCLUSIVE MODE"))
        wrong = 0
        for table, counts in zip((PaidTally, WaitTally), _counted(_all_arrived()), strict=True):
            wrong += _correct(table, counts)
        return wrong


def _tally(payments: Sequence[Payment], sign: int) -> None:
    ids = [payment.id for payment in payments]
    for start in range(0, len(ids), AT_ONCE):
        arrived = db.session.execute(_arrived().where(Payment.id.in_(ids[start : start + AT_ONCE])))
        for table, counts in zip((PaidTally, WaitTally), _counted(arrived), strict=True):
            add_up(table, {cell: [sign * count for count in counts[cell]] for cell in counts})


def _arrived() -> Any:
    return (
        sa.select(
            Payment.settled_on, Payment.union_id, Case.kind, sa.type_coerce(Payment.amount, sa.BigInteger),
            Instalment.number, Case.need_on,
        )
        .join(Case, Case.id == Payment.case_id)
        .join(Instalment, Instalment.id == Payment.instalment_id)
    )  # fmt: skip


def _all_arrived() -> Iterator[Any]:
    rows = db.session.execute(_arrived().where(Payment.state == PaymentState.SUCCEEDED))
    for part in rows.partitions(AT_ONCE):
        yield from part


def _counted(arrived: Iterable[Any]) -> tuple[Counts, Counts]:
    """What belongs into each row of both tallies."""
    paid: Counts = {}
    waited: Counts = {}
    calendar = load_calendar()

    @cache
    def days(need_on: date, on: date) -> int:
        return working_days_waited(need_on, on, calendar)

    for on, union_id, kind, fen, number, need_on in arrived:
        place = (str(Month.of(on)), union_id, kind)
        _add(paid, place, 1, fen)
        if number == 1:
            _add(waited, (*place, days(need_on, on)), 1)
    return paid, waited


def _add(counts: Counts, cell: Cell, *more: int) -> None:
    counts[cell] = [one + other for one, other in zip(counts.get(cell, [0] * len(more)), more, strict=True)]


def _correct(table: type[Any], counts: Mapping[Cell, list[int]]) -> int:
    """Make the tally hold these counts and nothing else."""
    columns = table.__table__.columns
    keys = len(table.__table__.primary_key.columns)
    stands = {
        tuple(row[:keys]): list(row[keys:])
        for row in db.session.execute(sa.select(*(sa.type_coerce(one, _plain(one)) for one in columns)))
    }
    empty = [0] * (len(columns) - keys)
    missing = {
        cell: [one - other for one, other in zip(counts.get(cell, empty), stands.get(cell, empty), strict=True)]
        for cell in stands.keys() | counts.keys()
    }
    wrong = {cell: more for cell, more in missing.items() if more != empty}
    add_up(table, wrong)
    return len(wrong)


def _plain(column: sa.Column[Any]) -> Any:
    return sa.BigInteger() if column.name == "amount" else column.type
