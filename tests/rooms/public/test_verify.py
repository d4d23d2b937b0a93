"""Verify: anyone learns whether a voucher is genuine, void or unknown; never whose it is, and not too often."""

from __future__ import annotations

import pytest

from relief import clock
from relief.audit.models import AccessEntry, AuditEntry
from relief.db import db
from relief.public.routes import limiter
from relief.vouchers import service as vouchers
from relief.vouchers.papers import paper_of
from tests.rooms.money.asking import ENGLISH, again, all_vouchers, rows_of
from tests.rooms.money.ready import a_sheet, approved


@pytest.fixture(autouse=True)
def fresh_count(world):
    limiter.reset()


@pytest.fixture
def sheet(world):
    return a_sheet(world, approved(world, 1), "submit", "release")


@pytest.fixture
def voucher(sheet):
    return all_vouchers()[0]


def test_a_genuine_voucher_tells_number_month_amount_and_signature(world, browser, voucher):
    page = browser.get(f"/verify/{voucher.token}", headers=ENGLISH)
    assert page.status_code == 200
    for said in ("This voucher is genuine", voucher.number, "¥1,000.00", "人民币壹仟元整", "Not signed for yet"):
        assert said in page.text
    vouchers.print_voucher(voucher.id, by=world.office.zhou)
    vouchers.sign(voucher.id, version=again(voucher).version, signed_on=clock.today(), by=world.office.zheng)
    assert "Signed for" in browser.get(f"/verify/{voucher.token}", headers=ENGLISH).text


def test_it_never_says_who_and_keeps_no_trace(world, browser, sheet, voucher):
    def counted():
        return [db.session.scalar(db.select(db.func.count()).select_from(one)) for one in (AuditEntry, AccessEntry)]

    before = counted()
    page = browser.get(f"/verify/{voucher.token}")
    row, paper = rows_of(sheet)[0], paper_of(voucher)
    for secret in (row.payee_name, row.account_tail, paper.case_number, paper.unit, paper.approver, paper.resident_id.full):
        assert secret not in page.text
    assert "Set-Cookie" not in page.headers and page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"] and counted() == before


def test_a_void_voucher_is_told_as_void(world, browser, voucher):
    vouchers.void(voucher.id, version=again(voucher).version, reason="V01", note="x", by=world.office.wu)
    page = browser.get(f"/verify/{voucher.token}", headers=ENGLISH)
    assert page.status_code == 200 and "This voucher is void" in page.text and "¥" not in page.text


@pytest.mark.parametrize("token", ["nonsense", "%E5%BC%A0", "a" * 500, "'; DROP TABLE voucher"])
def test_an_unknown_code_is_answered_calmly(browser, voucher, token):
    page = browser.get(f"/verify/{token}", headers=ENGLISH)
    assert page.status_code == 404 and "We know no voucher with this code" in page.text


def test_the_language_is_asked_for_in_the_address_without_a_cookie(browser, voucher):
    assert "This voucher is genuine" in browser.get(f"/verify/{voucher.token}?in=en", headers={"Accept-Language": "zh"}).text
    chinese = browser.get(f"/verify/{voucher.token}?in=zh_Hans_CN", headers=ENGLISH).text
    assert 'lang="zh-Hans"' in chinese and "This voucher is genuine" not in chinese
    assert browser.get(f"/verify/{voucher.token}?in=xx", headers=ENGLISH).status_code == 200


def test_one_address_may_not_ask_without_end(browser, voucher):
    answers = [browser.get("/verify/nonsense", headers=ENGLISH).status_code for _ in range(31)]
    assert answers == [404] * 30 + [429]
