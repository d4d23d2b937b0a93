"""How is a visit sheet printed, found again, and typed by keyboard alone?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief import clock
from relief.domain.permissions import Actor
from relief.domain.visit_sheet_code import why_no_code
from relief.domain.visit_sheet_keys import PLACE_KEYS, RESULTS, THEME_KEYS
from relief.visits import sheet_photos, sheet_queries, sheets
from relief.visits.observations import find_last_seen, seen_in
from relief.visits.routes import blueprint
from relief.visits.sheet_forms import FIELDS, PhotosForm, RowForm
from relief.visits.sheet_models import VisitSheet
from relief.visits.sheet_page import get_sheet_page, prefix_of, standing
from relief.visits.sheet_papers import sheet_document
from relief.visits.sheet_photos import BY_NAME, IN_ORDER
from relief.visits.sheet_row import read_row
from relief.web.access import actor, requires
from relief.web.downloads import download
from relief.web.filters import Filter, chosen
from relief.web.forms import answer
from relief.web.paging import asked

PDF = "application/pdf"
HOW_FAR = (("open", _l("Some are open")), ("done", _l("All are typed or skipped")))


@blueprint.get("/visits/sheets")
@requires("visit.read")
def list_sheets() -> ResponseReturnValue:
    """The sheets of one's own subtree; a code that was typed leads to its sheet."""
    by, code = actor(), request.args.get("code", "").strip()
    found = sheet_queries.find_sheet(code, by=by) if code else None
    if found is not None:
        return redirect(url_for("visits.type_sheet", code=found.code), 303)
    picked = chosen(Filter("rows", _l("How far typed"), options=HOW_FAR))
    page = sheet_queries.list_sheets(picked, by=by, ask=asked())
    return render_template("visits/sheets.html", picked=picked, page=page, code=code, why_not=_why_not(code))


def _why_not(code: str) -> object:
    return why_no_code(code) or _("No sheet of your unit has this code.") if code else None


@blueprint.get("/visits/sheets/<code>")
@requires("visit.read")
def type_sheet(code: str) -> ResponseReturnValue:
    """The sheet on screen, in the order of the paper."""
    sheet = sheet_queries.get_sheet(code, by=actor())
    return _page(sheet, actor())


@blueprint.post("/visits/sheets/<code>/rows/<int:place>")
@requires("visit.write")
def type_row(code: str, place: int) -> ResponseReturnValue:
    """One row: a visit, or why nobody was met."""
    by = actor()
    sheet = sheet_queries.get_sheet(code, by=by)
    form = RowForm(prefix=prefix_of(place))
    return answer(
        form, lambda: _keep(sheet, place, form, by), then=_back_to(sheet, place),
        page=lambda: _page(sheet, by, form, place),
    )  # fmt: skip


@blueprint.post("/visits/sheets/<code>/photos")
@requires("visit.write")
def attach_photos(code: str) -> ResponseReturnValue:
    """The photos of a whole round at once."""
    by = actor()
    sheet = sheet_queries.get_sheet(code, by=by)
    form = PhotosForm(choices={"way": _ways(sheet)})

    def act() -> int:
        return sheet_photos.attach_photos(
            sheet.id, form.photos.data or [], way=form.way.code, places=_places(request.form.getlist("row_of")),
            signed=form.signed.data or [], by=by,
        )  # fmt: skip

    def then(kept: int) -> str:
        flash(_("Photos kept: %(count)s.", count=kept), "good")
        return url_for("visits.type_sheet", code=sheet.code)

    return answer(form, act, then=then, page=lambda: _page(sheet, by, photos=form))


@blueprint.get("/visits/sheets/<code>/paper")
@requires("visit.write")
def print_sheet(code: str) -> ResponseReturnValue:
    """The paper, now or again; who took the addresses and telephones away is in the access log."""
    sheet = sheet_queries.get_sheet(code, by=actor())
    content = sheet_document(sheet, by=actor())
    return download(content, PDF, f"{_('Visit sheet')}-{sheet.code}.pdf")


def _keep(sheet: VisitSheet, place: int, form: RowForm, by: Actor) -> None:
    row = next((one for one in sheet.rows if one.place == place), None)
    last = find_last_seen(row.household_id) if row else None
    typed = read_row(
        {name: form[name].data or "" for name in FIELDS}, visitors=len(sheet.visitors),
        head=row.household.head.name if row else "", last=seen_in(last) if last else {}, today=clock.today(),
    )  # fmt: skip
    if typed.skipped is not None:
        sheets.skip_row(sheet.id, place, why=typed.skipped, by=by)
    elif typed.told is not None:
        sheets.type_row(sheet.id, place, hands=typed.hands, told=typed.told, promise=typed.promise, by=by)


def _page(
    sheet: VisitSheet, by: Actor, sent: RowForm | None = None, place: int | None = None,
    photos: PhotosForm | None = None,
) -> str:  # fmt: skip
    return render_template(
        "visits/type_sheet.html", page=get_sheet_page(sheet, by=by, sent=sent, place=place), sheet=sheet,
        photos=photos or PhotosForm(formdata=None, data={"way": BY_NAME}, choices={"way": _ways(sheet)}),
        results=RESULTS, places=PLACE_KEYS, themes=THEME_KEYS, standing=standing(sheet),
    )  # fmt: skip


def _back_to(sheet: VisitSheet, place: int) -> str:
    return url_for("visits.type_sheet", code=sheet.code, _anchor=f"row-{place}")


def _ways(sheet: VisitSheet) -> list[tuple[str, object]]:
    return [
        (BY_NAME, _l("By the row that each file name begins with, such as 3.jpg or %(code)s-3.jpg", code=sheet.code)),
        (IN_ORDER, _l("One photo for each typed row, in the order of the rows")),
    ]


def _places(typed: Sequence[str]) -> list[Any]:
    return [int(one) if one.isdecimal() else None for one in typed]
