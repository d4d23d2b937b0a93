"""How are the bank's answers recorded, and what came back paid again?"""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.domain.reasons import returned_reasons
from relief.domain.workflow import PaymentState
from relief.payments import queries, service
from relief.payments.facts import account_of
from relief.payments.forms import ArrivedForm, BounceForm, NotHandedForm, SignedForm, StepForm
from relief.payments.models import Payment, Sheet
from relief.payments.routes import blueprint
from relief.payments.sheet_page import get_sheet_page
from relief.web.access import actor, requires
from relief.web.forms import answer


@blueprint.route("/sheets/<int:sheet_id>/results", methods=["GET", "POST"])
@requires("payment.record")
def results(sheet_id: int) -> ResponseReturnValue:
    """Tick what arrived or was signed for, or all at once; what came back has a page of its own."""
    it = get_sheet_page(sheet_id, by=actor())
    lines = queries.list_lines(sheet_id, PaymentState.SENT, PaymentState.SUCCEEDED).rows
    open_rows = [str(one.payment.id) for one in lines if one.payment.state == PaymentState.SENT]
    rows = [(number, number) for number in open_rows]
    kind = SignedForm if it.sheet.is_goods else ArrivedForm
    form = kind(version=it.sheet.version, on=clock.today(), choices={"rows": rows})

    def act() -> Sheet:
        ticked = open_rows if form.everything.data else form.rows.data or []
        assert form.on.data is not None
        ids = [int(one) for one in ticked]
        told: dict[str, Any] = {"version": form.version.data or 0, "payment_ids": ids, "on": form.on.data}
        if isinstance(form, SignedForm):
            return service.record_handover(sheet_id, **told, by=actor())
        return service.record_success(sheet_id, **told, bank_number=form.bank_number.data or "", by=actor())

    def page() -> ResponseReturnValue:
        return render_template(
            "payments/results.html", form=form, it=it, sheet=it.sheet, lines=lines, open_count=len(open_rows)
        )

    return answer(form, act, then=_recorded, page=page)


@blueprint.route("/payments/<int:payment_id>/bounce", methods=["GET", "POST"])
@requires("payment.record")
def bounce(payment_id: int) -> ResponseReturnValue:
    """The bank returned a row."""
    payment = queries.get_payment(payment_id, by=actor())
    sheet = queries.get_sheet(payment.sheet_id or 0, by=actor())
    reasons = list(returned_reasons(sheet.way).items())
    kind = NotHandedForm if sheet.is_goods else BounceForm
    form = kind(version=sheet.version, on=clock.today(), choices={"reason": reasons})

    def act() -> Sheet:
        assert form.on.data is not None
        return service.record_bounce(
            sheet.id, payment_id, version=form.version.data or 0, reason=form.reason.code, on=form.on.data,
            note=form.note.data or "", by=actor(),
        )  # fmt: skip

    def page() -> ResponseReturnValue:
        return render_template("payments/bounce.html", form=form, payment=payment, sheet=sheet)

    return answer(form, act, then=_recorded, page=page)


@blueprint.route("/payments/<int:payment_id>/again", methods=["GET", "POST"])
@requires("sheet.make")
def again(payment_id: int) -> ResponseReturnValue:
    """Plan a returned payment anew, on the account of today."""
    payment = queries.get_payment(payment_id, by=actor())
    form = StepForm(version=payment.version)

    def act() -> Payment:
        return service.pay_again(payment_id, version=form.version.data or 0, by=actor())

    def then(_payment: Payment) -> str:
        flash(_("The payment waits for a sheet again."), "good")
        return url_for("payments.list_sheets")

    def page() -> ResponseReturnValue:
        account = account_of(payment.household_id)
        changed = account is not None and account.number_index != payment.account_index
        return render_template("payments/again.html", form=form, payment=payment, account=account, changed=changed)

    return answer(form, act, then=then, page=page)


def _recorded(sheet: Sheet) -> str:
    said = _("The handover is recorded.") if sheet.is_goods else _("The bank's answer is recorded.")
    flash(said, "good")
    return url_for("payments.show", sheet_id=sheet.id)
