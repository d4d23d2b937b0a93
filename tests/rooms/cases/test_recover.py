"""Money that must come back: booked when a paid case is revoked, recovered into its fund, or written off."""

from datetime import timedelta

import pytest

from relief import clock
from relief.audit.models import AuditEntry
from relief.cases import service as cases
from relief.cases.service.recoveries import left_of, paid_of, recoverables_of
from relief.cases.ways_models import Recoverable
from relief.db import db
from relief.domain.budget import Movement
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.funds.models import JournalEntry
from relief.funds.service import balance_of
from relief.payments import service as payments
from relief.payments.models import Payment, Sheet
from tests.build import Office
from tests.build_cases import a_case, a_paid_case
from tests.rooms.cases.asking import fresh, get, post
from tests.rooms.money.books import check_books


def revoked(office: Office):
    case = a_paid_case(office)
    cases.revoke(case.id, version=case.version, reason="X01", note="材料系伪造", by=office.sun)
    return fresh(case), recoverables_of(case.id)[0]


def recover(row, by, yuan=1_000, on=None, document="回单0002"):
    return cases.record_recovery(
        row.id, version=row.version, amount=Money.yuan(yuan), on=on or clock.today(), document_number=document, by=by
    )


def lines(verb):
    return list(db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == f"recoverable.{verb}")))


def test_revoking_a_paid_case_books_what_was_paid(office):
    case, owed = revoked(office)
    assert (owed.amount, owed.reason, owed.booked_by) == (Money.yuan(3_000), "X01", office.sun.person_id)
    assert lines("book")[0].union_id == case.union_id
    check_books()


def test_nothing_paid_nothing_to_come_back(office):
    case = a_case(office, State.APPROVED)
    cases.revoke(case.id, version=case.version, reason="X01", note="材料系伪造", by=office.sun)
    assert recoverables_of(case.id) == []


def test_what_comes_back_is_the_funds_again_until_all_is_there(office):
    case, owed = revoked(office)
    row = recover(owed, office.zheng)
    assert (left_of(row), row.settled_on, paid_of(case)) == (Money.yuan(2_000), None, Money.yuan(2_000))
    assert balance_of(owed.fund_id).paid == Money.yuan(2_000)
    entry = db.session.scalars(db.select(JournalEntry).where(JournalEntry.movement == Movement.RECOVER)).one()
    assert (entry.case_id, entry.document_number) == (case.id, "回单0002")
    check_books()
    row = recover(row, office.zheng, 2_000)
    assert (left_of(row), row.settled_on) == (Money(0), clock.today())
    assert [line.changes["amount"] for line in lines("recover")]
    check_books()


def test_never_more_than_is_owed_nor_on_a_wrong_day_nor_without_a_paper(office):
    _case, owed = revoked(office)
    for field, given in (
        ("amount", {"yuan": 3_001}), ("amount", {"yuan": 0}), ("document_number", {"document": " "}),
        ("on", {"on": clock.today() + timedelta(days=1)}), ("on", {"on": owed.booked_on - timedelta(days=1)}),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refused:
            recover(owed, office.zheng, **given)
        assert refused.value.field == field
    check_books()


def test_the_wrong_role_another_unit_and_a_second_editor(office):
    _case, owed = revoked(office)
    with pytest.raises(NotAllowed):
        recover(owed, office.zhou)
    with pytest.raises(NotAllowed):
        cases.write_off(owed.id, version=owed.version, amount=owed.amount, reason="无力偿还", by=office.liu)
    seen_elsewhere = office.sun.__class__(**{**vars(office.sun), "scope": frozenset({office.hongqi.id})})
    with pytest.raises(NotYours):
        cases.write_off(owed.id, version=owed.version, amount=owed.amount, reason="无力偿还", by=seen_elsewhere)
    version = owed.version
    recover(owed, office.zheng)
    with pytest.raises(Stale):
        cases.record_recovery(
            owed.id, version=version, amount=Money.yuan(1), on=clock.today(), document_number="1", by=office.zheng
        )


def test_the_chair_gives_up_what_will_not_come_back_with_a_reason(office):
    case, owed = revoked(office)
    recover(owed, office.zheng)
    owed = db.session.get_one(Recoverable, owed.id)
    with pytest.raises(RuleBroken) as refused:
        cases.write_off(owed.id, version=owed.version, amount=Money.yuan(2_000), reason=" ", by=office.sun)
    assert refused.value.field == "reason"
    with pytest.raises(RuleBroken):
        cases.write_off(owed.id, version=owed.version, amount=Money.yuan(2_001), reason="无力偿还", by=office.sun)
    row = cases.write_off(owed.id, version=owed.version, amount=Money.yuan(2_000), reason="无力偿还", by=office.sun)
    assert (left_of(row), row.settled_on, paid_of(case)) == (Money(0), clock.today(), Money.yuan(2_000))
    assert lines("write_off")[0].unusual == "written_off"
    assert "无力偿还" in row.note and "无力偿还" not in str(lines("write_off")[0].changes)
    check_books()


def bounce(office: Office, case):
    payment = db.session.scalars(db.select(Payment).where(Payment.case_id == case.id)).one()
    sheet = db.session.get_one(Sheet, payment.sheet_id)
    payments.record_bounce(
        sheet.id, payment.id, version=sheet.version, reason="B04", on=clock.today(), by=office.zheng
    )


def test_a_payment_that_the_bank_returns_after_the_revocation_counts_as_come_back(office):
    case, owed = revoked(office)
    bounce(office, case)
    assert left_of(db.session.get_one(Recoverable, owed.id)) == Money(0)
    assert len(lines("returned")) == 1
    check_books()


def test_over_http_the_list_the_letter_and_what_came_back(office, client):
    case, owed = revoked(office)
    shown = get(client, office, "zheng", "/recoveries")
    assert (shown.status_code, case.number in shown.text, "¥3,000.00" in shown.text) == (200, True, True)
    for filters, is_there in (("state=settled", False), ("age=new", True), ("age=old", False), ("reason=X02", False)):
        assert (case.number in get(client, office, "feng", f"/recoveries?{filters}").text) is is_there, filters
    clock.set_shift(clock.shift() + timedelta(days=400))
    assert "400 days" in get(client, office, "feng", "/recoveries?age=old").text
    address = f"/recoveries/{owed.id}/recover"
    bad = post(client, office, "zheng", address, version=owed.version, amount="3000", on="2027-02-30")
    assert (bad.status_code, 'id="on-error"' in bad.text) == (422, True)
    sent = {"version": owed.version, "on": clock.today().isoformat(), "document_number": "回单0003"}
    assert post(client, office, "zheng", address, amount="1000", **sent).status_code == 303
    late = post(client, office, "zheng", address, amount="1000", **sent)
    assert (late.status_code, left_of(db.session.get_one(Recoverable, owed.id))) == (409, Money.yuan(2_000))
    assert get(client, office, "liu", f"/recoveries/{owed.id}/write-off").status_code == 403
    assert get(client, office, "wang", "/recoveries").status_code == 403
    assert get(client, office, "zheng", "/recoveries/999999/recover").status_code == 404
    assert get(client, office, "feng", "/recoveries/download").status_code == 200
    letter = post(client, office, "zhou", f"/recoveries/{owed.id}/letter")
    assert (letter.status_code, letter.data[:5]) == (200, b"%PDF-")


def test_the_same_money_never_comes_back_twice(office):
    case, owed = revoked(office)
    recover(owed, office.zheng)
    with pytest.raises(RuleBroken, match="recovered"):
        bounce(office, case)
    check_books()
