"""What can be begun from a household's page? Rooms above households offer their buttons: log a visit, open a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.households.models import Household


@dataclass(frozen=True)
class Action:
    """A button: its words, its address, and why it cannot be pressed (None when it can)."""

    label: Sentence
    url: str
    why_not: Sentence | None = None


Offer = Callable[[Household, Actor], list[Action]]
_offers: list[Offer] = []


def register(offer: Offer) -> None:
    """Let a room offer buttons: `offer(household, by)`; registering it again changes nothing."""
    if offer not in _offers:
        _offers.append(offer)


def list_actions(household: Household, *, by: Actor) -> list[Action]:
    """The buttons of all rooms for this household and actor, in the order of the rooms."""
    return [action for offer in _offers for action in offer(household, by)]
