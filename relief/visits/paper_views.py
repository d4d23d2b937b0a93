"""How are the papers of a file and the record of a visit printed? As PDF, from what is on file already."""

from __future__ import annotations

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from relief.domain.permissions import Actor
from relief.households import prints
from relief.households.models import Household
from relief.households.prints import Print
from relief.households.sight import get_household
from relief.visits.file_papers import NAMES, file_document
from relief.visits.queries import get_visit
from relief.visits.routes import blueprint
from relief.visits.visit_papers import visit_document
from relief.web.access import actor, requires
from relief.web.downloads import download
from relief.web.sentences import words

PDF = "application/pdf"


@blueprint.get("/households/<int:household_id>/prints/<kind>")
@requires("household.read")
def print_file_paper(household_id: int, kind: str) -> ResponseReturnValue:
    """A paper of the file, filled in as far as the file goes."""
    if kind not in NAMES:
        abort(404)
    household = get_household(household_id, by=actor())
    content = file_document(household.id, kind, by=actor())
    return download(content, PDF, f"{household.number}-{words(NAMES[kind])}.pdf")


@blueprint.get("/visits/<int:visit_id>/print")
@requires("visit.read")
def print_visit(visit_id: int) -> ResponseReturnValue:
    """The record of a visit, for the file and the signatures."""
    visit = get_visit(visit_id, by=actor())
    return download(visit_document(visit_id, by=actor()), PDF, f"{visit.household.number}-{visit.on:%Y%m%d}.pdf")


def offer(household: Household, by: Actor) -> list[Print]:
    """The papers of the file, for whoever reads it."""
    if not by.can("household.read"):
        return []
    return [
        Print(name, url_for("visits.print_file_paper", household_id=household.id, kind=kind))
        for kind, name in NAMES.items()
    ]


prints.register(offer)
