"""What has happened to a household? One line of life, told by every room that has a part in it.

Visits, cases and payments stand above households; each registers a teller when it is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from relief import clock
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.providers import Adding

ICONS = {
    "file": "folder", "visit": "home", "case": "clipboard-list", "payment": "cash", "death": "heart",
    "notice": "speakerphone", "voucher": "receipt", "before": "history",
}  # fmt: skip
MOST = 200


@dataclass(frozen=True)
class TimelineItem:
    """One thing that happened: when (a moment, or a day), what kind, in words, where to read on, how it stands.

    `by` names who did it, `text` is what people wrote, `tone` is one of still, waits, moves, good, bad.
    """

    at: datetime | date
    kind: str
    label: Sentence | str
    url: str | None = None
    state: Sentence | str | None = None
    by: str | None = None
    text: Sentence | str | None = None
    tone: str = "still"

    @property
    def icon(self) -> str:
        return ICONS.get(self.kind, "circle-dot")

    @property
    def is_exact(self) -> bool:
        """A moment, not only a day."""
        return isinstance(self.at, datetime)

    @property
    def is_own_words(self) -> bool:
        """Text that people wrote, in Chinese; not a sentence of the system."""
        return isinstance(self.text, str)

    @property
    def day(self) -> date:
        """The business date, by which items are ordered."""
        return clock.business_date(self.at) if isinstance(self.at, datetime) else self.at


_tellers: Adding[[int, Actor], TimelineItem] = Adding()
register = _tellers.register


def list_timeline(household_id: int, *, by: Actor) -> list[TimelineItem]:
    """Everything that the actor may see of this household's life, the newest first."""
    return sorted(_tellers.all(household_id, by), key=_when, reverse=True)[:MOST]


def _when(item: TimelineItem) -> tuple[date, bool, float]:
    return item.day, item.is_exact, item.at.timestamp() if isinstance(item.at, datetime) else 0.0
