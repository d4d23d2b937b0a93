"""What else do rooms above cases say and offer on a case's page? They register a provider when they are loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from relief.cases.models import Case
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence


@dataclass(frozen=True)
class Beside:
    """A way on that is no step of the case; with `text` it is told above the buttons, in that tone."""

    label: Sentence
    url: str
    text: Sentence | None = None
    tone: str = "warn"


Provider = Callable[[Case, Actor], list[Beside]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let a room add to the page: `provider(case, by)`; registering it again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def list_besides(case: Case, *, by: Actor) -> list[Beside]:
    """What all rooms above add, in the order of the rooms."""
    return [one for provider in _providers for one in provider(case, by)]
