"""What lies on the table of the meeting? The window as a paper 上会材料: exceptions first, then every unit's rows."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from relief import clock
from relief.audit.service import record_access
from relief.documents.meeting_list import MeetingList, MeetingRow, UnitSum, meeting_list_pdf
from relief.domain.aid import find_kind
from relief.domain.household import Category
from relief.domain.labels import label
from relief.domain.money import total
from relief.lists.oddities import marked
from relief.lists.queries import Row, UnitLine, list_rows, running_rows, unit_lines
from relief.lists.routes import blueprint, window_words
from relief.office import office
from relief.web.access import actor, requires
from relief.web.downloads import download
from relief.web.sentences import words
from relief.windows.queries import get_window


@blueprint.get("/windows/<int:window_id>/paper")
@requires("case.read")
def paper(window_id: int) -> ResponseReturnValue:
    """The printed list for the meeting; the download is written down."""
    by, window = actor(), get_window(window_id)
    lines = unit_lines(window, by=by)
    rows = marked(list_rows(running_rows([line.list_id for line in lines]), window))
    made = MeetingList(
        office=office().office_name, kind=find_kind(window.kind).name, window=window_words(window),
        made_on=clock.today(),
        last_safe_day=window.last_safe_day, pay_by=window.pay_by, units=tuple(_unit(line) for line in lines),
        odd=tuple(_row(row) for row in rows if row.oddities),
        clean=tuple(_row(row) for row in rows if not row.oddities), total=total(row.amount for row in rows),
    )  # fmt: skip
    record_access("list.paper", "aid_window", window_id, by=by)
    name = f"{_('List for the meeting')}_{words(window_words(window))}_{clock.today()}.pdf"
    return download(meeting_list_pdf(made, str(get_locale())), "application/pdf", name)


def _unit(line: UnitLine) -> UnitSum:
    return UnitSum(line.unit, line.count, line.amount, line.last_rows, line.last_sum, line.left_out)


def _row(row: Row) -> MeetingRow:
    category = Category(row.category).label if row.category else label("Not given")
    return MeetingRow(
        row.number, row.applicant, row.unit, category, row.members, row.amount, row.last_year, row.oddities
    )
