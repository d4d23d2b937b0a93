"""Under which name are the room's pages registered? One blueprint, filled by the view files."""

from __future__ import annotations

from flask import Blueprint, request

from relief.accounts.queries import unit_choices
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.web.filters import Filter
from relief.web.paging import Ask

blueprint = Blueprint("auditing", __name__)


def units_of(by: Actor) -> Filter:
    """The filter by unit, with what lies below it."""
    return Filter("unit", label("Unit"), options=unit_choices(by=by))


def asked(width: int) -> Ask:
    """Which page of a list is asked for."""
    return Ask.read(request.args.get("after"), request.args.get("before"), width)
