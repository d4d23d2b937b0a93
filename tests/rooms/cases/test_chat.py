"""Which lines about cases can be pasted into a chat, and for whom do they wait?"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from relief.cases import service as cases
from relief.cases.chat import chat_line, waiting_lines
from relief.domain.errors import NotAllowed
from relief.domain.workflow import State
from tests.build import Office
from tests.build_cases import a_case
from tests.signing_in import sign_in_as


@pytest.mark.parametrize(
    ("state", "who"), [(State.SUBMITTED, "Chair 李"), (State.FORWARDED, "Reviewer"), (State.IN_APPROVAL, "Chair 孙")]
)
def test_the_line_names_the_hand_whose_turn_it_is(office: Office, state: State, who: str) -> None:
    case = a_case(office, state)
    (line,) = waiting_lines(by=office.wang)
    assert case.number in str(line) and f"waiting for {who}" in str(line)
    assert case.applicant.name not in str(line) and "锅炉" not in str(line)


def test_what_is_missing_stands_in_the_line_of_the_case(office: Office) -> None:
    case = a_case(office, State.DRAFT)
    assert "still missing" in str(chat_line(case)) and "the home visit" in str(chat_line(case))


def test_a_case_that_ended_or_is_on_hold_waits_for_nobody(office: Office) -> None:
    case = a_case(office, State.SUBMITTED)
    cases.hold(case.id, version=case.version, note="等待核实", by=office.li)
    assert waiting_lines(by=office.wang) == []
    cases.resume(case.id, version=case.version, note="核实完毕", by=office.li)
    cases.withdraw(case.id, version=case.version, reason="W01", note="不需要了", by=office.wang)
    assert chat_line(case) is None


def test_another_units_cases_are_not_told(office: Office) -> None:
    a_case(office, State.SUBMITTED)
    assert waiting_lines(by=office.zhao) == []
    with pytest.raises(NotAllowed):
        waiting_lines(by=office.chu)


def test_the_desk_and_the_case_offer_the_text(office: Office, client: FlaskClient) -> None:
    case = a_case(office, State.SUBMITTED)
    sign_in_as(client, "wang")
    assert f"{case.number}" in client.get("/").text.split('id="chat-lines"')[1].split("</textarea>")[0]
    box = client.get(f"/cases/{case.id}").text.split('id="chat-case"')[1].split("</textarea>")[0]
    assert case.number in box and case.applicant.name not in box
    sign_in_as(client, "zhou")
    assert 'id="chat-lines"' not in client.get("/").text
