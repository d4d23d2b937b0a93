"""Which pages show the funds? Where each stands, its journal, and the forms for money that comes in."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief import clock
from relief.domain.budget import Balance, Movement
from relief.domain.money import ZERO, total
from relief.funds import queries, service
from relief.funds.forms import MoneyInForm, OpeningForm, ReverseForm
from relief.funds.models import JournalEntry
from relief.funds.opening import bring_forward, standing_opening
from relief.funds.sight import require_office
from relief.web.access import actor, requires
from relief.web.charts import Chart, Series
from relief.web.exporting import Column, address_of, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day
from relief.web.forms import answer
from relief.web.paging import asked, every_row
from relief.web.sentences import words

blueprint = Blueprint("funds", __name__)
IN = {"announce": service.announce, "receive": service.receive}
COLUMNS: tuple[Column[queries.JournalLine], ...] = (
    Column(_l("Line"), lambda line: line.entry.id, 8, "number"),
    Column(_l("Day"), lambda line: day(line.entry.on)),
    Column(_l("Movement"), lambda line: words(line.label)),
    Column(_l("Document"), lambda line: line.entry.document_number or "", 26),
    Column(_l("Amount"), lambda line: line.entry.amount, 16, "money"),
    Column(_l("Takes back line"), lambda line: line.entry.reverses_id or "", 10, "number"),
    Column(_l("Note"), lambda line: line.note, 24),
    Column(_l("By"), lambda line: line.who, 12),
)
TITLES = {"announce": _l("Enter money announced"), "receive": _l("Enter money received")}


@blueprint.get("/funds")
@requires("fund.read")
def list_funds() -> ResponseReturnValue:
    """Where every fund stands."""
    require_office(actor())
    standings = queries.list_standings()
    return render_template(
        "funds/list.html", standings=standings, together=_together(standings), chart=_chart(standings)
    )


@blueprint.get("/funds/<int:fund_id>")
@requires("fund.read")
def show_fund(fund_id: int) -> ResponseReturnValue:
    """One fund: its balance, the check against its journal, the journal."""
    standing, picked = queries.get_fund(fund_id, by=actor()), _picked()
    ask = asked()
    page = queries.list_journal(fund_id, picked, by=actor(), ask=ask)
    agrees = queries.recomputed(fund_id) == standing.balance
    is_opened = bool(standing_opening(fund_id))
    return render_template(
        "funds/fund.html", it=standing, page=page, picked=picked, agrees=agrees, is_opened=is_opened,
        download_url=address_of("funds.download_journal", picked, fund_id=fund_id),
    )  # fmt: skip


@blueprint.get("/funds/<int:fund_id>/download")
@requires("fund.read")
def download_journal(fund_id: int) -> ResponseReturnValue:
    """A fund's journal as a workbook, with the filters that are set."""
    standing, picked, by = queries.get_fund(fund_id, by=actor()), _picked(), actor()
    rows = every_row(lambda ask: queries.list_journal(fund_id, picked, by=by, ask=ask), 1)
    title = f"{standing.fund.code} {_('Journal')}"
    return take_away(title, COLUMNS, rows, picked, subject="fund", subject_id=fund_id, by=by)


@blueprint.route("/funds/<int:fund_id>/announce", methods=["GET", "POST"])
@requires("fund.write")
def announce(fund_id: int) -> ResponseReturnValue:
    """Money announced (指标)."""
    return _enter(fund_id, "announce", _l("The announcement is entered."))


@blueprint.route("/funds/<int:fund_id>/receive", methods=["GET", "POST"])
@requires("fund.write")
def receive(fund_id: int) -> ResponseReturnValue:
    """Money received (到账)."""
    return _enter(fund_id, "receive", _l("The receipt is entered."))


@blueprint.route("/funds/<int:fund_id>/opening", methods=["GET", "POST"])
@requires("fund.write")
def opening(fund_id: int) -> ResponseReturnValue:
    """The opening balance (期初余额), once."""
    standing, form = queries.get_fund(fund_id, by=actor()), OpeningForm(on=clock.today())

    def act() -> JournalEntry:
        assert form.announced.data and form.on.data
        return bring_forward(
            fund_id, announced=form.announced.data, received=form.received.data or ZERO, on=form.on.data,
            document_number=form.document_number.data or "", note=form.note.data or "", by=actor(),
        )[0]  # fmt: skip

    def page() -> ResponseReturnValue:
        lines = standing_opening(fund_id)
        return render_template("funds/opening.html", form=form, it=standing, lines=lines)

    return answer(form, act, then=_said(_l("The opening balance is entered.")), page=page)


@blueprint.route("/funds/entries/<int:entry_id>/reverse", methods=["GET", "POST"])
@requires("fund.write")
def reverse(entry_id: int) -> ResponseReturnValue:
    """Take a wrong announcement or receipt back."""
    form, entry = ReverseForm(), queries.get_entry(entry_id, by=actor())
    standing = queries.get_fund(entry.fund_id, by=actor())

    def act() -> JournalEntry:
        return service.reverse(entry_id, note=form.note.data or "", by=actor())

    def page() -> ResponseReturnValue:
        movement = Movement(entry.movement)
        return render_template("funds/reverse.html", form=form, entry=entry, movement=movement, it=standing)

    return answer(form, act, then=_said(_l("The line is taken back; both stay in the journal.")), page=page)


def _enter(fund_id: int, verb: str, said: object) -> ResponseReturnValue:
    standing = queries.get_fund(fund_id, by=actor())
    form = MoneyInForm(on=clock.today())

    def act() -> JournalEntry:
        assert form.amount.data and form.on.data
        return IN[verb](
            fund_id, form.amount.data, document_number=form.document_number.data or "", on=form.on.data,
            note=form.note.data or "", by=actor(),
        )  # fmt: skip

    def page() -> ResponseReturnValue:
        return render_template("funds/enter.html", form=form, it=standing, verb=verb, title=TITLES[verb])

    return answer(form, act, then=_said(said), page=page)


def _said(text: object) -> Callable[[JournalEntry], str]:
    def then(entry: JournalEntry) -> str:
        flash(str(text), "good")
        return url_for("funds.show_fund", fund_id=entry.fund_id)

    return then


def _picked() -> Chosen:
    movements = [(movement.value, movement.label) for movement in Movement]
    return chosen(Filter("month", _l("Month"), "month"), Filter("movement", _l("Movement"), options=movements))


def _together(standings: list[queries.FundStanding]) -> Balance:
    sums = {name: total(getattr(one.balance, name) for one in standings) for name in service.COLUMNS}
    return Balance(**sums)


def _chart(standings: list[queries.FundStanding]) -> Chart:
    """What was announced, cut into what became of it."""
    used = [one for one in standings if one.balance.announced]
    parts = (
        (_l("Paid"), [one.balance.paid for one in used]),
        (_l("Released, on its way"), [one.balance.released for one in used]),
        (_l("Promised, not released"), [one.balance.committed - one.balance.released for one in used]),
        (_l("Left to promise"), [one.balance.left_to_promise for one in used]),
    )
    return Chart(
        _("What became of the money announced"), [one.fund.code for one in used],
        [Series(label, figures) for label, figures in parts], "stacked",
    )  # fmt: skip
