"""What stands in and around the form of a visit? What is known already, last time, and days for one tap."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import render_template, url_for
from flask_babel import lazy_gettext as _l

from relief import clock
from relief.domain.permissions import Actor
from relief.domain.visit_codes import Aspect
from relief.domain.visiting import months_later
from relief.households.membership import list_members
from relief.households.models import Household
from relief.visits.forms import PROMISES, TellForm
from relief.visits.given import Told
from relief.visits.models import Visit
from relief.visits.observations import find_last_seen, may_read_need, readable, seen_in


def prefilled(told: Told, *, by: Actor) -> dict[str, Any]:
    """The fields of the form as they stand, as far as the actor may read them."""
    seen = {f"seen_{one.value}": text for one, text in readable(told.seen, by=by).items()}
    needs = {f"need_{one.value}": text for one, text in told.needs.items() if may_read_need(one, by=by)}
    return {
        "on": told.on, "place": told.place, "talked_to": told.talked_to, "unchanged": told.unchanged,
        "themes": list(told.needs), "note": told.note, "next_on": told.next_on, **seen, **needs,
    }  # fmt: skip


def form_page(
    form: TellForm, household: Household, visit: Visit | None, *, draft: str, restored: datetime | None, by: Actor
) -> str:
    """The page of the form, for a new visit or for one that is mended."""
    last = find_last_seen(household.id, before=visit)
    today = clock.today()
    return render_template(
        "visits/form.html", form=form, household=household, visit=visit, last=last, draft=draft, restored=restored,
        last_seen=[(one.label, text) for one, text in readable(seen_in(last), by=by).items()] if last else [],
        seen_fields=[form[f"seen_{one.value}"] for one in Aspect], need_fields=_needs(form),
        promises=[form[name] for name in PROMISES if name in form],
        names=[(member.person.name, member.person.name) for member in list_members(household.id)],
        days=[(_l("Today"), today), (_l("Yesterday"), today - timedelta(days=1))],
        next_days=[(_l("In one month"), months_later(today, 1)), (_l("In three months"), months_later(today, 3))],
        back=_back(household, visit),
    )  # fmt: skip


def _back(household: Household, visit: Visit | None) -> str:
    if visit is not None:
        return url_for("visits.show_visit", visit_id=visit.id)
    return url_for("households.show_file", household_id=household.id)


def _needs(form: TellForm) -> list[tuple[str, str, bool, Any]]:
    """Code, words, chosen, and the field for the household's own words."""
    return [(code, text, chosen, form[f"need_{code}"]) for code, text, chosen in form.themes.options()]
