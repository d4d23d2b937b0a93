"""The page of a case: what each role sees, which buttons it has, and why one is not there."""

import io

import pytest
import sqlalchemy as sa

from relief.cases import panels, queries
from relief.cases.panels import PaymentRow, list_payment_rows
from relief.db import db
from relief.domain.money import Money
from relief.domain.workflow import CASE_STEPS, State
from relief.files.models import Attachment, IssuedDocument
from relief.households.actions import list_actions
from relief.households.finders import find_by_number
from relief.households.open_cases import has_open_case
from relief.households.timeline import list_timeline
from relief.providers import Adding
from tests.build import a_household, sign_in
from tests.build_cases import DOT, a_case
from tests.rooms.cases.asking import ENGLISH, fresh, get, post
from tests.rooms.cases.test_give_opinion import acting_as

STORY = "锅炉房起火"


def offers(case, by):
    return {offer.verb: offer.why_not for offer in queries.offers_for(case, by)}


def test_buttons_come_from_the_step_table_and_say_why_one_is_closed(office):
    case = a_case(office)
    mine = offers(case, office.wang)
    assert set(mine) == {"edit", "submit", "ask_urgently", "discard"}
    assert mine["edit"] is None
    assert "Signed application" in str(mine["submit"])
    assert offers(case, office.zhou) == {}
    assert {turn.label.message for turn in queries.turns_of_others(case, office.li)} == {"Submit"}


def test_hands_and_levels_close_a_button_with_their_sentence(office):
    case = a_case(office, State.IN_APPROVAL)
    assert offers(case, office.sun)["approve"] is None
    assert "Chair" in str(offers(case, office.liu)["approve"])
    assert "reviewed" in str(offers(case, acting_as(office.sun, office.chen))["approve"])


def test_a_button_that_is_open_is_a_step_that_the_table_has(office):
    for state in (State.DRAFT, State.SUBMITTED, State.ON_NOTICE, State.IN_APPROVAL):
        case = a_case(office, state)
        for who in ("wang", "li", "chen", "liu", "sun"):
            for verb in offers(case, getattr(office, who)):
                assert any(step.verb == verb and case.state in step.leaves for step in CASE_STEPS)


def test_finance_sees_amount_account_and_generic_cause_but_no_story(office, client):
    case = a_case(office, State.APPROVED)
    page = get(client, office, "zhou", f"/cases/{case.id}").text
    assert STORY not in page and "情况属实" not in page
    for seen in ("¥3,000.00", "****", "Due to disaster", case.number):
        assert seen in page
    assert f'href="/households/{case.household_id}"' not in page
    caseworkers = get(client, office, "wang", f"/cases/{case.id}").text
    assert STORY in caseworkers and "情况属实" in caseworkers


def test_nobody_reads_a_whole_account_number_here(office, client):
    from relief.households.models import Account

    case = a_case(office, State.APPROVED)
    number = db.session.scalars(db.select(Account).where(Account.household_id == case.household_id)).one().number
    for who in ("wang", "zhou", "feng"):
        page = get(client, office, who, f"/cases/{case.id}").text
        assert number not in page and number[-4:] in page


def test_another_units_case_answers_as_a_missing_one(office, client):
    case = a_case(office)
    sign_in(client, office, "zhao")
    theirs, none = client.get(f"/cases/{case.id}"), client.get("/cases/999999")
    assert (theirs.status_code, none.status_code) == (404, 404)
    assert theirs.data == none.data
    assert get(client, office, "wei", f"/cases/{case.id}").status_code == 403


def test_papers_are_added_on_the_page_and_close_their_gate(office, client):
    case = a_case(office)
    sign_in(client, office, "wang")
    send = {"kind": "event_proof", "files": (io.BytesIO(DOT), "证明.png")}
    done = client.post(
        f"/cases/{case.id}/papers/add", data=send, headers=ENGLISH, content_type="multipart/form-data"
    )
    assert (done.status_code, done.location) == (303, f"/cases/{case.id}#papers")
    assert db.session.scalars(db.select(Attachment.kind)).all() == ["event_proof"]
    assert "Proof of the event" not in str(offers(fresh(case), office.wang)["submit"])
    bad = client.post(
        f"/cases/{case.id}/papers/add", data={"kind": "event_proof", "files": (io.BytesIO(b"x"), "a.exe")},
        headers=ENGLISH, content_type="multipart/form-data",
    )  # fmt: skip
    assert (bad.status_code, "neither a photo" in bad.text) == (422, True)
    assert post(client, office, "zhou", f"/cases/{case.id}/papers/add", kind="other").status_code == 403
    assert post(client, office, "zhao", f"/cases/{case.id}/papers/add", kind="other").status_code == 404


def test_the_slip_is_issued_once_for_each_state_of_things(office, client):
    case = a_case(office)
    slips = [post(client, office, "wang", f"/cases/{case.id}/slip") for _ in range(2)]
    assert slips[0].data.startswith(b"%PDF") and slips[0].data == slips[1].data
    assert db.session.scalars(db.select(IssuedDocument.kind)).all() == ["receipt"]
    assert post(client, office, "li", f"/cases/{case.id}/slip").status_code == 403
    assert post(client, office, "zhao", f"/cases/{case.id}/slip").status_code == 404


def test_the_slip_says_who_has_it_by_when_and_what_is_missing(office):
    from relief.cases.papers import receipt_of

    missing = receipt_of(a_case(office))
    assert [str(one) for one in missing.missing][1:] == [
        "Attach: Signed application.", "Attach: Copy of the ID card.", "Attach: Proof of the event.",
    ]  # fmt: skip
    whole = receipt_of(a_case(office, State.SUBMITTED))
    assert (whole.missing, whole.held_by, whole.telephone) == ((), "王秀兰", "0451-57801234")
    assert str(whole.answer_due_on) == "2026-04-01"


def test_rooms_above_show_their_rows_on_the_page(office, client, monkeypatch):
    case = a_case(office, State.APPROVED)

    def provider(case_id, by):
        return [PaymentRow("试验单据", "sent", amount=Money.yuan(3_000))] if case_id == case.id else []

    monkeypatch.setattr(panels, "_providers", Adding())
    panels._providers.register(provider)
    assert [row.label for row in list_payment_rows(case.id, by=office.wang)] == ["试验单据"]
    assert "试验单据" in get(client, office, "wang", f"/cases/{case.id}").text


def test_the_rooms_below_hear_of_cases(office, app):
    household = a_household(office)
    case = a_case(office, household=household)
    with app.test_request_context():
        assert any(item.url == f"/cases/{case.id}" for item in list_timeline(household.id, by=office.wang))
        assert any("/cases/new" in action.url for action in list_actions(household, by=office.wang))
        assert not any("/cases/new" in action.url for action in list_actions(household, by=office.li))
        assert [found.url for found in find_by_number(case.number, by=office.wang)] == [f"/cases/{case.id}"]
        assert find_by_number(case.number, by=office.zhao) == []
    assert has_open_case(household.id)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED])
def test_the_page_asks_a_bounded_number_of_questions(office, client, state):
    case = a_case(office, state)
    sign_in(client, office, "wang")
    statements = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert client.get(f"/cases/{case.id}").status_code == 200
    assert len(statements) < 90
