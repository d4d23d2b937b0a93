"""What else do rooms above lists say and offer on a list's page? They register a provider when they are loaded."""

from __future__ import annotations

from relief.cases.besides import Beside
from relief.domain.permissions import Actor
from relief.providers import Adding
from relief.windows.models import AidList

_providers: Adding[[AidList, Actor], Beside] = Adding()
register = _providers.register


def list_besides(aid_list: AidList, *, by: Actor) -> list[Beside]:
    """What all rooms above add, in the order of the rooms."""
    return _providers.all(aid_list, by)
