"""Which papers can be printed from a household's page? The rooms that make them offer the links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.households.models import Household


@dataclass(frozen=True)
class Print:
    """A paper: its name, and the address that answers with it."""

    label: Sentence
    url: str


Offer = Callable[[Household, Actor], list[Print]]
_offers: list[Offer] = []


def register(offer: Offer) -> None:
    """Let a room offer papers: `offer(household, by)`; registering it again changes nothing."""
    if offer not in _offers:
        _offers.append(offer)


def list_prints(household: Household, *, by: Actor) -> list[Print]:
    """The papers of all rooms for this household and actor."""
    return [one for offer in _offers for one in offer(household, by)]
