"""How does a voucher come on paper? Printing is a POST that counts; its answer is the PDF."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.audit.service import record_access
from relief.domain.permissions import Actor
from relief.jobs.queries import get_job
from relief.jobs.service import ask
from relief.payments.queries import get_sheet
from relief.vouchers import printing, service
from relief.vouchers.forms import PrintForm
from relief.vouchers.models import Voucher
from relief.vouchers.routes import blueprint
from relief.vouchers.service.handling import Printing
from relief.web.access import actor, requires
from relief.web.downloads import download


@blueprint.post("/vouchers/<int:voucher_id>/print")
@requires("voucher.print")
def print_one(voucher_id: int) -> ResponseReturnValue:
    """Count a printing and hand out the PDF."""
    form = _chosen()
    return _handed_out(service.print_voucher(voucher_id, by=actor()), form)


@blueprint.post("/vouchers/<int:voucher_id>/void-copy")
@requires("voucher.print")
def print_void_copy(voucher_id: int) -> ResponseReturnValue:
    """The red 作废 copy of a void voucher."""
    form = _chosen()
    return _handed_out(service.print_void_copy(voucher_id, by=actor()), form)


@blueprint.post("/vouchers/sheets/<int:sheet_id>/print")
@requires("voucher.print")
def print_sheet(sheet_id: int) -> ResponseReturnValue:
    """All vouchers of a sheet in one PDF: at once when they are few, in the background when they are many."""
    form, sheet = _chosen(), get_sheet(sheet_id, by=actor())
    batch = service.print_sheet(sheet_id, by=actor())
    if batch.refused:
        numbers = ", ".join(batch.refused)
        flash(_("These cannot be printed, a character is missing: %(numbers)s", numbers=numbers), "bad")
    if len(batch.vouchers) > printing.PRINTED_AT_ONCE:
        asked = {"sheet": sheet.number, "copy": form.copy.code, "language": form.language.code}
        return redirect(url_for("jobs.show", job_id=_ask(batch, sheet_id, asked, actor())), 303)
    _log_archive(form, "sheet", sheet_id)
    content = printing.printed(batch.vouchers, form.copy.code, form.language.code, by=actor())
    return download(
        content, printing.PDF, printing.batch_name(sheet.number or "", form.copy.code, form.language.code)
    )


@blueprint.get("/vouchers/prints/<int:job_id>")
@requires("voucher.print")
def batch(job_id: int) -> ResponseReturnValue:
    """The PDF that was made in the background is ready."""
    return render_template("vouchers/batch.html", job=get_job(job_id, by=actor()))


@blueprint.get("/vouchers/prints/<int:job_id>/file")
@requires("voucher.print")
def batch_file(job_id: int) -> ResponseReturnValue:
    """The PDF itself; who took it is in the access log."""
    job = get_job(job_id, by=actor())
    content, name = printing.get_batch(job_id)
    record_access("voucher.batch", "job", job.id, by=actor(), reason=str(job.params.get("copy")))
    return download(content, printing.PDF, name)


def _chosen() -> PrintForm:
    form = PrintForm()
    if not form.validate():
        abort(422)
    return form


def _handed_out(voucher: Voucher, form: PrintForm) -> ResponseReturnValue:
    _log_archive(form, "voucher", voucher.id)
    content = printing.printed([voucher], form.copy.code, form.language.code, by=actor())
    return download(content, printing.PDF, printing.file_name(voucher, form.copy.code, form.language.code))


def _log_archive(form: PrintForm, subject: str, subject_id: int) -> None:
    if form.copy.code == "archive":
        actor().require("account.read")
        record_access("voucher.print", subject, subject_id, by=actor())


def _ask(batch: Printing, sheet_id: int, asked: Mapping[str, object], by: Actor) -> int:
    """One job for one round of printing: the counts of the vouchers name the round."""
    ids = [one.id for one in batch.vouchers]
    rounds = sum(one.printed for one in batch.vouchers)
    key = f"vouchers.print:{sheet_id}:{len(ids)}:{rounds}"
    return ask("vouchers.print", key, {**asked, "vouchers": ids}, by=by).id
