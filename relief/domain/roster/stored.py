"""How does a kept row wait until it is applied? As plain JSON data that gives the same row back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from relief.domain.household import Category, Cause, Heating, Relation
from relief.domain.identity import Sex
from relief.domain.money import Money
from relief.domain.roster.rows import HouseholdRow, MemberRow

_BACK: dict[str, Callable[[Any], Any]] = {
    "sex": Sex,
    "born": date.fromisoformat,
    "opened_on": date.fromisoformat,
    "income12": Money,
    "rigid": Money,
    "monthly_net": Money,
    "monthly_income": Money,
    "category": Category,
    "cause": Cause,
    "heating": Heating,
    "relation": Relation,
}


def row_as_data(row: HouseholdRow | MemberRow) -> dict[str, Any]:
    """Plain JSON data: amounts in fen, days in ISO form, codes as they are stored."""
    return {field.name: _plain(getattr(row, field.name)) for field in fields(row)}


def household_from_data(data: Mapping[str, Any]) -> HouseholdRow:
    """The household row that `row_as_data` wrote."""
    return HouseholdRow(**_typed(data))


def member_from_data(data: Mapping[str, Any]) -> MemberRow:
    """The member row that `row_as_data` wrote."""
    return MemberRow(**_typed(data))


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Cause, Category, Heating, Relation, Sex)):
        return value.value
    return value


def _typed(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _BACK[name](value) if name in _BACK and value is not None else value for name, value in data.items()}
