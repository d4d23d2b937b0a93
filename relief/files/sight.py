"""Who sees a paper beside those whose union it belongs to? Rooms above register what they know."""

from __future__ import annotations

from collections.abc import Callable

from relief.domain.permissions import Actor
from relief.files.models import Attachment

Provider = Callable[[Attachment, Actor], bool]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let a room open single papers: `provider(paper, by)`; registering it again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def sees(paper: Attachment, by: Actor) -> bool:
    """Whether the paper is of the actor's subtree, or a room above opens it."""
    return by.sees(paper.union_id) or any(provider(paper, by) for provider in _providers)
