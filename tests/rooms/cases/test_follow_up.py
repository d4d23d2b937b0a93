"""Follow up: somebody else than the visitor asks whether it came and whether it helped."""

from datetime import timedelta

import pytest

from relief import clock
from relief.cases import service as cases
from relief.cases.follow_up_models import FollowUp
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.workflow import State
from relief.payments import service as payments
from tests.build_cases import a_case, a_paid_case, a_sheet, a_visit, some_money
from tests.rooms.cases.asking import audit_of, fresh, get, is_missing_alike, last_step, post
from tests.rooms.money.asking import rows_of
from tests.rooms.money.awards import a_listed_award

WELL = {"way": "phone", "received_it": True, "satisfaction": 5, "words": "感谢工会"}


def ask(case, by, on=None, **said):
    return cases.follow_up(case.id, version=case.version, on=on or clock.today(), by=by, **(WELL | said))


def test_the_answer_is_kept_and_the_case_is_followed_up(office):
    case = ask(a_paid_case(office), office.chen)
    assert last_step(case, "follow_up") == ("paid", "followed_up", office.chen.person_id)
    kept = db.session.scalars(db.select(FollowUp)).one()
    assert (kept.received_it, kept.satisfaction, kept.words) == (True, 5, "感谢工会")
    assert audit_of(case, "case.follow_up")[0].changes["satisfaction"] == 5


def test_who_visited_does_not_ask(office):
    case = a_paid_case(office)
    with pytest.raises(NotAllowed, match="visited"):
        ask(case, office.wang)


def test_a_household_without_the_money_is_asked_again(office, client):
    case = ask(a_paid_case(office), office.chen, received_it=False, satisfaction=None)
    assert case.state == State.PAID
    assert audit_of(case, "case.follow_up")[0].unusual == "not_received"
    assert "has not arrived" in get(client, office, "chen", f"/cases/{case.id}").text
    assert ask(fresh(case), office.chen).state == State.FOLLOWED_UP


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("satisfaction", {"satisfaction": None}),
        ("satisfaction", {"satisfaction": 6}),
        ("satisfaction", {"satisfaction": 0}),
        ("way", {"way": "letter"}),
    ],
)
def test_an_answer_that_is_none_is_refused_at_its_field(office, field, said):
    with pytest.raises(RuleBroken) as refused:
        ask(a_paid_case(office), office.chen, **said)
    assert refused.value.field == field


def test_a_day_to_come_a_wrong_role_a_wrong_state_another_unit(office):
    case = a_paid_case(office)
    with pytest.raises(RuleBroken) as refused:
        ask(case, office.chen, on=clock.today() + timedelta(days=1))
    assert refused.value.field == "on"
    with pytest.raises(NotAllowed):
        ask(fresh(case), office.li)
    with pytest.raises(NotYours):
        ask(fresh(case), office.zhao)
    with pytest.raises(WrongState):
        ask(a_case(office, State.SUBMITTED), office.chen)


def a_paid_festival_case(office):
    """A kit and money for the Spring Festival, both with the household, and nobody has brought them by hand."""
    some_money()
    case = a_listed_award(office, "spring_festival")
    for way, verb in (("goods", payments.record_handover), ("transfer", payments.record_success)):
        sheet = a_sheet(office, case, state="sent", way=way)
        ids = [one.id for one in rows_of(sheet)]
        verb(sheet.id, version=sheet.version, payment_ids=ids, on=clock.today(), by=office.zheng)
    return fresh(case)


def test_what_is_handed_over_in_person_is_brought_first(office, client):
    case = a_paid_festival_case(office)
    assert case.state == State.PAID
    with pytest.raises(RuleBroken) as refused:
        ask(case, office.chen)
    assert refused.value.field == "visits" and "in person" in str(refused.value)
    assert "Bring it in person" in get(client, office, "chen", f"/cases/{case.id}/follow-up").text
    assert ask(fresh(case), office.chen, received_it=False, satisfaction=None).state == State.PAID
    a_visit(case.household, office.wang, office.zhao, kind="care")
    assert ask(fresh(case), office.chen).state == State.FOLLOWED_UP


def test_other_kinds_ask_for_no_such_visit(office):
    some_money()
    case = a_listed_award(office, "seasonal")
    sheet = a_sheet(office, case, state="sent", way="goods")
    ids = [one.id for one in rows_of(sheet)]
    payments.record_handover(sheet.id, version=sheet.version, payment_ids=ids, on=clock.today(), by=office.zheng)
    assert ask(fresh(case), office.chen).state == State.FOLLOWED_UP


def test_over_http(office, client):
    case = a_paid_case(office)
    bad = post(
        client, office, "chen", f"/cases/{case.id}/follow-up", version=case.version, on=str(clock.today()), way="phone",
        received_it="yes", words="钱到了，谢谢",
    )  # fmt: skip
    assert (bad.status_code, 'id="satisfaction-error"' in bad.text, "钱到了，谢谢" in bad.text) == (422, True, True)
    done = post(
        client, office, "chen", f"/cases/{case.id}/follow-up", version=case.version, on=str(clock.today()), way="phone",
        received_it="yes", satisfaction="4",
    )  # fmt: skip
    assert (done.status_code, fresh(case).state) == (303, "followed_up")
    assert is_missing_alike(client, office, "zhao", "follow-up", case)
