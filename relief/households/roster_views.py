"""How is a roster sent in, looked at, confirmed or dropped, and its rejected rows taken away?"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief.households import roster_import, roster_workbooks
from relief.households.roster_models import RosterImport
from relief.households.roster_page import get_import_page
from relief.households.roster_queries import APPLIED, OUTCOMES, SHEETS, get_import, list_imports, list_rows
from relief.households.routes import blueprint
from relief.web.access import actor, confirmed, requires
from relief.web.downloads import download
from relief.web.filters import Filter, chosen
from relief.web.forms import Form, Needed, UploadField, answer
from relief.web.paging import asked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RosterForm(Form):
    """The workbook."""

    file = UploadField(_l("Workbook (.xlsx)"), [Needed(_l("Choose the workbook."))], most=1, accept=".xlsx")


@blueprint.get("/rosters")
@requires("household.import")
def list_rosters() -> ResponseReturnValue:
    """The imports of one's own subtree."""
    page = list_imports(by=actor(), ask=asked())
    return render_template("rosters/list.html", page=page, picked=chosen())


@blueprint.route("/rosters/new", methods=["GET", "POST"])
@requires("household.import")
def send_roster() -> ResponseReturnValue:
    """A workbook comes in and is judged; nothing changes yet."""
    form = RosterForm()

    def act() -> RosterImport:
        sent = form.file.data[0]
        return roster_import.stage(sent.read(), file_name=sent.filename, by=actor())

    return answer(form, act, then=_page_of, page=lambda: render_template("rosters/new.html", form=form))


@blueprint.get("/rosters/template")
@requires("household.import")
def empty_roster() -> ResponseReturnValue:
    """A workbook with the right headings."""
    return download(roster_workbooks.empty_roster(), XLSX, _("Roster to fill in") + ".xlsx")


@blueprint.get("/rosters/<int:import_id>")
@requires("household.import")
def show_roster(import_id: int) -> ResponseReturnValue:
    """What the file would do, is doing, or did."""
    return render_template("rosters/show.html", it=get_import_page(import_id, by=actor()))


@blueprint.get("/rosters/<int:import_id>/rows")
@requires("household.import")
def list_roster_rows(import_id: int) -> ResponseReturnValue:
    """Every row, by sheet and by how it ended."""
    roster = get_import(import_id, by=actor())
    picked = chosen(
        Filter("sheet", _l("Sheet"), options=list(SHEETS.items())),
        Filter("outcome", _l("Outcome"), options=[(one.value, text) for one, text in OUTCOMES.items()]),
        Filter("applied", _l("What became of it"), options=list(APPLIED.items())),
    )
    page = list_rows(roster, picked, asked())
    return render_template("rosters/rows.html", roster=roster, page=page, picked=picked)


@blueprint.get("/rosters/<int:import_id>/rejected")
@requires("household.import")
def rejected_rows(import_id: int) -> ResponseReturnValue:
    """The rejected rows as a workbook, to be mended and sent again."""
    content = roster_workbooks.rejected_rows(import_id, by=actor())
    return download(content, XLSX, _("Rejected rows %(number)s", number=import_id) + ".xlsx")


@blueprint.post("/rosters/<int:import_id>/confirm")
@requires("household.import")
@confirmed
def confirm_roster(import_id: int) -> ResponseReturnValue:
    """The import begins, in the background. It may change accounts, so the password was given a moment ago."""
    roster_import.confirm(import_id, by=actor())
    return redirect(url_for("households.show_roster", import_id=import_id), 303)


@blueprint.post("/rosters/<int:import_id>/drop")
@requires("household.import")
def drop_roster(import_id: int) -> ResponseReturnValue:
    """The file is not imported."""
    roster_import.drop(import_id, by=actor())
    flash(_("The roster is dropped. No household changed."), "good")
    return redirect(url_for("households.list_rosters"), 303)


def _page_of(roster: RosterImport) -> str:
    return url_for("households.show_roster", import_id=roster.id)
