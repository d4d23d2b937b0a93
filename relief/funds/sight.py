"""Whose are the funds and the sheets? The bureau's: they are seen by those who see the whole tree."""

from __future__ import annotations

from relief.domain.permissions import Actor


def require_office(by: Actor) -> None:
    """Raise NotYours for an actor of a unit: money is kept by the office, one ledger for all unions."""
    by.require_sight(None)
