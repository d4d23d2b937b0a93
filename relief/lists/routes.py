"""Under which name are the room's pages registered? One blueprint, filled by the view files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from relief.domain.aid import find_kind
from relief.domain.aid.kind import Window
from relief.domain.household import Category
from relief.domain.labels import label
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import STATE_LABELS, State
from relief.windows.models import AidWindow

blueprint = Blueprint("lists", __name__)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {
        "kind_of": find_kind, "category_words": category_words, "state_label": state_label,
        "window_words": window_words,
    }  # fmt: skip


def window_words(window: AidWindow | Window) -> Sentence:
    """What a window is called: the year of its award and its season."""
    name = window.name if isinstance(window.name, Sentence) else label(window.name)
    return sentence("%(year)s %(season)s", year=str(window.award_year), season=name)


def category_words(code: str | None) -> Sentence | str:
    """What a category is called; empty for none."""
    return Category(code).label if code else ""


def state_label(code: str) -> Sentence:
    """What a state of a case is called."""
    return STATE_LABELS[State(code)]
