"""Who sees a paper beside those whose union it belongs to? Rooms above register what they know."""

from __future__ import annotations

from relief.domain.permissions import Actor
from relief.files.models import Attachment
from relief.providers import Providers

_providers: Providers[[Attachment, Actor], bool] = Providers()
register = _providers.register


def sees(paper: Attachment, by: Actor) -> bool:
    """Whether the paper is of the actor's subtree, or a room above opens it."""
    return by.sees(paper.union_id) or any(_providers.answers(paper, by))
