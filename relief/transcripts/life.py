"""What do paper decisions add to a case's page? The one that waits to be compared, and the way to write one over."""

from __future__ import annotations

from flask import url_for

from relief.cases import besides
from relief.cases.besides import Beside
from relief.cases.models import Case
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import sentence
from relief.transcripts.choosing import open_verbs
from relief.transcripts.queries import find_waiting, step_label


def tell(case: Case, by: Actor) -> list[Beside]:
    """What waits, for everybody who reads the case; the form, for those who write papers over."""
    if not by.sees(case.union_id):
        return []
    waiting = find_waiting(case.id)
    if waiting is not None:
        may_open = by.can("transcript.write") or by.can("transcript.compare")
        url = url_for("transcripts.show", transcript_id=waiting.id) if may_open else ""
        text = sentence("A decision on paper waits to be compared: %(step)s.", step=step_label(waiting.verb))
        return [Beside(label("Open the decision on paper"), url, text)]
    if not by.can("transcript.write") or not open_verbs(case):
        return []
    return [Beside(label("Write over a decision made on paper"), url_for("transcripts.choose", case_id=case.id))]


besides.register(tell)
