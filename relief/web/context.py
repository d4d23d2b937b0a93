"""What does every page know? Who acts, what the actor may, which day it is, whose office this is."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g

from relief import clock
from relief.domain.permissions import Role
from relief.domain.sentences import Sentence


def register(app: Flask) -> None:
    """Give the templates `actor`, `can`, `today`, `office_name` and `roles_text`."""
    app.context_processor(_known_everywhere)


def _known_everywhere() -> dict[str, Any]:
    actor = g.get("actor")
    return {
        "actor": actor,
        "can": actor.can if actor else (lambda permission: False),
        "today": clock.today(),
        "office_name": current_app.extensions["relief"].office_name,
        "large_type": bool(g.get("user") and g.user.large_type),
        "roles_text": _joined(tuple(role.label for role in Role if role in actor.roles)) if actor else None,
    }


def _joined(labels: tuple[Sentence, ...]) -> Sentence:
    return Sentence("%(labels)s", {"labels": labels})
