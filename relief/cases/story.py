"""What happened to a case, step by step, as its page tells it? The newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from relief.cases.models import CaseStep
from relief.cases.words import TAKEN, reason_label
from relief.domain.sentences import Sentence, sentence


@dataclass(frozen=True)
class StoryItem:
    """A step as the timeline prints it; `text` is what its taker wrote."""

    title: Sentence
    at: datetime
    by: str | None
    text: str | None
    tone: str
    icon: str
    url: None = None


def story_of(steps: Sequence[CaseStep], with_notes: bool) -> list[StoryItem]:
    """The steps for a reader; notes are left out for a role that does not read stories."""
    return [_told(step, with_notes) for step in steps]


def _told(step: CaseStep, with_notes: bool) -> StoryItem:
    _words, tone, icon = TAKEN[step.verb]
    by = step.actor if step.user_id is not None else None
    title = titled(step) if step.on_behalf_of is None else sentence("%(what)s (signed on paper)", what=titled(step))
    return StoryItem(title, step.at, by, step.note if with_notes else None, tone, icon)


def titled(step: CaseStep) -> Sentence:
    """The step that was taken, with its amount, or with its reason."""
    words = TAKEN[step.verb][0]
    if step.amount:
        return sentence("%(what)s: %(amount)s", what=words, amount=step.amount)
    why = reason_label(step.reason)
    return sentence("%(what)s: %(why)s", what=words, why=why) if why else words
