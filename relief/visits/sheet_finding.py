"""How is a visit sheet found from the search box? By the code that stands on the paper."""

from __future__ import annotations

from flask import url_for

from relief.domain.permissions import Actor
from relief.domain.sentences import sentence
from relief.domain.visit_codes import VisitKind
from relief.domain.visit_sheet_code import SHAPE
from relief.households import finders
from relief.households.finders import Found
from relief.visits.sheet_queries import find_sheet


def find(code: str, by: Actor) -> list[Found]:
    """The sheet with this code."""
    sheet = find_sheet(code, by=by) if by.can("visit.read") else None
    if sheet is None:
        return []
    note = sentence("%(kind)s of %(day)s", kind=VisitKind(sheet.kind).label, day=sheet.planned_on)
    name = sentence("Visit sheet %(code)s", code=sheet.code)
    return [Found(name, url_for("visits.type_sheet", code=sheet.code), note)]


finders.register(SHAPE, find)
