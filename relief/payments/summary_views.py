"""How is the summary 发放汇总表 seen, and taken away as workbook or paper?"""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief import clock
from relief.accounts.queries import unit_choices
from relief.audit.service import record_access
from relief.documents.sheet import Summary
from relief.documents.summary import summary_pdf, summary_xlsx, sums
from relief.domain.aid import kinds
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.funds.queries import list_standings
from relief.payments.routes import blueprint
from relief.payments.summary import get_summary, under_way
from relief.web.access import actor, requires
from relief.web.downloads import download
from relief.web.exporting import XLSX, address_of
from relief.web.filters import Chosen, Filter, chosen

MADE = {"xlsx": (summary_xlsx, XLSX), "pdf": (summary_pdf, "application/pdf")}


@blueprint.get("/summary")
@requires("sheet.read")
def summary() -> ResponseReturnValue:
    """What was paid by unit, kind and fund, in a month or a range of months."""
    picked = _picked(actor())
    since, until = _months(picked)
    it = get_summary(since, until, picked, by=actor())
    return render_template(
        "payments/summary.html", it=it, everything=sums(it), picked=picked, since=since, until=until,
        under_way=under_way(since, until, picked),
        files={kind: address_of("payments.summary_file", picked, file_format=kind) for kind in MADE},
    )  # fmt: skip


@blueprint.get("/summary/file/<file_format>")
@requires("sheet.read")
def summary_file(file_format: str) -> ResponseReturnValue:
    """The same figures as a workbook or on paper, with places to sign."""
    if file_format not in MADE:
        abort(404)
    picked, by = _picked(actor()), actor()
    make, media_type = MADE[file_format]
    it: Summary = get_summary(*_months(picked), picked, by=by)
    content = make(it, str(get_locale()))
    record_access("download_summary", "sheet", None, by=by, reason=it.number)
    return download(content, media_type, f"{_('Summary of hardship relief paid')}_{it.number}.{file_format}")


def _months(picked: Chosen) -> tuple[Month, Month]:
    """From and to, in their order; the present month where nothing is set."""
    given = [Month.parse(str(picked[name])) for name in ("since", "until") if name in picked]
    return (min(given), max(given)) if given else (Month.of(clock.today()),) * 2


def _picked(by: Actor) -> Chosen:
    funds = [(str(one.fund.id), f"{one.fund.code} {one.fund.name}") for one in list_standings()]
    return chosen(
        Filter("since", _l("From month"), "month"),
        Filter("until", _l("To month"), "month"),
        Filter("unit", _l("Unit"), options=unit_choices(by=by)),
        Filter("kind", _l("Kind"), options=[(code, kind.short) for code, kind in kinds().items()]),
        Filter("fund", _l("Fund"), options=funds),
    )
