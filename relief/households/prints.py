"""Which papers can be printed from a household's page? The rooms that make them offer the links."""

from __future__ import annotations

from dataclasses import dataclass

from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.households.models import Household
from relief.providers import Adding


@dataclass(frozen=True)
class Print:
    """A paper: its name, and the address that answers with it."""

    label: Sentence
    url: str


_offers: Adding[[Household, Actor], Print] = Adding()
register = _offers.register


def list_prints(household: Household, *, by: Actor) -> list[Print]:
    """The papers of all rooms for this household and actor."""
    return _offers.all(household, by)
