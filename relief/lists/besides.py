"""What else do rooms above lists say and offer on a list's page? They register a provider when they are loaded."""

from __future__ import annotations

from collections.abc import Callable

from relief.cases.besides import Beside
from relief.domain.permissions import Actor
from relief.windows.models import AidList

Provider = Callable[[AidList, Actor], list[Beside]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let a room add to the page: `provider(aid_list, by)`; registering it again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def list_besides(aid_list: AidList, *, by: Actor) -> list[Beside]:
    """What all rooms above add, in the order of the rooms."""
    return [one for provider in _providers for one in provider(aid_list, by)]
