"""What do payments tell the rooms below? A household's timeline, and the rows of a case's page."""

from __future__ import annotations

from flask import url_for

from relief.cases import panels
from relief.cases.models import Case
from relief.cases.panels import PaymentRow
from relief.db import db
from relief.domain.permissions import Actor
from relief.domain.reasons import REASONS
from relief.domain.sentences import Sentence, sentence
from relief.domain.ways import Way
from relief.domain.workflow import PaymentState
from relief.households import timeline
from relief.households.timeline import TimelineItem
from relief.payments.models import Payment, Sheet
from relief.payments.queries import list_attempts, list_household_payments
from relief.web.states import state_tone


def tell(household_id: int, by: Actor) -> list[TimelineItem]:
    """Each payment that arrived or came back, on its day."""
    if not by.can("case.read"):
        return []
    return [_item(payment, number, by) for payment, number in list_household_payments(household_id, by=by)]


def show(case_id: int, by: Actor) -> list[PaymentRow]:
    """Every attempt to pay a case; the last four figures of the account, never more."""
    case = db.session.get(Case, case_id)
    if case is None or not by.sees(case.union_id):
        return []
    return [_row(payment, by) for payment in list_attempts(case_id)]


def _item(payment: Payment, number: str, by: Actor) -> TimelineItem:
    assert payment.settled_on is not None
    came_back = payment.state == PaymentState.BOUNCED
    said = _said(payment, came_back, number)
    why = _why_returned(payment) if came_back else None
    tone = state_tone(payment.state, payment.looks)
    return TimelineItem(payment.settled_on, "payment", said, _url(payment, by), text=why, tone=tone)


def _said(payment: Payment, came_back: bool, number: str) -> Sentence:
    if payment.way == Way.GOODS:
        if came_back:
            return sentence("Goods of %(amount)s not handed over, %(number)s", amount=payment.amount, number=number)
        return sentence("Goods of %(amount)s handed over, %(number)s", amount=payment.amount, number=number)
    if came_back:
        return sentence("%(amount)s came back from the bank, %(number)s", amount=payment.amount, number=number)
    return sentence("%(amount)s paid, %(number)s", amount=payment.amount, number=number)


def _row(payment: Payment, by: Actor) -> PaymentRow:
    what = sentence("Payment, attempt %(number)s", number=payment.attempt)
    if payment.way == Way.GOODS:
        what = sentence("Goods, attempt %(number)s", number=payment.attempt)
    if payment.account_tail:
        what = sentence(
            "Payment, attempt %(number)s, to the account that ends in %(tail)s",
            number=payment.attempt, tail=payment.account_tail,
        )  # fmt: skip
    note = _why_returned(payment) or _sheet_told(payment)
    return PaymentRow(what, payment.state, payment.looks, payment.amount, payment.settled_on, _url(payment, by), note)


def _sheet_told(payment: Payment) -> Sentence | None:
    sheet = db.session.get(Sheet, payment.sheet_id) if payment.sheet_id else None
    return sentence("Sheet %(number)s", number=sheet.number) if sheet and sheet.number else None


def _why_returned(payment: Payment) -> Sentence | None:
    return REASONS["bounce"].get(payment.bounce_reason or "")


def _url(payment: Payment, by: Actor) -> str | None:
    if payment.sheet_id is None or not by.can("sheet.read") or not by.sees(None):
        return None
    return url_for("payments.show", sheet_id=payment.sheet_id)


timeline.register(tell)
panels.register(show)
