"""What waits for whom? Each role sees its own queue, its own rooms, and nothing of another unit."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from relief.cases import service as cases
from relief.desk.menu import menu_for
from relief.desk.waiting import count_waiting, list_queues
from relief.domain.permissions import Actor
from relief.domain.workflow import State
from tests.build import Office, a_household, an_office
from tests.build_cases import a_case, a_sheet
from tests.signing_in import sign_in_as

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def office() -> Office:
    return an_office()


def codes(by: Actor) -> list[str]:
    return [queue.code for queue in list_queues(by)]


@pytest.mark.parametrize(
    ("state", "who", "code"),
    [
        (State.DRAFT, "wang", "drafts"),
        (State.SUBMITTED, "li", "opinion"),
        (State.OPINION_GIVEN, "wang", "post"),
        (State.FORWARDED, "chen", "review"),
        (State.IN_APPROVAL, "sun", "approve"),
        (State.APPROVED, "zhou", "gather"),
    ],
)
def test_a_case_waits_for_the_hand_whose_turn_it_is(office: Office, state: State, who: str, code: str) -> None:
    a_case(office, state)
    assert codes(getattr(office, who)) == [code]


def test_special_relief_waits_for_the_chair_and_not_for_the_vice_chair(office: Office) -> None:
    a_case(office, State.IN_APPROVAL, grade=3)
    assert codes(office.sun) == ["approve"]
    assert codes(office.liu) == []


def test_another_units_case_waits_for_nobody_here(office: Office) -> None:
    a_case(office, State.SUBMITTED)
    assert count_waiting(office.he) == 0


def test_a_case_that_was_sent_back_comes_first_to_its_caseworker(office: Office) -> None:
    case = a_case(office, State.SUBMITTED)
    cases.send_back(
        case.id, version=case.version, reason="R01", fields=["evidence"], note="缺证明", by=office.li
    )
    assert codes(office.wang) == ["sent_back"]


def test_a_held_case_waits_for_nobody(office: Office) -> None:
    case = a_case(office, State.SUBMITTED)
    cases.hold(case.id, version=case.version, note="等待核实", by=office.li)
    assert codes(office.li) == []


def test_an_objection_waits_to_be_settled(office: Office) -> None:
    case = a_case(office, State.ON_NOTICE)
    cases.record_objection(
        case.id, version=case.version, received_on=case.due_on and case.need_on, text="不属实", by=office.wang
    )
    assert codes(office.li) == ["objections"]


@pytest.mark.parametrize(
    ("state", "who", "code"), [("submitted", "wu", "release"), ("released", "zheng", "send"), ("draft", "zhou", "made")]
)
def test_a_sheet_waits_for_the_next_hand(office: Office, state: str, who: str, code: str) -> None:
    a_sheet(office, a_case(office, State.APPROVED), state=state)
    assert code in codes(getattr(office, who))


def test_the_oldest_deadline_stands_first(office: Office) -> None:
    late = a_case(office, State.SUBMITTED, household=a_household(office, "李文"))
    soon = a_case(office, State.SUBMITTED, household=a_household(office, "韩梅"))
    (queue,) = list_queues(office.li)
    assert [item.url for item in queue.items] == [f"/cases/{late.id}", f"/cases/{soon.id}"]
    assert queue.count == 2


@pytest.mark.parametrize(
    ("who", "rooms"),
    [
        ("chu", {"/", "/unions"}),
        ("wei", {"/", "/users"}),
        ("wu", {"/", "/cases", "/windows", "/notices", "/sheets", "/vouchers", "/funds", "/recoveries", "/figures"}),
    ],
)
def test_each_role_sees_only_its_own_rooms(office: Office, who: str, rooms: set[str]) -> None:
    assert {item.url for item in menu_for(getattr(office, who), "/")} == rooms


@pytest.mark.parametrize("who", ["wang", "li", "chen", "liu", "sun", "zhou", "wu", "zheng", "feng", "chu", "wei"])
def test_every_desk_opens_and_every_room_of_its_menu(office: Office, client: FlaskClient, who: str) -> None:
    a_case(office, State.SUBMITTED)
    sign_in_as(client, who)
    for item in menu_for(getattr(office, who), "/"):
        assert client.get(item.url).status_code == 200, item.url


def test_the_record_is_read_by_those_who_may(office: Office, client: FlaskClient) -> None:
    a_case(office, State.SUBMITTED)
    sign_in_as(client, "feng")
    page = client.get("/record").get_data(as_text=True)
    assert "登记走访" in page and "visit.log" in page
    sign_in_as(client, "wang")
    assert client.get("/record").status_code == 403


def test_the_record_is_turned_page_by_page_and_filtered(office: Office, client: FlaskClient) -> None:
    a_case(office, State.SUBMITTED)
    sign_in_as(client, "feng")
    page = client.get("/record?subject=case").get_data(as_text=True)
    assert "case.submit" in page and "user.create" not in page
    assert client.get("/record?after=broken").status_code == 200
