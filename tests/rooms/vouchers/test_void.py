"""Void: the number stays in the books, the next voucher cites it, the money is not touched."""

import pytest
from sqlalchemy.exc import IntegrityError

from relief.db import db, transaction
from relief.desk.menu import menu_for
from relief.documents.layers import Void
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale, WrongState
from relief.domain.permissions import system_actor
from relief.funds.service import balance_of
from relief.vouchers import service as vouchers
from relief.vouchers.models import Voucher
from relief.vouchers.papers import paper_of
from relief.vouchers.printing import _mark
from tests.rooms.money.asking import again, all_vouchers, get, lines_of, of_a_unit, post
from tests.rooms.money.books import check_books
from tests.rooms.money.ready import a_sheet, approved


@pytest.fixture
def voucher(world):
    a_sheet(world, approved(world, 2), "submit", "release")
    return all_vouchers()[0]


def void(voucher, by, reason="V01", note="打印时卡纸"):
    return vouchers.void(voucher.id, version=again(voucher).version, reason=reason, note=note, by=by)


def test_the_next_number_cites_the_void_one(world, voucher):
    before = balance_of(voucher.fund_id)
    new = void(voucher, world.office.wu)
    assert (new.sequence, new.replaces_id, new.payment_id) == (3, voucher.id, voucher.payment_id)
    assert paper_of(new).replaces == voucher.number
    assert (again(voucher).state, voucher.void_reason, voucher.voided_by) == ("void", "V01", world.office.wu.person_id)
    assert balance_of(voucher.fund_id) == before
    assert lines_of("voucher.void", voucher.id)[0].changes["reason"] == "V01"
    assert lines_of("voucher.make", new.id)[0].changes["replaces"] == voucher.number
    check_books()


def test_reason_and_sentence_are_asked(world, voucher):
    for field, given in (("reason", {"reason": "B01"}), ("note", {"note": "  "})):
        with pytest.raises(RuleBroken) as refused:
            void(voucher, world.office.wu, **given)
        assert refused.value.field == field
    assert again(voucher).state == "made"


def test_only_the_head_of_finance_once_and_in_sight(world, voucher):
    for who in ("zhou", "zheng", "feng", "sun"):
        with pytest.raises(NotAllowed):
            void(voucher, getattr(world.office, who))
    with pytest.raises(NotYours):
        void(voucher, of_a_unit(world.office.wu, 3))
    with pytest.raises(Stale):
        vouchers.void(voucher.id, version=99, reason="V01", note="x", by=world.office.wu)
    void(voucher, world.office.wu)
    with pytest.raises(WrongState):
        void(voucher, world.office.wu)


def test_the_page_says_what_comes_of_it(world, browser, voucher):
    address = f"/vouchers/{voucher.id}/void"
    again_form = post(browser, world.office, "wu", address, version=again(voucher).version, note="卡纸")
    assert again_form.status_code == 422 and "卡纸" in again_form.text
    done = post(browser, world.office, "wu", address, version=again(voucher).version, reason="V01", note="卡纸")
    assert done.status_code == 303
    page = get(browser, world.office, "feng", f"/vouchers/{voucher.id}").text
    assert "This voucher is void" in page and "Issued again as" in page
    assert f"Replaces the void voucher {voucher.number}" in get(browser, world.office, "feng", done.location).text
    assert get(browser, world.office, "zhou", address).status_code == 403


def test_the_system_voids_what_came_back_and_the_paper_and_the_record_say_so(world, voucher):
    with transaction():
        vouchers.void_of_bounced(voucher.payment_id, by=system_actor("bank"))
    stands = again(voucher)
    assert (stands.state, stands.void_reason, stands.voided_by) == ("void", "V02", None)
    assert stands.voided_at is not None
    (line,) = lines_of("voucher.void", voucher.id)
    assert (line.actor, line.person_id) == ("bank", None)
    mark = _mark(stands, "zh_Hans_CN", world.office.wu)
    assert isinstance(mark, Void) and mark.by == "系统"


def test_the_database_keeps_a_void_voucher_without_its_moment_out(world, voucher):
    with pytest.raises(IntegrityError), transaction():
        db.session.get_one(Voucher, voucher.id).state = "void"


def test_the_auditor_finds_the_list_in_the_menu_and_changes_nothing(world, browser, voucher):
    assert "/vouchers" in {item.url for item in menu_for(world.office.feng, "/")}
    page = get(browser, world.office, "feng", "/vouchers").text
    assert voucher.number in page and 'href="/vouchers"' in page
    one = get(browser, world.office, "feng", f"/vouchers/{voucher.id}").text
    for act in ("void", "sign", "archive", "print"):
        assert f"/vouchers/{voucher.id}/{act}" not in one
        assert post(browser, world.office, "feng", f"/vouchers/{voucher.id}/{act}").status_code == 403
