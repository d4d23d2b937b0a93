"""How are payments, and what waits for a sheet, listed and taken away? And the whole month as one workbook."""

from __future__ import annotations

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief import clock
from relief.accounts.queries import unit_choices
from relief.audit.service import record_access
from relief.documents.month_workbook import month_xlsx
from relief.domain.aid import kinds
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.funds.queries import list_standings
from relief.funds.sight import require_office
from relief.payments.papers import month_paper
from relief.payments.payment_list import ListedPayment, count_payments, list_payments
from relief.payments.routes import blueprint, reason_words
from relief.payments.standing import MOST_JUDGED, Standing, blocks_of, list_standing
from relief.web.access import actor, requires
from relief.web.downloads import download
from relief.web.exporting import XLSX, Column, address_of, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day
from relief.web.paging import asked, every_row
from relief.web.sentences import words
from relief.web.states import state_words

STAGES = {
    "on_sheet": _l("On a sheet"), "sent": _l("Sent to the bank"), "bounced": _l("Came back"),
    "succeeded": _l("Arrived"), "void": _l("Void (payment)"),
}  # fmt: skip
MAY = {"ready": _l("May be paid today"), "blocked": _l("Blocked")}
PAYMENTS: tuple[Column[ListedPayment], ...] = (
    Column(_l("Payee"), lambda one: one.payee, 12),
    Column(_l("Account ends in"), lambda one: one.tail or "", 12),
    Column(_l("Unit"), lambda one: one.unit),
    Column(_l("Kind"), lambda one: words(one.kind_name)),
    Column(_l("Case"), lambda one: one.case_number, 22),
    Column(_l("Fund"), lambda one: one.fund, 8),
    Column(_l("Disbursement sheet"), lambda one: one.sheet_number or "", 24),
    Column(_l("Amount"), lambda one: one.amount, 14, "money"),
    Column(_l("State"), lambda one: state_words(one.state, "payment")),
    Column(_l("Settled on"), lambda one: day(one.settled_on) if one.settled_on else ""),
    Column(_l("Reason given by the bank"), lambda one: _reason(one), 24),
)
WAITING: tuple[Column[Standing], ...] = (
    Column(_l("Case"), lambda one: one.number, 22),
    Column(_l("Applicant"), lambda one: one.applicant, 12),
    Column(_l("Unit"), lambda one: one.unit),
    Column(_l("Kind"), lambda one: words(one.kind)),
    Column(_l("Fund"), lambda one: one.fund, 8),
    Column(_l("Month"), lambda one: one.due_month, 10),
    Column(_l("Amount"), lambda one: one.amount, 14, "money"),
    Column(_l("What blocks it"), lambda one: words(one.why_not), 48),
)


@blueprint.get("/payments")
@requires("sheet.read")
def payments() -> ResponseReturnValue:
    """Every attempt to pay that stands or stood on a sheet."""
    by, picked = actor(), _picked(actor())
    ask = asked()
    return render_template(
        "payments/payments.html", picked=picked, page=list_payments(picked, by=by, ask=ask),
        count=count_payments(picked, by=by), download_url=address_of("payments.download_payments", picked),
    )  # fmt: skip


@blueprint.get("/payments/download")
@requires("sheet.read")
def download_payments() -> ResponseReturnValue:
    """The same payments as a workbook; the account by its last figures."""
    by, picked = actor(), _picked(actor())
    rows = every_row(lambda ask: list_payments(picked, by=by, ask=ask), 1)
    return take_away(_l("List of payments"), PAYMENTS, rows, picked, subject="payment", by=by)


@blueprint.get("/payments/waiting")
@requires("sheet.read")
def waiting() -> ResponseReturnValue:
    """What waits for a sheet: what may be paid today, and what blocks the rest."""
    picked = _picked_waiting()
    judged = list_standing(picked, by=actor())
    return render_template(
        "payments/waiting.html", picked=picked, rows=judged, blocks=blocks_of(judged), most=MOST_JUDGED,
        download_url=address_of("payments.download_waiting", picked),
    )  # fmt: skip


@blueprint.get("/payments/waiting/download")
@requires("sheet.read")
def download_waiting() -> ResponseReturnValue:
    """What waits for a sheet, as a workbook."""
    picked = _picked_waiting()
    rows = list_standing(picked, by=actor())
    return take_away(_l("Waiting for a sheet"), WAITING, rows, picked, subject="payment", by=actor())


@blueprint.get("/payments/month/<month>")
@requires("sheet.read")
def month_file(month: str) -> ResponseReturnValue:
    """All rows of the month's released sheets in one workbook, masked; who took it is written down."""
    by, wanted = actor(), Filter("month", "", "month").read(month)
    require_office(by)
    if wanted is None:
        abort(404)
    content = month_xlsx(month_paper(Month.parse(month)), str(get_locale()))
    record_access("download_month", "sheet", None, by=by, reason=month)
    return download(content, XLSX, f"{_('Disbursements of the month')}_{month}.xlsx")


def this_month_url() -> str:
    """Where the present month's disbursements are taken away."""
    return url_for("payments.month_file", month=str(Month.of(clock.today())))


def _reason(one: ListedPayment) -> str:
    return words(reason_words("bounce", one.bounce_reason))


def _picked(by: Actor) -> Chosen:
    return chosen(
        Filter("month", _l("Month"), "month"),
        Filter("stage", _l("State"), options=list(STAGES.items())),
        _funds(),
        Filter("unit", _l("Unit"), options=unit_choices(by=by)),
        Filter("kind", _l("Kind"), options=[(code, kind.short) for code, kind in kinds().items()]),
    )


def _picked_waiting() -> Chosen:
    return chosen(_funds(), Filter("may", _l("May it be paid?"), options=list(MAY.items())))


def _funds() -> Filter:
    funds = [(str(one.fund.id), f"{one.fund.code} {one.fund.name}") for one in list_standings()]
    return Filter("fund", _l("Fund"), options=funds)
