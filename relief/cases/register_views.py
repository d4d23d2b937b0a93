"""How are the notices and the meetings taken away as workbooks?"""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from relief.cases.list_views import units_of
from relief.cases.registers import ListedMeeting, ListedNotice, list_all_meetings, list_notices
from relief.cases.routes import blueprint
from relief.domain.permissions import Actor
from relief.web.access import actor, requires
from relief.web.exporting import Column, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day
from relief.web.paging import every_row
from relief.web.states import LOOKS, state_words

NOTICES: tuple[Column[ListedNotice], ...] = (
    Column(_l("Number"), lambda row: row.number, 24),
    Column(_l("Unit"), lambda row: row.unit),
    Column(_l("State"), lambda row: state_words(row.state, "notice")),
    Column(_l("Rows"), lambda row: row.rows, 8, "number"),
    Column(_l("Posted"), lambda row: day(row.posted_on)),
    Column(_l("Last day"), lambda row: day(row.ends_on)),
    Column(_l("Where it hangs"), lambda row: row.place, 28),
)
MEETINGS: tuple[Column[ListedMeeting], ...] = (
    Column(_l("Number"), lambda row: row.number, 28),
    Column(_l("Unit"), lambda row: row.unit),
    Column(_l("Day of the meeting"), lambda row: day(row.on)),
    Column(_l("Who took part"), lambda row: "\u3001".join(row.attendees), 40),
)


@blueprint.get("/notices/download")
@requires("case.read")
def download_notices() -> ResponseReturnValue:
    """The list of notices as a workbook, with the filters that are set."""
    by, picked = actor(), picked_notices(actor())
    rows = every_row(lambda ask: list_notices(picked, by=by, ask=ask), 1)
    return take_away(_l("Public notices"), NOTICES, rows, picked, subject="notice", by=by)


@blueprint.get("/meetings/download")
@requires("household.read")
def download_meetings() -> ResponseReturnValue:
    """The list of meetings as a workbook, with the filters that are set."""
    by, picked = actor(), chosen(units_of(actor()))
    rows = every_row(lambda ask: list_all_meetings(picked, by=by, ask=ask), 1)
    return take_away(_l("Meetings"), MEETINGS, rows, picked, subject="meeting", by=by)


def picked_notices(by: Actor) -> Chosen:
    """The filters of the notices as this request sets them."""
    states = [(state, words) for state, (words, _tone) in LOOKS["notice"].items() if state != "draft"]
    return chosen(Filter("state", _l("State"), options=states), units_of(by))
