"""How are past awards sent in, looked at, confirmed or dropped, and their rejected rows taken away?"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief.households.roster_queries import OUTCOMES
from relief.opening import on_file, queries, service, workbooks
from relief.opening.forms import AwardsForm, TakeBackForm
from relief.opening.models import OpeningImport
from relief.opening.taking_back import take_back as take_import_back
from relief.web.access import actor, requires
from relief.web.downloads import download
from relief.web.exporting import XLSX
from relief.web.filters import Filter, chosen
from relief.web.forms import answer
from relief.web.paging import asked

__all__ = ["blueprint", "on_file"]

blueprint = Blueprint("opening", __name__)


@blueprint.get("/opening")
@requires("opening.import")
def list_imports() -> ResponseReturnValue:
    """The workbooks that were sent in."""
    page = queries.list_imports(by=actor(), ask=asked())
    return render_template("opening/list.html", page=page, picked=chosen())


@blueprint.route("/opening/new", methods=["GET", "POST"])
@requires("opening.import")
def send() -> ResponseReturnValue:
    """A workbook comes in and is judged; nothing changes yet."""
    service.require_opening(actor())
    form = AwardsForm()

    def act() -> OpeningImport:
        sent = form.file.data[0]
        return service.stage(sent.read(), file_name=sent.filename, by=actor())

    def page() -> str:
        return render_template("opening/new.html", form=form)

    return answer(form, act, then=lambda opening: url_for("opening.show", import_id=opening.id), page=page)


@blueprint.get("/opening/sample")
@requires("opening.import")
def sample() -> ResponseReturnValue:
    """A workbook with the right headings and a row that shows how."""
    return download(workbooks.sample_book(), XLSX, _("Past awards to fill in") + ".xlsx")


@blueprint.get("/opening/<int:import_id>")
@requires("opening.import")
def show(import_id: int) -> ResponseReturnValue:
    """What the workbook would bring, is bringing, or brought."""
    return render_template("opening/show.html", it=queries.get_import_page(import_id, by=actor()))


@blueprint.get("/opening/<int:import_id>/rows")
@requires("opening.import")
def list_rows(import_id: int) -> ResponseReturnValue:
    """Every row, by sheet and by how it ended."""
    opening = queries.get_import(import_id, by=actor())
    picked = chosen(
        Filter("sheet", _l("Sheet"), options=[(name, name) for name in queries.list_sheets(opening)]),
        Filter("outcome", _l("Outcome"), options=[(one.value, text) for one, text in OUTCOMES.items()]),
    )
    page = queries.list_rows(opening, picked, asked())
    return render_template("opening/rows.html", opening=opening, page=page, picked=picked)


@blueprint.get("/opening/<int:import_id>/rejected")
@requires("opening.import")
def rejected_rows(import_id: int) -> ResponseReturnValue:
    """The rejected rows as a workbook, to be mended and sent again."""
    content = workbooks.rejected_rows(import_id, by=actor())
    return download(content, XLSX, _("Rejected rows %(number)s", number=import_id) + ".xlsx")


@blueprint.post("/opening/<int:import_id>/confirm")
@requires("opening.import")
def confirm(import_id: int) -> ResponseReturnValue:
    """The awards are taken over, in the background."""
    service.confirm(import_id, by=actor())
    return redirect(url_for("opening.show", import_id=import_id), 303)


@blueprint.post("/opening/<int:import_id>/drop")
@requires("opening.import")
def drop(import_id: int) -> ResponseReturnValue:
    """The workbook is not taken over."""
    service.drop(import_id, by=actor())
    flash(_("The workbook is dropped. Nothing changed."), "good")
    return redirect(url_for("opening.list_imports"), 303)


@blueprint.route("/opening/<int:import_id>/take-back", methods=["GET", "POST"])
@requires("opening.import")
def take_back(import_id: int) -> ResponseReturnValue:
    """A wrong import is undone."""
    form, opening = TakeBackForm(), queries.get_import(import_id, by=actor())

    def then(opening: OpeningImport) -> str:
        flash(_("The import is taken back: its awards no longer count."), "good")
        return url_for("opening.list_imports")

    def page() -> str:
        return render_template("opening/take_back.html", form=form, opening=opening)

    def act() -> OpeningImport:
        return take_import_back(import_id, why=form.why.data or "", by=actor())

    return answer(form, act, then=then, page=page)
