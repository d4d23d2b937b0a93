"""What stands before a step, and where is it mended? Gates as a task list prints them, each with its link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, url_for

from relief.cases.models import Case
from relief.cases.offers import gates_of
from relief.domain.aid.kind import CaseFacts, Gate
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import State

# Anchor of a gate → the page that mends it, and the permission that opens that page.
_HOUSEHOLD_PAGES = {
    "visits": ("visits.log_visit", "visit.write"),
    "account": ("households.set_account", "household.write"),
    "consent": ("households.record_consents", "household.write"),
}


@dataclass(frozen=True)
class ShownGate:
    """A row of the task list."""

    label: Sentence
    done: bool
    text: Sentence | None
    url: str | None


def gates_shown(case: Case, by: Actor, verb: str | None = None, known: CaseFacts | None = None) -> Sequence[ShownGate]:
    """The gates of a case (only those of `verb` when one is named), with what is missing and where to mend it."""
    gates = [gate for gate in gates_of(case, known) if verb is None or verb in gate.before]
    return [
        ShownGate(gate.label, True, None, None)
        if gate.done
        else ShownGate(gate.label, False, gate.missing, _url(gate, case, by))
        for gate in gates
    ]


def _url(gate: Gate, case: Case, by: Actor) -> str | None:
    if not by.sees(case.union_id):
        return None
    if gate.anchor == "event":
        may = by.can("case.write") and case.state == State.DRAFT
        return url_for("cases.edit", case_id=case.id) if may else None
    page, permission = _HOUSEHOLD_PAGES.get("consent" if gate.code == "consent" else gate.anchor, ("", ""))
    if page and by.can(permission) and page in current_app.view_functions:
        if page == "visits.log_visit":
            return url_for(page, household=case.household_id)
        return url_for(page, household_id=case.household_id)
    return None if page else url_for("cases.show", case_id=case.id, _anchor="papers")
