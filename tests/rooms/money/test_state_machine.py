"""Can money and case ever disagree? Any order of approvals, sheets, returns, voids and withdrawals, checked each step.

A profile is chosen by `RELIEF_SOAK=1`: many long runs, for the night; the usual one takes seconds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from relief import clock
from relief.cases import service as cases
from relief.cases.models import Case
from relief.cases.service.recoveries import left_of
from relief.cases.ways_models import Recoverable
from relief.config import Settings
from relief.db import db
from relief.domain.errors import Refusal
from relief.domain.money import Money
from relief.domain.month import Month
from relief.domain.ways import Way
from relief.domain.workflow import PaymentState, SheetState, State
from relief.funds import service as funds
from relief.funds.models import Fund, JournalEntry
from relief.households.member_service import mark_deceased
from relief.households.models import Member
from relief.households.service import close_file
from relief.payments import service as payments
from relief.payments.facts import list_waiting
from relief.payments.models import Payment, Sheet
from relief.vouchers import service as vouchers
from relief.vouchers.models import Voucher
from tests.build import SYSTEM, Office
from tests.build_cases import a_visit
from tests.rooms.money.awards import a_listed_draft, a_living_draft, in_approval, sign, to_day
from tests.rooms.money.books import check_books
from tests.rooms.money.conftest import Open, Prepared, prepare
from tests.rooms.money.ready import World, approve

SOAK = bool(os.environ.get("RELIEF_SOAK"))
MANY = settings(
    max_examples=400 if SOAK else 5, stateful_step_count=120 if SOAK else 30, deadline=None,
    suppress_health_check=list(HealthCheck), derandomize=not SOAK,
    phases=(Phase.explicit, Phase.generate, Phase.shrink) if SOAK else (Phase.generate,),
)  # fmt: skip
FUNDS = ("F3", "F4")
AWARDED = (State.APPROVED, State.IN_PAYMENT, State.PAID, State.FOLLOWED_UP, State.CLOSED)
PLACE = st.integers(0, 50)
YUAN = st.integers(1, 9)


def there_is(model: type[Any], *conditions: Any) -> Callable[[Any], Any]:
    """The rule is drawn only while some row fits: runs go deep instead of knocking at closed doors."""
    return precondition(lambda self: hasattr(self, "world") and self.one(model, 0, *conditions) is not None)


@pytest.fixture(scope="module")
def prepared(
    request: pytest.FixtureRequest, template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Prepared]:
    """An office with sums, kits and months waiting for the last signature."""
    folder = tmp_path_factory.mktemp("kinds")
    with prepare(request, template, base_settings, folder, 6, more=kits_and_months) as made:
        yield made


def kits_and_months(office: Office) -> list[int]:
    """Three awards of a kit and money, two of a kit, three of living aid by month."""
    drafts = [a_listed_draft(office, kind) for kind in ("spring_festival",) * 3 + ("seasonal",) * 2]
    drafts += [a_living_draft(office, months) for months in (2, 4, 5)]
    return [case.id for case in in_approval(office, drafts)]


class Bureau(RuleBasedStateMachine):
    """A small bureau whose people do whatever their buttons allow, and are refused what they do not."""

    open_world: Open

    @initialize(announced=st.integers(2, 8), received=st.integers(1, 8))
    def begin(self, announced: int, received: int) -> None:
        self.stack = ExitStack()
        self.world: World = self.stack.enter_context(type(self).open_world())
        self.o = self.world.office
        for code in FUNDS:
            fund = self.fund(code)
            funds.announce(fund, Money.yuan(announced * 1000), document_number="1号", on=clock.today(), by=SYSTEM)
            cash = Money.yuan(min(announced, received) * 1000)
            funds.receive(fund, cash, document_number="2号", on=clock.today(), by=SYSTEM)

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    def fund(self, code: str) -> int:
        return int(db.session.scalars(sa.select(Fund.id).where(Fund.code == code)).one())

    def one(self, model: type[Any], place: int, *conditions: Any) -> Any:
        """Some row that fits, or None."""
        rows = db.session.scalars(sa.select(model).where(*conditions).order_by(model.id)).all()
        return rows[place % len(rows)] if rows else None

    def attempt(self, act: Callable[[], object]) -> None:
        """A step may be refused with a sentence; anything else is a fault."""
        try:
            act()
        except Refusal:
            db.session.rollback()

    def with_row(self, row: Any, act: Callable[[Any], object]) -> None:
        if row is not None:
            self.attempt(lambda: act(row))

    @rule(code=st.sampled_from(FUNDS), thousands=YUAN, place=PLACE)
    def money_comes(self, code: str, thousands: int, place: int) -> None:
        enter = funds.receive if place % 2 else funds.announce
        self.attempt(lambda: enter(
            self.fund(code), Money.yuan(thousands * 1000), document_number="3号", on=clock.today(), by=self.o.zhou
        ))  # fmt: skip

    @there_is(JournalEntry, JournalEntry.movement.in_(("announce", "receive")))
    @rule(place=PLACE)
    def take_a_line_back(self, place: int) -> None:
        entry = self.one(JournalEntry, place, JournalEntry.movement.in_(("announce", "receive")))
        self.with_row(entry, lambda one: funds.reverse(one.id, note="记错", by=self.o.zhou))

    @there_is(Case, Case.state == State.IN_APPROVAL)
    @rule(place=PLACE, code=st.sampled_from(FUNDS))
    def approve_a_case(self, place: int, code: str) -> None:
        case = self.one(Case, place, Case.state == State.IN_APPROVAL)
        self.with_row(case, lambda one: sign(self.o, one, code))

    @rule(code=st.sampled_from(FUNDS))
    def approve_three(self, code: str) -> None:
        for place in range(3):
            self.approve_a_case(place, code)

    @there_is(Case, Case.state == State.APPROVED)
    @rule(place=PLACE)
    def recall(self, place: int) -> None:
        case = self.one(Case, place, Case.state == State.APPROVED)
        self.with_row(case, lambda one: cases.recall(one.id, version=one.version, note="重审", by=self.o.liu))

    @there_is(Case, Case.state == State.APPROVED)
    @rule(place=PLACE)
    def withdraw(self, place: int) -> None:
        case = self.one(Case, place, Case.state == State.APPROVED)
        self.with_row(
            case, lambda one: cases.withdraw(one.id, version=one.version, reason="W01", note="", by=self.o.wang)
        )

    @there_is(Case, Case.state.in_(AWARDED))
    @rule(place=PLACE)
    def revoke(self, place: int) -> None:
        given = AWARDED
        case = self.one(Case, place, Case.state.in_(given))
        self.with_row(
            case, lambda one: cases.revoke(one.id, version=one.version, reason="X02", note="误发", by=self.o.sun)
        )

    @there_is(Recoverable, Recoverable.settled_on.is_(None))
    @rule(place=PLACE, hundreds=YUAN)
    def some_comes_back(self, place: int, hundreds: int) -> None:
        row = self.one(Recoverable, place, Recoverable.settled_on.is_(None))
        amount = left_of(row) if place % 2 and row else Money.yuan(hundreds * 100)
        self.with_row(row, lambda one: cases.record_recovery(
            one.id, version=one.version, amount=amount, on=clock.today(), document_number="4号", by=self.o.zheng
        ))  # fmt: skip

    @there_is(Recoverable, Recoverable.settled_on.is_(None))
    @rule(place=PLACE)
    def some_is_given_up(self, place: int) -> None:
        row = self.one(Recoverable, place, Recoverable.settled_on.is_(None))
        self.with_row(row, lambda one: cases.write_off(
            one.id, version=one.version, amount=left_of(one), reason="无力偿还", by=self.o.sun
        ))  # fmt: skip

    @there_is(Case, Case.state.in_((State.APPROVED, State.IN_PAYMENT)))
    @rule(place=PLACE)
    def hold_or_resume(self, place: int) -> None:
        case = self.one(Case, place, Case.state.in_((State.APPROVED, State.IN_PAYMENT)))
        if case is not None:
            verb = cases.resume if case.on_hold else cases.hold
            self.attempt(lambda: verb(case.id, version=case.version, note="核实", by=self.o.chen))

    @there_is(Payment, Payment.state.in_((PaymentState.PLANNED, PaymentState.ON_SHEET)))
    @rule(place=PLACE)
    def a_payee_dies(self, place: int) -> None:
        payment = self.one(Payment, place, Payment.state.in_((PaymentState.PLANNED, PaymentState.ON_SHEET)))
        if payment is not None and place % 5 == 0:
            member = self.one(Member, 0, Member.person_id == payment.payee_id, Member.until.is_(None))
            self.with_row(member, lambda one: mark_deceased(one.id, on=clock.today(), by=SYSTEM))

    @precondition(lambda self: getattr(self, "months", 0) < 7)
    @rule()
    def a_month_passes(self) -> None:
        """The next instalments fall due."""
        self.months = getattr(self, "months", 0) + 1
        to_day(Month.of(clock.today()).next().first_day)

    @there_is(Case, Case.kind == "routine", Case.state == State.IN_PAYMENT)
    @rule(place=PLACE)
    def a_re_check(self, place: int) -> None:
        case = self.one(Case, place, Case.kind == "routine", Case.state == State.IN_PAYMENT)
        self.with_row(case, lambda one: a_visit(one.household, self.o.wang, self.o.zhao))

    @there_is(Case, Case.kind == "routine", Case.state == State.IN_PAYMENT)
    @rule(place=PLACE)
    def a_household_leaves(self, place: int) -> None:
        case = self.one(Case, place, Case.kind == "routine", Case.state == State.IN_PAYMENT)
        if place % 7:
            self.with_row(case, lambda one: close_file(one.household_id, reason="recovered", by=self.o.wang))

    @rule(code=st.sampled_from(FUNDS))
    def a_sheet_goes_out(self, code: str) -> None:
        """The usual way at once, so that long roads are reached often."""
        self.approve_three(code)
        self.start_and_gather(code, 2, goods=False)
        for act in (self.submit, self.release, self.send):
            act(0)

    @there_is(Case, Case.state == State.APPROVED)
    @rule(code=st.sampled_from(FUNDS), place=PLACE, goods=st.booleans())
    def start_and_gather(self, code: str, place: int, goods: bool) -> None:
        """Sheets of money and of kits; of every fifth it is forgotten which is which."""
        fund = self.fund(code)
        waiting = [one.instalment.id for one in list_waiting(fund, goods=goods if place % 5 else None)]
        if waiting:
            way = Way.GOODS if goods else Way.TRANSFER
            sheet = payments.start_sheet(fund, month=Month.of(clock.today()), way=way, by=self.o.zhou)
            wanted = waiting[: place % 4 + 1]
            self.attempt(
                lambda: payments.gather(sheet.id, version=sheet.version, instalment_ids=wanted, by=self.o.zhou)
            )

    @there_is(Payment, Payment.state == PaymentState.ON_SHEET)
    @rule(place=PLACE)
    def take_a_row_off(self, place: int) -> None:
        payment = self.one(Payment, place, Payment.state == PaymentState.ON_SHEET)
        if payment is not None:
            sheet = db.session.get_one(Sheet, payment.sheet_id)
            self.attempt(
                lambda: payments.remove_row(sheet.id, payment.id, version=sheet.version, by=self.o.zhou)
            )

    def sheet_in(self, place: int, *states: str) -> Any:
        return self.one(Sheet, place, Sheet.state.in_(states))

    @there_is(Sheet, Sheet.state == SheetState.DRAFT)
    @rule(place=PLACE)
    def submit(self, place: int) -> None:
        sheet = self.sheet_in(place, SheetState.DRAFT)
        self.with_row(sheet, lambda one: payments.submit(one.id, version=one.version, by=self.o.zhou))

    @there_is(Sheet, Sheet.state == SheetState.DRAFT, Sheet.number.is_(None))
    @rule(place=PLACE)
    def discard(self, place: int) -> None:
        sheet = self.sheet_in(place, SheetState.DRAFT)
        self.with_row(sheet, lambda one: payments.discard(one.id, version=one.version, by=self.o.zhou))

    @there_is(Sheet, Sheet.state == SheetState.SUBMITTED)
    @rule(place=PLACE)
    def give_back(self, place: int) -> None:
        sheet = self.sheet_in(place, SheetState.SUBMITTED)
        self.with_row(sheet, lambda one: payments.return_sheet(one.id, version=one.version, note="重做", by=self.o.wu))

    @there_is(Sheet, Sheet.state == SheetState.SUBMITTED)
    @rule(place=PLACE)
    def release(self, place: int) -> None:
        sheet = self.sheet_in(place, SheetState.SUBMITTED)
        self.with_row(sheet, lambda one: payments.release(one.id, version=one.version, by=self.o.wu))

    @there_is(Sheet, Sheet.state == SheetState.RELEASED)
    @rule(place=PLACE)
    def send(self, place: int) -> None:
        sheet = self.sheet_in(place, SheetState.RELEASED)
        self.with_row(sheet, lambda one: payments.send(one.id, version=one.version, by=self.o.zheng))

    @there_is(Sheet, Sheet.state == SheetState.SENT)
    @rule(place=PLACE)
    def some_arrive(self, place: int) -> None:
        sheet = self.sheet_in(place, SheetState.SENT)
        if sheet is not None:
            sent = sa.select(Payment.id).where(Payment.sheet_id == sheet.id, Payment.state == PaymentState.SENT)
            ids = list(db.session.scalars(sent.order_by(Payment.id)))[: place % 3 + 1]
            verb = payments.record_handover if sheet.is_goods else payments.record_success
            self.attempt(lambda: verb(
                sheet.id, version=sheet.version, payment_ids=ids, on=clock.today(), by=self.o.zheng
            ))  # fmt: skip

    @there_is(Payment, Payment.state.in_((PaymentState.SENT, PaymentState.SUCCEEDED)))
    @rule(place=PLACE)
    def one_comes_back(self, place: int) -> None:
        """From sheets of any state: also after success, and after its case was closed or revoked."""
        payment = self.one(Payment, place, Payment.state.in_((PaymentState.SENT, PaymentState.SUCCEEDED)))
        if payment is not None:
            sheet = db.session.get_one(Sheet, payment.sheet_id)
            reason = "G01" if sheet.is_goods else "B04"
            self.attempt(lambda: payments.record_bounce(
                sheet.id, payment.id, version=sheet.version, reason=reason, on=clock.today(), by=self.o.zheng
            ))  # fmt: skip

    @there_is(Payment, Payment.state == PaymentState.BOUNCED)
    @rule(place=PLACE)
    def pay_again(self, place: int) -> None:
        payment = self.one(Payment, place, Payment.state == PaymentState.BOUNCED)
        self.with_row(payment, lambda one: payments.pay_again(one.id, version=one.version, by=self.o.zhou))

    @there_is(Sheet, Sheet.state == SheetState.RECONCILED)
    @rule(place=PLACE)
    def close_a_sheet(self, place: int) -> None:
        sheet = self.sheet_in(place, SheetState.RECONCILED)
        if place % 4 == 0:
            self.with_row(sheet, lambda one: payments.close(one.id, version=one.version, by=self.o.zhou))

    @there_is(Voucher, Voucher.state != "void")
    @rule(place=PLACE)
    def a_voucher_is_void(self, place: int) -> None:
        voucher = self.one(Voucher, place, Voucher.state != "void")
        self.with_row(
            voucher, lambda one: vouchers.void(one.id, version=one.version, reason="V01", note="打错", by=self.o.wu)
        )

    @there_is(Case, Case.state == State.PAID)
    @rule(place=PLACE)
    def a_case_is_closed(self, place: int) -> None:
        """Straight to its end: the household was asked and the case closed."""
        case = self.one(Case, place, Case.state == State.PAID)
        if case is not None:
            asked = {"way": "phone", "on": clock.today(), "received_it": True, "satisfaction": 5, "words": "好"}
            self.attempt(lambda: cases.follow_up(case.id, version=case.version, by=self.o.chen, **asked))
            again = db.session.get_one(Case, case.id)
            self.attempt(lambda: cases.close(again.id, version=again.version, by=self.o.chen))

    @invariant()
    def the_books_agree(self) -> None:
        if hasattr(self, "world"):
            check_books()


def test_money_and_cases_never_disagree(worlds: Open) -> None:
    Bureau.open_world = staticmethod(worlds)
    run_state_machine_as_test(Bureau, settings=MANY)


def test_the_check_sees_a_balance_that_was_tampered_with(worlds: Open) -> None:
    with worlds():
        check_books()
        _tamper("UPDATE fund_balance SET announced = announced + 1")
        with pytest.raises(AssertionError, match="journal"):
            check_books()


def test_the_check_sees_a_case_that_lost_its_award(worlds: Open) -> None:
    with worlds() as world:
        fund = db.session.scalars(sa.select(Fund.id).where(Fund.code == "F4")).one()
        funds.announce(fund, Money.yuan(9000), document_number="1号", on=clock.today(), by=SYSTEM)
        approve(world.office, world.case_ids[0])
        check_books()
        _tamper("UPDATE instalment SET dropped_at = CURRENT_TIMESTAMP")
        with pytest.raises(AssertionError, match="promised"):
            check_books()


def _tamper(statement: str) -> None:
    db.session.execute(sa.text(statement))
    db.session.commit()
