"""Does money stay right when many press at once? Real threads, each with its own application context and session."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from relief import clock
from relief.cases.models import Case
from relief.config import Settings
from relief.db import db
from relief.domain.budget import Movement, apply
from relief.domain.errors import Refusal
from relief.domain.money import Money
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.domain.workflow import State
from relief.funds import service as funds
from relief.funds.models import FundBalance, JournalEntry
from relief.funds.service import balance_of
from relief.payments import service as payments
from relief.payments.facts import list_waiting
from relief.payments.models import Payment, Sheet
from relief.vouchers import service as vouchers
from relief.vouchers.models import Voucher
from tests.build import SYSTEM
from tests.rooms.money.books import check_books
from tests.rooms.money.conftest import Open, Prepared, prepare
from tests.rooms.money.ready import World, a_sheet, approve, approved, money_for

CASES = 50
CLIENTS = 16
AWARDS = 10
Act = Callable[[], object]


@pytest.fixture(scope="module")
def prepared(
    request: pytest.FixtureRequest, template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Prepared]:
    """As many cases as there are clients at the fund's edge."""
    with prepare(request, template, base_settings, tmp_path_factory.mktemp("races"), CASES) as made:
        yield made


def together(world: World, acts: Sequence[Act]) -> Counter[str]:
    """Every act in a thread of its own, all let go at one moment; how many ended how."""
    gate, ended = threading.Barrier(len(acts)), Counter[str]()

    def run(act: Act) -> None:
        with world.app.app_context():
            gate.wait(60)
            try:
                act()
                ended["done"] += 1
            except Refusal as refusal:
                ended[type(refusal).__name__] += 1
            except DBAPIError as fault:
                ended[str(fault.orig)] += 1
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    db.session.rollback()
    db.session.expire_all()
    return ended


def test_fifty_approvals_at_once_on_a_fund_for_ten_give_exactly_ten(worlds: Open) -> None:
    with worlds() as world:
        fund = money_for(AWARDS)
        ended = together(world, [partial(approve, world.office, case) for case in world.case_ids])
        assert ended == {"done": AWARDS, "RuleBroken": CASES - AWARDS}
        assert db.session.scalar(sa.select(sa.func.count()).where(Case.state == State.APPROVED)) == AWARDS
        assert balance_of(fund).left_to_promise == Money(0)
        check_books()


