"""What else do rooms above cases say and offer on a case's page? They register a provider when they are loaded."""

from __future__ import annotations

from dataclasses import dataclass

from relief.cases.models import Case
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.providers import Adding


@dataclass(frozen=True)
class Beside:
    """A way on that is no step of the case; with `text` it is told above the buttons, in that tone."""

    label: Sentence
    url: str
    text: Sentence | None = None
    tone: str = "warn"


_providers: Adding[[Case, Actor], Beside] = Adding()
register = _providers.register


def list_besides(case: Case, *, by: Actor) -> list[Beside]:
    """What all rooms above add, in the order of the rooms."""
    return _providers.all(case, by)
