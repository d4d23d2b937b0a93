"""How are all figures seen on one page, by year, unit and kind?"""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from relief import clock
from relief.accounts.queries import list_unions
from relief.desk.figures import list_figures, months_of
from relief.desk.routes import blueprint
from relief.domain.aid import kinds
from relief.domain.permissions import Actor
from relief.web.access import actor, requires
from relief.web.filters import Chosen, Filter, chosen

YEARS = 5


@blueprint.get("/figures")
@requires("case.read")
def figures() -> ResponseReturnValue:
    """Every chart, for one's own subtree."""
    by = actor()
    picked = _picked(by)
    year = int(str(picked.get("year", clock.today().year)))
    charts = list_figures(months_of(year), picked, by=by)
    return render_template("desk/figures.html", picked=picked, year=year, charts=charts)


def _picked(by: Actor) -> Chosen:
    this_year = clock.today().year
    picked = chosen(
        Filter("year", _l("Year"), options=[(str(this_year - back), str(this_year - back)) for back in range(YEARS)]),
        Filter("unit", _l("Unit"), options=[(str(union.id), union.short_name) for union in list_unions(by=by)]),
        Filter("kind", _l("Kind"), options=[(code, kind.short) for code, kind in kinds().items()]),
    )
    picked.typed["year"] = picked.typed["year"] or str(this_year)  # the year that is drawn is the year that is picked
    return picked
