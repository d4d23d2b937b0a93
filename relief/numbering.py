"""What is the next number of a gap-free series? Files, cases, sheets, vouchers; taken inside the verb, last."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import db


class NumberSeries(db.Model):  # type: ignore[name-defined, misc]
    """The last number of a series; a hot row, so a verb takes it as late as it can."""

    __tablename__ = "number_series"
    series: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


def next_number(series: str, count: int = 1) -> int:
    """The first of `count` new numbers. A rolled-back verb gives its numbers back, so no gap can stay."""
    postgres = db.session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if postgres else sqlite.insert
    statement = (
        insert(NumberSeries)
        .values(series=series, last=count)
        .on_conflict_do_update(index_elements=["series"], set_={"last": NumberSeries.last + count})
        .returning(NumberSeries.last)
    )
    return int(db.session.execute(statement).scalar_one()) - count + 1
