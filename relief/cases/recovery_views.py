"""How is money that must come back listed, recorded, given up, and asked for by letter?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from relief import clock
from relief.cases import queries, service
from relief.cases.list_views import units_of
from relief.cases.recovering import AGES, STATES, Age, ListedRecoverable, ages, get_recoverable, list_recoverables
from relief.cases.routes import blueprint
from relief.cases.service.recoveries import left_of
from relief.cases.stepping import version_of
from relief.cases.ways_forms import RecoveryForm, WriteOffForm
from relief.cases.ways_models import Recoverable
from relief.cases.ways_papers import issue_recovery
from relief.cases.words import reason_label
from relief.domain.money import ZERO
from relief.domain.permissions import Actor
from relief.domain.reasons import REASONS
from relief.files.queries import content_of
from relief.web.access import actor, requires
from relief.web.downloads import download
from relief.web.exporting import Column, address_of, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day, money
from relief.web.forms import VersionedForm, answer
from relief.web.paging import asked, every_row
from relief.web.sentences import words

COLUMNS: tuple[Column[ListedRecoverable], ...] = (
    Column(_l("Case"), lambda row: row.number, 22),
    Column(_l("Applicant"), lambda row: row.name, 12),
    Column(_l("Unit"), lambda row: row.unit),
    Column(_l("Fund"), lambda row: row.fund, 8),
    Column(_l("To come back"), lambda row: row.amount, 14, "money"),
    Column(_l("Recovered"), lambda row: row.recovered, 14, "money"),
    Column(_l("Given up"), lambda row: row.written_off, 14, "money"),
    Column(_l("Still open"), lambda row: row.left, 14, "money"),
    Column(_l("Reason"), lambda row: words(reason_label(row.reason) or ""), 18),
    Column(_l("Booked on"), lambda row: day(row.booked_on)),
    Column(_l("Days"), lambda row: row.days, 8, "number"),
)


@blueprint.get("/recoveries")
@requires("fund.read")
def list_recoveries() -> ResponseReturnValue:
    """What must come back, and how old it is."""
    by = actor()
    picked = _picked(by)
    return render_template(
        "cases/recoveries.html", picked=picked, page=list_recoverables(picked, by=by, ask=asked(1)),
        figures=[_tile(one) for one in ages(by=by)],
        reason_label=reason_label, download_url=address_of("cases.download_recoveries", picked),
    )  # fmt: skip


@blueprint.get("/recoveries/download")
@requires("fund.read")
def download_recoveries() -> ResponseReturnValue:
    """The list as a workbook, with the filters that are set."""
    by, picked = actor(), _picked(actor())
    rows = every_row(lambda ask: list_recoverables(picked, by=by, ask=ask), 1)
    return take_away(_l("Money to come back"), COLUMNS, rows, picked, subject="recoverable", by=by)


@blueprint.route("/recoveries/<int:recoverable_id>/recover", methods=["GET", "POST"])
@requires("payment.record")
def record_recovery(recoverable_id: int) -> ResponseReturnValue:
    """Money came back."""
    by = actor()
    row = get_recoverable(recoverable_id, by=by)
    form = RecoveryForm(data={"version": row.version, "amount": left_of(row), "on": clock.today()})
    return _taken(
        row, form, "cases/recover.html", _l("The money is in the fund again."),
        lambda: service.record_recovery(
            recoverable_id, version=version_of(form), amount=form.amount.data or ZERO,
            on=form.on.data or clock.today(), document_number=form.document_number.data or "", by=by,
        ),
    )  # fmt: skip


@blueprint.route("/recoveries/<int:recoverable_id>/write-off", methods=["GET", "POST"])
@requires("case.revoke")
def write_off(recoverable_id: int) -> ResponseReturnValue:
    """Money will not come back."""
    by = actor()
    row = get_recoverable(recoverable_id, by=by)
    form = WriteOffForm(data={"version": row.version, "amount": left_of(row)})
    return _taken(
        row, form, "cases/write_off.html", _l("Given up, with the reason. The auditor sees it."),
        lambda: service.write_off(
            recoverable_id, version=version_of(form), amount=form.amount.data or ZERO, reason=form.reason.data or "",
            by=by,
        ),
    )  # fmt: skip


@blueprint.post("/recoveries/<int:recoverable_id>/letter")
@requires("fund.read")
def recovery_letter(recoverable_id: int) -> ResponseReturnValue:
    """The letter that asks for it."""
    paper = issue_recovery(get_recoverable(recoverable_id, by=actor()), by=actor())
    return download(content_of(paper), paper.media_type, paper.file_name)


def _taken(
    row: Recoverable, form: VersionedForm, template: str, said: object, act: Callable[[], Recoverable]
) -> ResponseReturnValue:
    """GET: the page of the step. POST: the step, and back to the list."""
    case = queries.get_case(row.case_id, by=actor())

    def then(_row: Recoverable) -> str:
        flash(str(said), "good")
        return url_for("cases.list_recoveries")

    def page() -> str:
        given: dict[str, Any] = {"row": row, "case": case, "left": left_of(row), "reason": reason_label(row.reason)}
        return render_template(template, form=form, **given)

    return answer(form, act, then=then, page=page)


def _tile(age: Age) -> tuple[object, str, str | None, str, str]:
    """The sum of one age, as a tile that leads to its rows."""
    tone = {"new": "", "old": "bad"}.get(age.code, "warn") if age.count else ""
    url = url_for("cases.list_recoveries", state="open", age=age.code) if age.count else None
    count = ngettext("%(num)s household", "%(num)s households", age.count)
    return words(age.label), money(age.left), url, tone, count


def _picked(by: Actor) -> Chosen:
    return chosen(
        Filter("state", _l("State"), options=list(STATES.items())),
        units_of(by),
        Filter("reason", _l("Reason"), options=list(REASONS["revoke"].items())),
        Filter("age", _l("Age"), options=[(code, name) for code, (name, _least, _most) in AGES.items()]),
    )