def test_the_race_sees_a_balance_that_is_read_and_then_written(
    worlds: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted hole: with it two awards fit in a fund for one. SQLite's immediate transactions leave no room."""
    with worlds() as world:
        if db.engine.dialect.name == "sqlite":
            pytest.skip("one writer at a time: nothing can come between reading and writing")
        money_for(1)
        both_have_read = threading.Barrier(2)

        def read_then_write(fund_id: int, movement: Movement, amount: Money) -> None:
            after = apply(balance_of(fund_id), movement, amount)
            both_have_read.wait(60)
            held = sa.update(FundBalance).where(FundBalance.fund_id == fund_id)
            db.session.execute(held.values(committed=after.committed).execution_options(synchronize_session=False))

        monkeypatch.setattr(funds, "_change_balance", read_then_write)
        ended = together(world, [partial(approve, world.office, case) for case in world.case_ids[:2]])
        assert ended == {"done": 2}
        with pytest.raises(AssertionError, match="journal"):
            check_books()


def test_sixteen_clients_gather_the_same_rows_and_each_goes_on_one_sheet(worlds: Open) -> None:
    with worlds() as world:
        fund = approved(world, 6)
        ids = [one.instalment.id for one in list_waiting(fund)]
        by = world.office.zhou
        sheets = [payments.start_sheet(fund, month=Month.of(clock.today()), by=by).id for _ in range(CLIENTS)]
        ended = together(world, [gathering(sheet, ids, by) for sheet in sheets])
        assert ended == {"done": 1, "RuleBroken": CLIENTS - 1}
        rows = db.session.scalars(sa.select(Payment)).all()
        assert sorted(one.instalment_id for one in rows) == sorted(ids)
        assert len({one.sheet_id for one in rows}) == 1
        check_books()


def test_sixteen_clients_release_one_sheet_once(worlds: Open) -> None:
    with worlds() as world:
        fund = approved(world, 6)
        sheet = a_sheet(world, fund, "submit")
        sheet_id, version, by = sheet.id, sheet.version, world.office.wu
        ended = together(world, [lambda: payments.release(sheet_id, version=version, by=by)] * CLIENTS)
        assert ended == {"done": 1, "Stale": CLIENTS - 1}
        assert balance_of(fund).released == Money.yuan(6_000)
        assert db.session.scalar(sa.select(sa.func.count(Voucher.id))) == 6
        check_books()


def gathering(sheet_id: int, instalment_ids: list[int], by: Actor) -> Act:
    return partial(payments.gather, sheet_id, version=1, instalment_ids=instalment_ids, by=by)


def test_two_sheets_released_at_once_never_take_more_than_the_cash(worlds: Open) -> None:
    """Each sheet alone is covered, both together are not."""
    with worlds() as world:
        fund = approved(world, 6)
        receipt = db.session.scalars(sa.select(JournalEntry).where(JournalEntry.movement == "receive")).one()
        funds.reverse(receipt.id, note="记错", by=SYSTEM)
        funds.receive(fund, Money.yuan(4_000), document_number="3号", on=clock.today(), by=SYSTEM)
        ids = [one.instalment.id for one in list_waiting(fund)]
        sheets = [_submitted(world, fund, part) for part in (ids[:3], ids[3:])]
        by = world.office.wu
        ended = together(world, [partial(payments.release, one, version=version, by=by) for one, version in sheets])
        assert ended == {"done": 1, "RuleBroken": 1}
        check_books()


@pytest.mark.parametrize("clients", [2, CLIENTS], ids=["double click", "many"])
def test_one_success_is_recorded_once(worlds: Open, clients: int) -> None:
    with worlds() as world:
        sheet = a_sheet(world, approved(world, 2), "submit", "release", "send")
        ids = list(db.session.scalars(sa.select(Payment.id)))
        arrived: dict[str, Any] = {"version": sheet.version, "payment_ids": ids, "on": clock.today()}
        arrived["by"], sheet_id = world.office.zheng, sheet.id
        ended = together(world, [lambda: payments.record_success(sheet_id, **arrived)] * clients)
        assert ended == {"done": 1, "Stale": clients - 1}
        assert balance_of(sheet.fund_id).paid == Money.yuan(2_000)
        check_books()


def test_one_wrong_line_is_taken_back_once(worlds: Open) -> None:
    with worlds() as world:
        money_for(3)
        line = db.session.scalars(sa.select(JournalEntry.id).where(JournalEntry.movement == "receive")).one()
        ended = together(world, [lambda: funds.reverse(line, note="记错", by=SYSTEM)] * CLIENTS)
        assert ended == {"done": 1, "RuleBroken": CLIENTS - 1}
        check_books()


def test_a_release_and_the_revocation_of_its_case_at_once_leave_one_truth(worlds: Open) -> None:
    """Whoever is first wins; the other is told. Nobody waits in a ring."""
    from relief.cases import service as cases

    with worlds() as world:
        fund = approved(world, 4)
        sheet = a_sheet(world, fund, "submit")
        sheet_id, version, wu, sun = sheet.id, sheet.version, world.office.wu, world.office.sun
        being_paid = db.session.scalars(sa.select(Case).where(Case.state == State.IN_PAYMENT))
        found = {case.id: case.version for case in being_paid}

        def revoke(case_id: int) -> None:
            cases.revoke(case_id, version=found[case_id], reason="X02", note="误发", by=sun)

        acts: list[Act] = [lambda: payments.release(sheet_id, version=version, by=wu)]
        acts += [partial(revoke, case) for case in found]
        ended = together(world, acts)
        assert set(ended) <= {"done", "RuleBroken", "WrongState", "Stale"}, ended
        check_books()


def test_a_crash_after_numbering_gives_the_numbers_back(worlds: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies between numbering and commit: the next release begins at the same number."""
    with worlds() as world:
        sheet = a_sheet(world, approved(world, 3), "submit")

        def dies(*_: object, **__: object) -> None:
            assert db.session.scalar(sa.select(sa.func.count(Voucher.id))) == 3
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr("relief.payments.service.releasing.move_many", dies)
            with pytest.raises(KeyboardInterrupt):
                payments.release(sheet.id, version=sheet.version, by=world.office.wu)
        check_books()
        again = db.session.get_one(Sheet, sheet.id)
        payments.release(again.id, version=again.version, by=world.office.wu)
        assert list(db.session.scalars(sa.select(Voucher.sequence).order_by(Voucher.sequence))) == [1, 2, 3]
        check_books()


def test_vouchers_made_void_at_once_get_neighbouring_numbers(worlds: Open) -> None:
    with worlds() as world:
        a_sheet(world, approved(world, 8), "submit", "release")
        found = [(one.id, one.version) for one in db.session.scalars(sa.select(Voucher))]
        by = world.office.wu
        ended = together(world, [
            partial(vouchers.void, one, version=version, reason="V01", note="打错", by=by) for one, version in found
        ])  # fmt: skip
        assert ended == {"done": 8}
        assert sorted(db.session.scalars(sa.select(Voucher.sequence))) == list(range(1, 17))
        check_books()


def _submitted(world: World, fund: int, instalment_ids: list[int]) -> tuple[int, int]:
    by = world.office.zhou
    sheet = payments.start_sheet(fund, month=Month.of(clock.today()), by=by)
    payments.gather(sheet.id, version=sheet.version, instalment_ids=instalment_ids, by=by)
    payments.submit(sheet.id, version=sheet.version, by=by)
    return sheet.id, sheet.version


