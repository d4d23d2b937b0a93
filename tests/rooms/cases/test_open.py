"""Open a case: a draft of a household's own, with its number, its event and its amount."""

from datetime import date, timedelta

import pytest

from relief import clock
from relief.cases import service as cases
from relief.cases.given import Application
from relief.cases.models import Case
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.money import Money
from relief.households.models import Member
from relief.persons.service import declare_relative
from tests.build import a_household
from tests.rooms.cases.asking import ENGLISH, audit_of, get, post

FIRE = {"event_kind": "fire", "event_on": date(2026, 3, 1), "story": "锅炉房起火，烧毁两间", "grade": 2}


def open_one(household, by, **other):
    return cases.open_case(household.id, "special", Application(**(FIRE | other)), by=by)


def test_it_is_a_draft_with_number_amount_and_audit_line(office):
    case = open_one(a_household(office), office.wang)
    assert (case.state, case.number, case.union_id) == ("draft", "XLGH-TS-2026-00001", office.dongfeng.id)
    assert (case.proposed, case.need_on) == (Money.yuan(3_000), date(2026, 3, 1))
    assert case.entered_by == office.wang.person_id
    assert audit_of(case, "case.open")[0].changes["number"] == case.number


def test_only_a_caseworker_opens_and_only_for_their_own_unit(office):
    household = a_household(office)
    with pytest.raises(NotAllowed):
        open_one(household, office.li)
    with pytest.raises(NotYours):
        open_one(household, office.zhao)


def test_nobody_enters_their_own_household_or_a_relatives(office):
    household = a_household(office)
    with transaction():
        db.session.add(
            Member(household_id=household.id, person_id=office.wang.person_id, relation="other", since=date(2026, 1, 1))
        )
    with pytest.raises(NotAllowed, match="own household"):
        open_one(household, office.wang)
    assert db.session.scalars(db.select(Case)).all() == []
    other = a_household(office)
    declare_relative(office.wang.person_id, other.head_id, "sibling", by=office.wang)
    with pytest.raises(NotAllowed, match="near to this household"):
        open_one(other, office.wang)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("event_on", {"event_on": date(2026, 3, 3)}),
        ("event_kind", {"event_kind": "comet"}),
        ("grade", {"grade": 9}),
        ("story", {"story": "  "}),
        ("requested", {"requested": Money(0)}),
    ],
)
def test_an_answer_that_is_none_is_refused_at_its_field(office, field, given):
    with pytest.raises(RuleBroken) as refused:
        open_one(a_household(office), office.wang, **given)
    assert refused.value.field == field


def test_an_event_of_today_is_no_future(office):
    assert open_one(a_household(office), office.wang, event_on=clock.today()).need_on == date(2026, 3, 2)


def test_a_closed_file_opens_no_case(office):
    household = a_household(office)
    with transaction():
        household.status = "closed"
    with pytest.raises(RuleBroken, match="closed"):
        open_one(household, office.wang)


def test_a_numbers_gap_does_not_stay_when_a_draft_was_refused(office):
    with pytest.raises(RuleBroken):
        open_one(a_household(office), office.wang, event_on=clock.today() + timedelta(days=1))
    assert open_one(a_household(office), office.wang).number.endswith("00001")


def test_the_form_opens_it_and_leads_to_its_page(office, client):
    household = a_household(office)
    page = get(client, office, "wang", f"/households/{household.id}/cases/new?kind=special")
    assert page.status_code == 200
    assert "¥3,000.00" in page.text
    done = post(
        client, office, "wang", f"/households/{household.id}/cases/new?kind=special", event_kind="fire",
        event_on="2026-03-01", story="起火", grade="2", requested="",
    )  # fmt: skip
    case = db.session.scalars(db.select(Case)).one()
    assert (done.status_code, done.location) == (303, f"/cases/{case.id}")


def test_bad_input_gets_a_sentence_at_its_field_and_keeps_what_was_typed(office, client):
    household = a_household(office)
    answer = post(
        client, office, "wang", f"/households/{household.id}/cases/new?kind=special", event_kind="fire",
        event_on="2026-03-03", story="烧毁两间仓房", grade="2", requested="1e9",
    )  # fmt: skip
    assert answer.status_code == 422
    assert 'id="requested-error"' in answer.text
    assert "Type an amount in yuan" in answer.text
    assert 'value="1e9"' in answer.text
    assert "烧毁两间仓房" in answer.text
    future = post(
        client, office, "wang", f"/households/{household.id}/cases/new?kind=special", event_kind="fire",
        event_on="2026-03-03", story="烧毁两间仓房", grade="2",
    )  # fmt: skip
    assert future.status_code == 422
    assert 'id="event_on-error"' in future.text
    assert "lies in the future" in future.text


def test_the_amount_is_explained_while_it_is_typed_and_nothing_is_kept(office, client):
    household = a_household(office)
    part = post(
        client, office, "wang", f"/households/{household.id}/cases/preview?kind=special", event_kind="fire",
        event_on="2026-03-01", grade="4", requested="8000",
    )  # fmt: skip
    assert part.status_code == 200
    assert "<html" not in part.text
    for words in ("¥10,000.00", "−¥2,000.00", "¥8,000.00", "Asked for less", "Chair", "office meeting"):
        assert words in part.text
    assert db.session.scalars(db.select(Case)).all() == []


def test_another_units_household_and_an_unknown_kind_are_no_pages(office, client):
    household = a_household(office, union=office.hongqi)
    assert get(client, office, "wang", f"/households/{household.id}/cases/new?kind=special").status_code == 404
    mine = a_household(office)
    assert get(client, office, "wang", f"/households/{mine.id}/cases/new?kind=alms").status_code == 404
    assert client.get(f"/households/{mine.id}/cases/new", headers=ENGLISH).status_code == 200
