"""Under which name are the room's pages registered? One blueprint, filled by the view files."""

from __future__ import annotations

from flask import Blueprint

from relief.accounts.queries import unit_choices
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.web.filters import Filter

blueprint = Blueprint("auditing", __name__)


def units_of(by: Actor) -> Filter:
    """The filter by unit, with what lies below it."""
    return Filter("unit", label("Unit"), options=unit_choices(by=by))
