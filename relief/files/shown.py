"""How does a page list papers? Each with its label, size, whether it is a photo, and whether it may be removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from relief.db import db
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.files.kinds import KINDS, SUBJECTS
from relief.files.models import Attachment, Blob


@dataclass(frozen=True)
class ShownPaper:
    """One attached paper as `files/papers.html` prints it."""

    id: int
    label: Sentence
    added_at: datetime
    size: int
    is_photo: bool
    may_remove: bool


def shown_papers(papers: Sequence[Attachment], *, by: Actor) -> list[ShownPaper]:
    """These papers for the screen, in their order; one statement."""
    wanted = {paper.sha256 for paper in papers}
    kept = {one.sha256: one for one in db.session.scalars(sa.select(Blob).where(Blob.sha256.in_(wanted)))}
    return [_shown(paper, kept[paper.sha256], by) for paper in papers]


def _shown(paper: Attachment, blob: Blob, by: Actor) -> ShownPaper:
    may_remove = any(by.can(name) for name in SUBJECTS[paper.subject].write)
    is_photo = blob.media_type.startswith("image/")
    return ShownPaper(paper.id, KINDS[paper.kind], paper.added_at, blob.size, is_photo, may_remove)
