"""Sign, archive: the day between making and today, with the scan of the paper; then it is filed."""

from datetime import timedelta

import pytest

from relief import clock
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale, WrongState
from relief.files.queries import list_attachments
from relief.vouchers import service as vouchers
from tests.rooms.files.papers import a_scan
from tests.rooms.money.asking import again, all_vouchers, get, lines_of, of_a_unit, post
from tests.rooms.money.ready import a_sheet, approved


@pytest.fixture
def voucher(world):
    a_sheet(world, approved(world, 1), "submit", "release")
    made = all_vouchers()[0]
    return vouchers.print_voucher(made.id, by=world.office.zhou)


def sign(voucher, by, on=None, scans=()):
    return vouchers.sign(voucher.id, version=again(voucher).version, signed_on=on or clock.today(), scans=scans, by=by)


def test_the_signature_is_noted_with_its_scan(world, voucher):
    sign(voucher, world.office.zheng, scans=[a_scan()])
    assert (again(voucher).state, voucher.signed_on) == ("signed", clock.today())
    (paper,) = list_attachments("voucher", voucher.id, by=world.office.feng)
    assert (paper.kind, paper.household_id) == ("signed_voucher", voucher.payment.household_id)
    assert lines_of("voucher.sign", voucher.id)[0].changes["scans"] == 1


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (1, False)])
def test_the_day_lies_between_making_and_today(world, voucher, days, fits):
    day = clock.today() + timedelta(days=days)
    if fits:
        assert sign(voucher, world.office.zheng, day).state == "signed"
        return
    with pytest.raises(RuleBroken) as refused:
        sign(voucher, world.office.zheng, day)
    assert refused.value.field == "signed_on" and again(voucher).state == "printed"


def test_only_the_cashier_and_only_what_was_printed(world, voucher):
    for who in ("zhou", "wu", "feng"):
        with pytest.raises(NotAllowed):
            sign(voucher, getattr(world.office, who))
    with pytest.raises(NotYours):
        sign(voucher, of_a_unit(world.office.zheng, 3))
    with pytest.raises(Stale):
        vouchers.sign(voucher.id, version=1, signed_on=clock.today(), by=world.office.zheng)
    sign(voucher, world.office.zheng)
    with pytest.raises(WrongState):
        sign(voucher, world.office.zheng)


def test_it_is_filed_once_it_is_signed(world, voucher):
    with pytest.raises(WrongState):
        vouchers.archive(voucher.id, version=again(voucher).version, by=world.office.zhou)
    sign(voucher, world.office.zheng)
    with pytest.raises(NotAllowed):
        vouchers.archive(voucher.id, version=again(voucher).version, by=world.office.feng)
    vouchers.archive(voucher.id, version=again(voucher).version, by=world.office.zhou)
    assert again(voucher).state == "archived" and len(lines_of("voucher.archive", voucher.id)) == 1
    with pytest.raises(WrongState):
        vouchers.void(voucher.id, version=voucher.version, reason="V01", note="x", by=world.office.wu)


def test_the_pages(world, browser, voucher):
    address = f"/vouchers/{voucher.id}/sign"
    tomorrow = str(clock.today() + timedelta(days=1))
    wrong = post(browser, world.office, "zheng", address, version=again(voucher).version, signed_on=tomorrow)
    assert wrong.status_code == 422 and tomorrow in wrong.text
    done = post(browser, world.office, "zheng", address, version=again(voucher).version, signed_on=str(clock.today()))
    assert done.status_code == 303
    filed = post(browser, world.office, "zhou", f"/vouchers/{voucher.id}/archive", version=again(voucher).version)
    assert filed.status_code == 303
    assert "Archived" in get(browser, world.office, "feng", f"/vouchers/{voucher.id}").text
