"""What can be begun from a household's page? Rooms above households offer their buttons: log a visit, open a case."""

from __future__ import annotations

from dataclasses import dataclass

from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.households.models import Household
from relief.providers import Adding


@dataclass(frozen=True)
class Action:
    """A button: its words, its address, and why it cannot be pressed (None when it can)."""

    label: Sentence
    url: str
    why_not: Sentence | None = None


_offers: Adding[[Household, Actor], Action] = Adding()
register = _offers.register


def list_actions(household: Household, *, by: Actor) -> list[Action]:
    """The buttons of all rooms for this household and actor, in the order of the rooms."""
    return _offers.all(household, by)
