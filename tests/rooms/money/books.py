"""Do fund, journal, payments, cases and vouchers say the same? Everything that must hold after every step."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from relief.cases.models import AwardPart, Case, Instalment
from relief.cases.service.recoveries import paid_of
from relief.cases.ways_models import EmergencyFile, Recoverable
from relief.db import db
from relief.domain.budget import Balance
from relief.domain.money import Money, total
from relief.domain.workflow import PaymentState, SheetState, State
from relief.funds.models import JournalEntry
from relief.funds.queries import list_standings, recomputed
from relief.numbering import NumberSeries
from relief.payments.facts import OVER
from relief.payments.models import Payment, Sheet
from relief.payments.service import recount
from relief.vouchers.models import Voucher

ON_ITS_WAY = (PaymentState.RELEASED, PaymentState.SENT)
NOT_PAID_ANY_MORE = (State.REFUSED, State.WITHDRAWN, State.REVOKED, State.FORWARDED, State.IN_APPROVAL)


def check_books() -> None:
    """AssertionError naming what disagrees."""
    db.session.rollback()
    for standing in list_standings():
        balance = standing.balance
        assert balance == recomputed(standing.fund.id), "the cached balance is not what the journal adds up to"
        _check_limits(balance)
        assert balance.committed == _promised(standing.fund.id), "promised is not the awards that are not paid"
        assert balance.released == _sum_of(standing.fund.id, *ON_ITS_WAY), "released is not what is on its way"
        arrived = _sum_of(standing.fund.id, PaymentState.SUCCEEDED) - _recovered(standing.fund.id)
        assert balance.paid == arrived, "paid is not what arrived, less what was recovered"
    _check_one_live_payment()
    _check_cases()
    _check_parts()
    _check_recoverables()
    _check_sheets()
    _check_vouchers()
    assert recount() == 0, "a tally is not what arrived"
    db.session.rollback()


def _check_limits(balance: Balance) -> None:
    assert balance.announced >= balance.received >= balance.paid + balance.released
    assert Money(0) <= balance.released <= balance.committed
    assert balance.left_to_promise >= Money(0), "overdrawn"
    assert balance.left_to_release >= Money(0), "more released than received"


def _promised(fund_id: int) -> Money:
    """Open instalments of awards on this fund whose last attempt has not arrived."""
    arrived = sa.select(Payment.instalment_id).where(Payment.state == PaymentState.SUCCEEDED)
    open_ones = (
        sa.select(Instalment.amount)
        .join(AwardPart, AwardPart.id == Instalment.part_id)
        .join(Case, Case.id == AwardPart.case_id)
        .where(Case.fund_id == fund_id, Instalment.dropped_at.is_(None), Instalment.id.not_in(arrived))
    )
    return total(db.session.scalars(open_ones))


def _sum_of(fund_id: int, *states: str) -> Money:
    return total(db.session.scalars(
        sa.select(Payment.amount).where(Payment.fund_id == fund_id, Payment.state.in_(states))
    ))  # fmt: skip


def _check_one_live_payment() -> None:
    live = Counter(db.session.scalars(sa.select(Payment.instalment_id).where(Payment.state.not_in(OVER))))
    assert all(count == 1 for count in live.values()), "two live payments of one instalment"


def _check_cases() -> None:
    """The state of each case is what its payments say."""
    for case in db.session.scalars(sa.select(Case)):
        states = Counter(db.session.scalars(sa.select(Payment.state).where(Payment.case_id == case.id)))
        live = {state for state in states if state not in OVER}
        under_way = live - {PaymentState.PLANNED}
        if case.state == State.APPROVED:
            assert not under_way, f"{case.number} waits for payment, but a payment is {under_way}"
        elif case.state == State.IN_PAYMENT:
            assert not _all_arrived(case), f"{case.number} was paid whole"
            assert states, f"{case.number} is being paid without a payment"
        elif case.state in (State.PAID, State.FOLLOWED_UP, State.CLOSED):
            assert live == {PaymentState.SUCCEEDED} and _all_arrived(case), f"{case.number} counts as paid: {states}"
        elif case.state in NOT_PAID_ANY_MORE:
            assert live <= {PaymentState.SUCCEEDED}, f"{case.number} is {case.state} and has live payments"


def _check_recoverables() -> None:
    """What a household still holds of a revoked case is what is booked and did not come back; of a lowered one beside
    it what was ratified."""
    for case_id in set(db.session.scalars(sa.select(Recoverable.case_id))):
        case = db.session.get_one(Case, case_id)
        rows = db.session.scalars(sa.select(Recoverable).where(Recoverable.case_id == case_id)).all()
        ratified = db.session.scalar(sa.select(EmergencyFile.ratified).where(EmergencyFile.case_id == case_id))
        kept = Money(0) if case.state == State.REVOKED else ratified
        owed = total(one.amount - one.recovered for one in rows)
        assert paid_of(case) == kept + owed, f"{case.number} owes something else than is booked"
    for case in db.session.scalars(sa.select(Case).where(Case.state == State.REVOKED)):
        booked = db.session.scalar(sa.select(sa.func.count()).where(Recoverable.case_id == case.id))
        assert booked or not paid_of(case), f"{case.number} was paid and revoked, and nothing is booked"


def _recovered(fund_id: int) -> Money:
    return total(db.session.scalars(
        sa.select(JournalEntry.amount).where(JournalEntry.fund_id == fund_id, JournalEntry.movement == "recover")
    ))  # fmt: skip


def _all_arrived(case: Case) -> bool:
    """Whether every open instalment of every part has arrived."""
    arrived = sa.select(Payment.instalment_id).where(Payment.state == PaymentState.SUCCEEDED)
    left = (
        sa.select(Instalment.id)
        .join(AwardPart, AwardPart.id == Instalment.part_id)
        .where(AwardPart.case_id == case.id, Instalment.dropped_at.is_(None), Instalment.id.not_in(arrived))
    )
    return db.session.scalar(left.limit(1)) is None


def _check_parts() -> None:
    """Parts add up to the award and instalments to their part; a payment goes out as its part does."""
    for case in db.session.scalars(sa.select(Case).where(Case.state.in_((State.APPROVED, State.IN_PAYMENT)))):
        parts = db.session.scalars(sa.select(AwardPart).where(AwardPart.case_id == case.id)).all()
        open_ones = [part for part in parts if _open_in(part)]
        assert total(part.amount for part in open_ones) <= (case.approved or Money(0)), f"{case.number} gives too much"
        for part in parts:
            instalments = sa.select(Instalment.amount).where(Instalment.part_id == part.id)
            assert total(db.session.scalars(instalments)) == part.amount, f"{case.number}: a part does not add up"
    goods = sa.select(Payment.id).join(Instalment).join(AwardPart, AwardPart.id == Instalment.part_id)
    wrong = goods.where((AwardPart.form == "goods") != (Payment.way == "goods"))
    assert db.session.scalars(wrong).all() == [], "a kit was transferred, or money handed over"


def _open_in(part: AwardPart) -> bool:
    found = sa.select(Instalment.id).where(Instalment.part_id == part.id, Instalment.dropped_at.is_(None))
    return db.session.scalar(found.limit(1)) is not None


def _check_sheets() -> None:
    """A sheet that is on its way holds what was signed; a void row of a submitted one makes it not add up."""
    for sheet in db.session.scalars(sa.select(Sheet)):
        rows = db.session.scalars(sa.select(Payment).where(Payment.sheet_id == sheet.id)).all()
        assert all(one.way == sheet.way for one in rows), "a sheet with two ways of paying"
        assert all(one.account_index is None and one.account_tail is None for one in rows if sheet.is_goods)
        if sheet.state in (SheetState.DRAFT, SheetState.SUBMITTED):
            assert all(one.state == PaymentState.ON_SHEET for one in rows)
            continue
        assert (sheet.row_count, sheet.total) == (len(rows), total(one.amount for one in rows))
        assert all(one.fund_id == sheet.fund_id for one in rows)
        if sheet.state in (SheetState.RECONCILED, SheetState.CLOSED):
            assert all(one.state in (PaymentState.SUCCEEDED, *OVER) for one in rows)


def _check_vouchers() -> None:
    """Numbers without a gap; one live voucher for each payment that is on its way or arrived, none for others."""
    vouchers = db.session.scalars(sa.select(Voucher)).all()
    by_series: dict[str, list[int]] = {}
    codes = {standing.fund.id: standing.fund.code for standing in list_standings()}
    for voucher in vouchers:
        by_series.setdefault(f"voucher/{codes[voucher.fund_id]}/{voucher.month}", []).append(voucher.sequence)
    for series, numbers in by_series.items():
        given = db.session.scalar(sa.select(NumberSeries.last).where(NumberSeries.series == series))
        assert sorted(numbers) == list(range(1, (given or 0) + 1)), f"{series} has a gap"
    live = Counter(one.payment_id for one in vouchers if one.state != "void")
    due = sa.select(Payment.id).where(Payment.state.in_((*ON_ITS_WAY, PaymentState.SUCCEEDED)))
    assert live == Counter(db.session.scalars(due)), "a payment without its voucher, or a voucher without its payment"
