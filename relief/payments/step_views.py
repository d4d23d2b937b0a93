"""How does a sheet go its way? Submitted, given back, released after the password, sent, booked, closed, discarded."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief.payments import queries, service
from relief.payments.forms import BookForm, ReturnForm, StepForm
from relief.payments.models import Sheet
from relief.payments.routes import blueprint
from relief.payments.sheet_page import get_release_check, get_sheet_page
from relief.web.access import actor, confirmed, requires
from relief.web.forms import VersionedForm, answer


@blueprint.route("/sheets/<int:sheet_id>/submit", methods=["GET", "POST"])
@requires("sheet.make")
def submit(sheet_id: int) -> ResponseReturnValue:
    """The numbers once more, then to the hand that releases."""
    form = _form(StepForm, sheet_id)

    def act() -> Sheet:
        return service.submit(sheet_id, version=form.version.data or 0, by=actor())

    said = _l("The sheet is submitted. The head of finance releases it.")
    return answer(form, act, then=_said(said), page=lambda: _page("submit", form, sheet_id))


@blueprint.route("/sheets/<int:sheet_id>/return", methods=["GET", "POST"])
@requires("sheet.release")
def give_back(sheet_id: int) -> ResponseReturnValue:
    """Back to the maker, with what must be changed."""
    form = _form(ReturnForm, sheet_id)

    def act() -> Sheet:
        return service.return_sheet(
            sheet_id, version=form.version.data or 0, note=form.note.data or "", by=actor()
        )

    said = _l("The sheet is with its maker again; its number stays.")
    return answer(form, act, then=_said(said), page=lambda: _page("return", form, sheet_id))


@blueprint.route("/sheets/<int:sheet_id>/release", methods=["GET", "POST"])
@requires("sheet.release")
@confirmed
def release(sheet_id: int) -> ResponseReturnValue:
    """The numbers before the money goes: rows, total, cash before and after, and what stands in the way."""
    form = _form(StepForm, sheet_id)
    form.back.data = request.path

    def act() -> Sheet:
        return service.release(sheet_id, version=form.version.data or 0, by=actor())

    def page() -> ResponseReturnValue:
        it = get_sheet_page(sheet_id, by=actor())
        check = get_release_check(it.sheet, by=actor())
        return render_template("payments/release.html", form=form, it=it, sheet=it.sheet, check=check)

    said = _l("The money is released. The vouchers have their numbers.")
    return answer(form, act, then=_said(said), page=page)


@blueprint.route("/sheets/<int:sheet_id>/send", methods=["GET", "POST"])
@requires("payment.record")
def send(sheet_id: int) -> ResponseReturnValue:
    """The sheet went to the bank."""
    form = _form(StepForm, sheet_id)

    def act() -> Sheet:
        return service.send(sheet_id, version=form.version.data or 0, by=actor())

    said = _l("Noted as sent. Record the bank's answers when they come.")
    return answer(form, act, then=_said(said), page=lambda: _page("send", form, sheet_id))


@blueprint.route("/sheets/<int:sheet_id>/book", methods=["GET", "POST"])
@requires("sheet.make")
def book(sheet_id: int) -> ResponseReturnValue:
    """The accountant's own numbers."""
    sheet = queries.get_sheet(sheet_id, by=actor())
    form = BookForm(obj=sheet)

    def act() -> Sheet:
        return service.book(
            sheet_id, version=form.version.data or 0, subject_code=form.subject_code.data or "",
            ledger_number=form.ledger_number.data or "", bank_number=form.bank_number.data or "", by=actor(),
        )  # fmt: skip

    return answer(form, act, then=_said(_l("The numbers are kept.")), page=lambda: _page("book", form, sheet_id))


@blueprint.route("/sheets/<int:sheet_id>/close", methods=["GET", "POST"])
@requires("sheet.make")
def close(sheet_id: int) -> ResponseReturnValue:
    """All answers are in: the sheet is closed."""
    form = _form(StepForm, sheet_id)

    def act() -> Sheet:
        return service.close(sheet_id, version=form.version.data or 0, by=actor())

    return answer(form, act, then=_said(_l("The sheet is closed.")), page=lambda: _page("close", form, sheet_id))


@blueprint.route("/sheets/<int:sheet_id>/discard", methods=["GET", "POST"])
@requires("sheet.make")
def discard(sheet_id: int) -> ResponseReturnValue:
    """Throw a draft away; its rows wait for another sheet."""
    form = _form(StepForm, sheet_id)

    def act() -> None:
        service.discard(sheet_id, version=form.version.data or 0, by=actor())

    def then(_nothing: None) -> str:
        flash(_("The sheet is discarded; its rows wait for another one."), "good")
        return url_for("payments.list_sheets")

    return answer(form, act, then=then, page=lambda: _page("discard", form, sheet_id))


def _form(kind: type[VersionedForm], sheet_id: int) -> VersionedForm:
    return kind(version=queries.get_sheet(sheet_id, by=actor()).version)


def _page(verb: str, form: VersionedForm, sheet_id: int) -> ResponseReturnValue:
    it = get_sheet_page(sheet_id, by=actor())
    return render_template("payments/step.html", form=form, it=it, sheet=it.sheet, verb=verb)


def _said(text: object) -> Callable[[Sheet], str]:
    def then(sheet: Sheet) -> str:
        flash(str(text), "good")
        return url_for("payments.show", sheet_id=sheet.id)

    return then
