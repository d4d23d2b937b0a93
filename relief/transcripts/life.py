"""What do paper decisions add to the page of a case or list? The one that waits, and the way to write one over."""

from __future__ import annotations

from flask import url_for

from relief.cases import besides
from relief.cases.besides import Beside
from relief.cases.models import Case
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import sentence
from relief.lists import besides as list_besides
from relief.lists.service.stepping import waiting_rows
from relief.transcripts.choosing import open_verbs
from relief.transcripts.covering import LIST_VERBS
from relief.transcripts.queries import find_waiting, find_waiting_on_list, step_label
from relief.windows.models import AidList


def tell(case: Case, by: Actor) -> list[Beside]:
    """What waits, for everybody who reads the case; the form, for those who write papers over."""
    if not by.sees(case.union_id):
        return []
    waiting = find_waiting(case)
    if waiting is not None:
        may_open = by.can("transcript.write") or by.can("transcript.compare")
        url = url_for("transcripts.show", transcript_id=waiting.id) if may_open else ""
        text = sentence("A decision on paper waits to be compared: %(step)s.", step=step_label(waiting.verb))
        return [Beside(label("Open the decision on paper"), url, text)]
    if not by.can("transcript.write") or not open_verbs(case):
        return []
    return [Beside(label("Write over a decision made on paper"), url_for("transcripts.choose", case_id=case.id))]


def tell_list(aid_list: AidList, by: Actor) -> list[Beside]:
    """A paper about the list that waits, and the steps of the list that may be written over."""
    if not by.can("transcript.write") and not by.can("transcript.compare"):
        return []
    waiting = find_waiting_on_list(aid_list.id)
    if waiting is not None:
        text = sentence("A decision on paper waits to be compared: %(step)s.", step=step_label(waiting.verb))
        url = url_for("transcripts.show", transcript_id=waiting.id)
        return [Beside(label("Open the decision on paper"), url, text)]
    if not by.can("transcript.write"):
        return []
    return [
        Beside(sentence("Write over on paper: %(step)s", step=step_label(verb)),
               url_for("transcripts.write_over_list", list_id=aid_list.id, verb=verb))
        for verb in LIST_VERBS if waiting_rows([aid_list.id], verb)
    ]  # fmt: skip


besides.register(tell)
list_besides.register(tell_list)
