"""How is a visit logged, on a phone, in two minutes?"""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.domain.permissions import Actor
from relief.domain.visit_codes import Place
from relief.households.drafted import and_drop, drafted
from relief.households.models import Household
from relief.households.sight import get_household
from relief.visits import mending, service
from relief.visits.choosing_views import choose_household
from relief.visits.form_page import form_page, prefilled
from relief.visits.forms import PROMISES, LogForm, log_form, told_by
from relief.visits.given import Told, VisitorGiven
from relief.visits.models import Visit
from relief.visits.observations import find_last_seen
from relief.visits.routes import blueprint
from relief.visits.visitors import list_colleagues
from relief.web.access import actor, requires
from relief.web.forms import answer


@blueprint.route("/visits/new", methods=["GET", "POST"])
@requires("visit.write")
def log_visit() -> ResponseReturnValue:
    """A new visit: of the household in the address, else of one that is chosen first."""
    by, household_id = actor(), request.args.get("household", type=int)
    if household_id is None:
        return choose_household()
    household, key = get_household(household_id, by=by), f"visit-{household_id}-new"
    form, restored = _new_form(household, key, by)

    def then(visit: Visit) -> str:
        flash(_("The visit is on file."), "good")
        return url_for("visits.show_visit", visit_id=visit.id)

    return answer(
        form, and_drop(key, lambda: _log(form, household, by)), then=then,
        page=lambda: form_page(form, household, None, draft=key, restored=restored, by=by),
    )  # fmt: skip


def _new_form(household: Household, key: str, by: Actor) -> tuple[LogForm, Any]:
    me = str(by.person_id)
    people: list[tuple[str, object]] = [
        (str(user.person_id), user.person.name) for user in list_colleagues(household, by=by)
    ]
    last = find_last_seen(household.id)
    blank = Told(on=clock.today(), place=Place.HOME, seen=mending.told_in(last).seen if last else {})
    standing = prefilled(blank, by=by) | {
        "visitors": [me], "client_uuid": str(uuid.uuid4()), "kind": None, "unchanged": None,
    }  # fmt: skip
    form, restored = drafted(log_form(people, me), key, standing)
    if last is None:
        del form["unchanged"]
    return form, restored


def _log(form: Any, household: Household, by: Actor) -> Visit:
    told = told_by(form)
    return service.log_visit(
        household.id, client_uuid=form.client_uuid.data or "", kind=form.kind.data, on=told.on, place=told.place,
        visitors=_visitors(form), talked_to=told.talked_to, unchanged=told.unchanged, seen=dict(told.seen),
        needs=told.needs.items(), promises=_promises(form), next_on=told.next_on, note=told.note,
        photos=form.photos.data or [], signed_form=form.signed_form.data or [], by=by,
    )  # fmt: skip


def _visitors(form: Any) -> list[VisitorGiven]:
    other = form.other.form
    along = VisitorGiven(name=other.name.data or "", resident_id=other.resident_id.data or "")
    colleagues = [VisitorGiven(int(one)) for one in form.visitors.data]
    return [*colleagues, along] if along.name or along.resident_id else colleagues


def _promises(form: Any) -> list[tuple[str, int, Any, int]]:
    """The rows that were filled in, each with its number."""
    rows = [(form[name].form, place) for place, name in enumerate(PROMISES)]
    return [(row.text.data, int(row.owner_id.code), row.due_on.data, place) for row, place in rows if row.text.data]
