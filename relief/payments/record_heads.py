"""Which sheets bear witness that the record was cut? Each keeps the head that the record had at its release."""

from __future__ import annotations

import sqlalchemy as sa

from relief.audit.queries import had_head
from relief.db import db
from relief.domain.sentences import Sentence, sentence
from relief.payments.models import Sheet


def find_cut() -> Sentence | None:
    """What is wrong with the first released sheet whose head the record never had; None when all of them fit."""
    released = sa.select(Sheet.number, Sheet.record_head, Sheet.released_at).where(Sheet.released_at.is_not(None))
    for number, head, at in db.session.execute(released.order_by(Sheet.released_at, Sheet.id)):
        if at is not None and (head is None or not had_head(head, at)):
            return sentence(
                "The record was cut: its head at the release of sheet %(number)s is not in it any more.",
                number=number or "",
            )  # fmt: skip
    return None
