"""How are sheets listed, started, looked at, and filled?"""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief import clock
from relief.domain.month import Month
from relief.domain.workflow import SheetState
from relief.funds.queries import list_standings
from relief.funds.sight import require_office
from relief.payments import queries, service
from relief.payments.forms import GatherForm, StartForm, StepForm
from relief.payments.models import Sheet
from relief.payments.routes import blueprint
from relief.payments.sheet_page import get_sheet_page, list_candidates, other_sheets
from relief.payments.standing import judge_today
from relief.web.access import actor, requires
from relief.web.exporting import Column, address_of, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import month as month_words
from relief.web.forms import answer
from relief.web.paging import asked, every_row
from relief.web.states import LOOKS, state_words

COLUMNS: tuple[Column[queries.ListedSheet], ...] = (
    Column(_l("Disbursement sheet"), lambda one: one.sheet.number or "", 24),
    Column(_l("Title"), lambda one: one.sheet.title, 24),
    Column(_l("Month"), lambda one: month_words(one.sheet.month)),
    Column(_l("Fund"), lambda one: f"{one.sheet.fund.code} {one.sheet.fund.name}", 24),
    Column(_l("Number of payments"), lambda one: one.rows, 12, "number"),
    Column(_l("Total"), lambda one: one.total, 16, "money"),
    Column(_l("State"), lambda one: state_words(one.sheet.state, "sheet")),
)


@blueprint.get("/sheets")
@requires("sheet.read")
def list_sheets() -> ResponseReturnValue:
    """The sheets, how far the month is, and what came back from the bank."""
    require_office(actor())
    picked, month = _picked(), Month.of(clock.today())
    if "month" in picked:
        month = Month.parse(str(picked["month"]))
    page = queries.list_sheets(picked, by=actor(), ask=asked())
    return render_template(
        "payments/sheets.html", page=page, picked=picked, month=month, strip=queries.month_strip(month, by=actor()),
        today=judge_today(by=actor()), returned=queries.list_returned(by=actor()),
        download_url=address_of("payments.download_sheets", picked),
    )  # fmt: skip


@blueprint.get("/sheets/download")
@requires("sheet.read")
def download_sheets() -> ResponseReturnValue:
    """The list of sheets as a workbook, with the filters that are set."""
    by, picked = actor(), _picked()
    rows = every_row(lambda ask: queries.list_sheets(picked, by=by, ask=ask), 1)
    return take_away(_l("Disbursement sheets"), COLUMNS, rows, picked, subject="sheet", by=by)


@blueprint.route("/sheets/start", methods=["GET", "POST"])
@requires("sheet.make")
def start() -> ResponseReturnValue:
    """A new sheet."""
    require_office(actor())
    funds = [(str(one.fund.id), f"{one.fund.code} {one.fund.name}") for one in list_standings()]
    form = StartForm(month=Month.of(clock.today()), way=request.args.get("way", "transfer"), choices={"fund": funds})

    def act() -> Sheet:
        assert form.month.data is not None
        return service.start_sheet(
            int(form.fund.code), month=form.month.data, title=form.title.data or "",
            way=form.way.code or "transfer", by=actor(),
        )  # fmt: skip

    def then(sheet: Sheet) -> str:
        return url_for("payments.gather", sheet_id=sheet.id)

    return answer(form, act, then=then, page=lambda: render_template("payments/start.html", form=form))


@blueprint.get("/sheets/<int:sheet_id>")
@requires("sheet.read")
def show(sheet_id: int) -> ResponseReturnValue:
    """One sheet: its numbers, its rows, what can be done."""
    it = get_sheet_page(sheet_id, by=actor())
    lines = queries.list_lines(sheet_id, ask=asked())
    return render_template("payments/sheet.html", it=it, sheet=it.sheet, page=lines, picked=chosen(), form=StepForm())


@blueprint.route("/sheets/<int:sheet_id>/gather", methods=["GET", "POST"])
@requires("sheet.make")
def gather(sheet_id: int) -> ResponseReturnValue:
    """What waits for this sheet, and why some of it must wait on."""
    sheet = queries.get_sheet(sheet_id, by=actor())
    candidates = list_candidates(sheet)
    able = [str(one.instalment_id) for one in candidates if one.why_not is None]
    rows = [(str(one.instalment_id), one.case.number) for one in candidates]
    form = GatherForm(version=sheet.version, choices={"rows": rows})

    def act() -> Sheet:
        ticked = able if form.everything.data else form.rows.data or []
        return service.gather(
            sheet_id, version=form.version.data or 0, instalment_ids=[int(one) for one in ticked], by=actor()
        )

    def page() -> ResponseReturnValue:
        return render_template(
            "payments/gather.html", form=form, sheet=sheet, candidates=candidates, able=len(able),
            other=other_sheets(sheet),
        )  # fmt: skip

    return answer(form, act, then=_gathered, page=page)


@blueprint.post("/sheets/<int:sheet_id>/rows/<int:payment_id>/remove")
@requires("sheet.make")
def remove_row(sheet_id: int, payment_id: int) -> ResponseReturnValue:
    """Take a row off a draft."""
    form = StepForm()

    def act() -> Sheet:
        return service.remove_row(sheet_id, payment_id, version=form.version.data or 0, by=actor())

    def then(_sheet: Sheet) -> str:
        flash(_("The row is off the sheet and waits for another one."), "good")
        return url_for("payments.show", sheet_id=sheet_id)

    def page() -> ResponseReturnValue:
        it, lines = get_sheet_page(sheet_id, by=actor()), queries.list_lines(sheet_id, ask=asked())
        return render_template("payments/sheet.html", it=it, sheet=it.sheet, page=lines, picked=chosen(), form=form)

    return answer(form, act, then=then, page=page)


def _gathered(sheet: Sheet) -> str:
    flash(_("%(rows)s rows are on the sheet.", rows=sheet.row_count), "good")
    return url_for("payments.show", sheet_id=sheet.id)


def _picked() -> Chosen:
    funds = [(str(one.fund.id), f"{one.fund.code} {one.fund.name}") for one in list_standings()]
    states = [(state.value, LOOKS["sheet"][state][0]) for state in SheetState]
    return chosen(
        Filter("month", _l("Month"), "month"),
        Filter("fund", _l("Fund"), options=funds),
        Filter("state", _l("State"), options=states),
    )
