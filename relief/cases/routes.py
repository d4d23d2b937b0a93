"""Under which name are the room's pages registered? One blueprint, filled by the view files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint

from relief.domain.aid import kinds
from relief.domain.money import Money
from relief.domain.sentences import Sentence

blueprint = Blueprint("cases", __name__)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"event_words": event_words, "grade_words": grade_words}


def event_words(code: str) -> Sentence | str:
    """What an event's code is called."""
    return next((kind.events[code] for kind in kinds().values() if code in kind.events), code)


def grade_words(grade: int | None) -> Sentence | str:
    """What a grade of loss is called; empty for none."""
    return next((kind.grades[grade] for kind in kinds().values() if grade is not None and grade in kind.grades), "")


def grade_notes(grades: Mapping[int, Money]) -> dict[str, Sentence]:
    """What stands under each grade of the form: its amount."""
    return {str(grade): Sentence("%(amount)s", {"amount": amount}) for grade, amount in grades.items()}
