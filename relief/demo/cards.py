"""Which stories does the demo's start page tell, and where does each begin? A click signs in and opens it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from relief.audit.models import AuditEntry
from relief.db import db
from relief.domain.labels import label
from relief.domain.sentences import Sentence

LOADED = (AuditEntry.subject == "union", AuditEntry.verb == "demo.loaded")
"""The line of the record from which on visitors act; its subject is named since an index begins with it."""


@dataclass(frozen=True)
class Told:
    """A story worth reading: what happened in two sentences, and through whose eyes it is shown."""

    key: str
    player: str
    title: Sentence
    text: Sentence
    url: str = ""


STORIES = (
    Told("fire", "sun", label("A fire at night"),
         label("Paid the next day. Visit, opinion and notice followed, and the office meeting ratified it.")),
    Told("bounced", "zhou", label("A card that the bank gave back"),
         label("The transfer came back, a second person confirmed the new card, and the money went out again.")),
    Told("objected", "chen", label("Somebody objects"),
         label("A call during the notice stopped the case. The unit looked into it, and the aid went on.")),
    Told("recovered", "wang", label("A household that left hardship"),
         label("Helped after an operation, back at work, and the file is closed.")),
    Told("appealed", "liu", label("An appeal that was upheld"),
         label("Refused, asked about again, and answered by somebody who had taken no part.")),
    Told("two", "chen", label("An office of two people"),
         label("Chair and caseworker visited together, so another unit gave the opinion.")),
    Told("revoked", "feng", label("Money that had to come back"),
         label("Untrue papers: the award was revoked, part was paid back, the rest was given up with a reason.")),
)  # fmt: skip


def told_stories() -> list[Told]:
    """The stories that this demo holds, with their addresses; none where nothing was loaded."""
    newest = sa.select(AuditEntry.changes).where(*LOADED).order_by(AuditEntry.id.desc())
    urls = (db.session.scalar(newest.limit(1)) or {}).get("stories", {})
    return [Told(one.key, one.player, one.title, one.text, urls[one.key]) for one in STORIES if one.key in urls]
