"""For whom is a visit sheet printed? A unit, a day, who goes, and households that are due, ticked or searched for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.accounts.queries import get_union, list_unions
from relief.domain.permissions import Actor
from relief.domain.visit_codes import VisitKind
from relief.households.search import search
from relief.visits import sheet_queries, sheets
from relief.visits.given import VisitorGiven
from relief.visits.routes import blueprint
from relief.visits.sheet_forms import COMPANIONS, NewSheetForm
from relief.visits.sheet_models import VisitSheet
from relief.visits.sheet_queries import DueHousehold
from relief.visits.visitors import list_visitors_of
from relief.web.access import actor, requires
from relief.web.forms import answer


@blueprint.route("/visits/sheets/new", methods=["GET", "POST"])
@requires("visit.write")
def new_sheet() -> ResponseReturnValue:
    """A new sheet; `household` in the address ticks those that were ticked on a list before."""
    by = actor()
    unit = _unit(by)
    candidates = _candidates(unit, by)
    form = _form(unit, candidates, by)
    if request.method == "POST" and "look" in request.form:
        return _page(form, candidates)

    def then(sheet: VisitSheet) -> str:
        ready = _("Sheet %(code)s is ready. Print it, take it along, and type it here afterwards.", code=sheet.code)
        flash(ready, "good")
        return url_for("visits.type_sheet", code=sheet.code)

    return answer(form, lambda: _make(form, by), then=then, page=lambda: _page(form, candidates))


def _page(form: NewSheetForm, candidates: Sequence[DueHousehold]) -> str:
    ticked = {int(one) for one in form.households.data or []}
    return render_template(
        "visits/new_sheet.html", form=form, candidates=candidates, ticked=ticked,
        others=[form[name].form for name in COMPANIONS],
    )  # fmt: skip


def _unit(by: Actor) -> int:
    """The unit that is chosen, or one's own; NotYours for another one."""
    asked = request.form.get("union_id", type=int) or request.args.get("unit", type=int) or by.union_id
    return get_union(asked or 0, by=by).id


def _candidates(unit: int, by: Actor) -> list[DueHousehold]:
    """Those ticked, those found, those due; each once."""
    ticked = _numbers(request.form.getlist("households") or request.args.getlist("household"))
    text = request.form.get("find", "").strip()
    found = [hit.id for hit in search(text, by=by).rows] if text else []
    listed = [*sheet_queries.list_chosen([*ticked, *found], by=by), *sheet_queries.list_candidates(unit, by=by)]
    return list({one.id: one for one in listed}.values())


def _form(unit: int, candidates: Sequence[DueHousehold], by: Actor) -> NewSheetForm:
    people = [(str(one.person_id), one.person.name) for one in list_visitors_of(unit, by=by)]
    begins: dict[str, Any] = {
        "union_id": str(unit), "on": clock.today(), "kind": VisitKind.VERIFICATION, "visitors": [str(by.person_id)],
        "households": [str(one) for one in _numbers(request.args.getlist("household"))],
    }  # fmt: skip
    return NewSheetForm(
        data=begins,
        choices={
            "union_id": [(str(union.id), union.name) for union in list_unions(by=by)], "visitors": people,
            "households": [(str(one.id), one.head) for one in candidates],
        },
    )  # fmt: skip


def _make(form: NewSheetForm, by: Actor) -> VisitSheet:
    companions = [form[name].form for name in COMPANIONS]
    visitors = [VisitorGiven(int(one)) for one in form.visitors.data]
    visitors += [
        VisitorGiven(None, one.name.data or "", one.resident_id.data or "")
        for one in companions
        if one.name.data or one.resident_id.data
    ]
    return sheets.make_sheet(
        union_id=int(form.union_id.code), on=form.on.data or clock.today(), kind=form.kind.data, visitors=visitors,
        household_ids=[int(one) for one in form.households.data], by=by,
    )  # fmt: skip


def _numbers(typed: Sequence[str]) -> list[int]:
    return [int(one) for one in typed if one.isdecimal() and one.isascii() and len(one) < 12]
