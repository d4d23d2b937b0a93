"""How are vouchers listed, and how is it shown that no number is missing?"""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from relief.domain.workflow import VoucherState
from relief.funds.queries import list_standings
from relief.payments.queries import get_sheet
from relief.vouchers import queries
from relief.vouchers.forms import PrintForm
from relief.vouchers.routes import blueprint
from relief.web.access import actor, requires
from relief.web.exporting import Column, address_of, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day
from relief.web.locale import DEFAULT
from relief.web.paging import asked, every_row
from relief.web.states import LOOKS, state_words

COLUMNS: tuple[Column[queries.ListedVoucher], ...] = (
    Column(_l("Voucher"), lambda one: one.voucher.number, 24),
    Column(_l("Payee"), lambda one: one.payee, 12),
    Column(_l("Unit"), lambda one: one.unit),
    Column(_l("Case"), lambda one: one.case_number, 22),
    Column(_l("Amount"), lambda one: one.voucher.amount, 14, "money"),
    Column(_l("Printed"), lambda one: one.voucher.printed, 10, "number"),
    Column(_l("Signed on"), lambda one: day(one.voucher.signed_on) if one.voucher.signed_on else ""),
    Column(_l("State"), lambda one: state_words(one.voucher.state, "voucher")),
)


@blueprint.get("/vouchers")
@requires("sheet.read")
def list_vouchers() -> ResponseReturnValue:
    """The vouchers of one's own subtree; those of one sheet can be printed in one PDF."""
    picked = _picked()
    ask = asked()
    page = queries.list_vouchers(picked, by=actor(), ask=ask)
    sheet = get_sheet(int(str(picked["sheet"])), by=actor()) if "sheet" in picked else None
    form = PrintForm(copy="archive", language=DEFAULT)
    return render_template(
        "vouchers/list.html", page=page, picked=picked, sheet=sheet, form=form,
        download_url=address_of("vouchers.download_vouchers", picked),
    )  # fmt: skip


@blueprint.get("/vouchers/download")
@requires("sheet.read")
def download_vouchers() -> ResponseReturnValue:
    """The list of vouchers as a workbook, with the filters that are set."""
    by, picked = actor(), _picked()
    rows = every_row(lambda ask: queries.list_vouchers(picked, by=by, ask=ask), 1)
    return take_away(_l("Vouchers"), COLUMNS, rows, picked, subject="voucher", by=by)


@blueprint.get("/vouchers/gaps")
@requires("sheet.read")
def gaps() -> ResponseReturnValue:
    """Every fund and month: numbers from 1 to the last, and none missing."""
    return render_template("vouchers/gaps.html", series=queries.list_series(by=actor()))


class _SheetFilter(Filter):
    """The sheet whose vouchers are shown, by its id."""

    def read(self, text: str) -> object | None:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _picked() -> Chosen:
    funds = [(str(one.fund.id), f"{one.fund.code} {one.fund.name}") for one in list_standings()]
    states = [(state.value, LOOKS["voucher"][state][0]) for state in VoucherState]
    states.append(("unsigned", _l("Not signed yet")))
    declared = [
        Filter("month", _l("Month"), "month"),
        Filter("fund", _l("Fund"), options=funds),
        Filter("state", _l("State"), options=states),
    ]
    if request.args.get("sheet"):
        declared.append(_SheetFilter("sheet", _l("Disbursement sheet"), "text"))
    return chosen(*declared)
