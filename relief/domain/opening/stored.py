"""How does a kept award wait until it is taken over? As plain JSON data that gives the same award back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from relief.domain.money import Money
from relief.domain.opening.rows import AwardRow


def award_as_data(award: AwardRow) -> dict[str, Any]:
    """Plain JSON data: the amount in fen, the day in ISO form."""
    plain = {field.name: getattr(award, field.name) for field in fields(award)}
    return plain | {"amount": award.amount.fen, "on": award.on.isoformat()}


def award_from_data(data: Mapping[str, Any]) -> AwardRow:
    """The award that `award_as_data` wrote."""
    typed = {"amount": Money(data["amount"]), "on": date.fromisoformat(data["on"])}
    return AwardRow(**{**data, **typed})
