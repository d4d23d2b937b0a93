"""Under which name are the room's pages registered, and which words of money do the templates know?"""

from __future__ import annotations

from flask import Blueprint

from relief.domain.money import in_capitals
from relief.domain.reasons import REASONS
from relief.domain.sentences import Sentence

blueprint = Blueprint("payments", __name__)
blueprint.add_app_template_filter(in_capitals, "capitals")


@blueprint.app_template_global("reason_words")
def reason_words(family: str, code: str | None) -> Sentence | None:
    """The words of a reason code; None for none."""
    return REASONS[family].get(code or "")
