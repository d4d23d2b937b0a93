"""Which rows does a queue show first, and whose are they? Each with its case, its applicant's name and its unit's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from relief.accounts.models import Union
from relief.cases.models import Case
from relief.db import db
from relief.desk.queues import SHOWN
from relief.persons.models import Person


def first_cases(waits: sa.ColumnElement[bool], *order: Any) -> Sequence[Any]:
    """The first cases in this order: case, applicant's name, unit's short name."""
    return _first(sa.select(Case, Person.name, Union.short_name), waits, order)


def first_of(model: Any, waits: sa.ColumnElement[bool], *order: Any) -> Sequence[Any]:
    """The first rows of a table that names a case (`case_id`): row, case, applicant's name, unit's short name."""
    rows = sa.select(model, Case, Person.name, Union.short_name).join(Case, Case.id == model.case_id)
    return _first(rows, waits, order)


def _first(rows: Any, waits: sa.ColumnElement[bool], order: tuple[Any, ...]) -> Sequence[Any]:
    people = rows.join(Person, Person.id == Case.applicant_id).join(Union, Union.id == Case.union_id)
    return db.session.execute(people.where(waits).order_by(*order).limit(SHOWN)).all()
