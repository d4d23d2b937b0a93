"""Does the caseworker's desk open with four large buttons, and then with what came back and why?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from relief import clock
from relief.cases import service as cases
from relief.db import db
from relief.desk.returned import list_returned
from relief.domain.errors import NotAllowed
from relief.domain.workflow import State
from relief.payments import service as payments
from relief.payments.models import Payment
from tests.build import Office, a_household, an_office
from tests.build_cases import a_case, a_sheet
from tests.signing_in import sign_in_as


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


def test_four_large_buttons_with_a_count_of_those_due(office: Office, client: FlaskClient) -> None:
    a_household(office, "李文")
    sign_in_as(client, "wang")
    page = client.get("/").text
    assert page.count('class="big-button"') == 4
    nav = page.split('class="big-buttons"')[1].split("</nav>")[0]
    for address in ("/visits/new", "/visits/due", "/windows", "/search"):
        assert f'href="{address}"' in nav
        assert client.get(address).status_code == 200, address
    assert '<b class="count"' in nav
    sign_in_as(client, "zhou")
    assert "big-button" not in client.get("/").text


def test_what_was_sent_back_stands_first_with_its_reason_and_what_to_mend(office: Office, client: FlaskClient) -> None:
    case = a_case(office, State.SUBMITTED)
    cases.send_back(case.id, version=case.version, reason="R01", fields=["evidence"], note="缺证明", by=office.li)
    (one,) = list_returned(by=office.wang)
    assert (one.number, str(one.why), [str(name) for name in one.mend], one.note) == (
        case.number, "Papers are missing", ["Papers"], "缺证明",
    )  # fmt: skip
    assert list_returned(by=office.zhao) == []
    sign_in_as(client, "wang")
    page = client.get("/").text
    assert page.index('id="returned"') > page.index("big-buttons")
    assert page.count(case.number) == 1, "told once, not among the queues again"


def test_a_returned_payment_leads_to_the_account_of_its_household(office: Office) -> None:
    case = a_case(office, State.APPROVED)
    sheet = a_sheet(office, case, state="sent")
    payment = db.session.scalars(sa.select(Payment)).one()
    payments.record_bounce(
        sheet.id, payment.id, version=sheet.version, reason="B04", on=clock.today(), by=office.zheng
    )
    (one,) = list_returned(by=office.wang)
    assert (str(one.why), one.url) == ("Account is closed", f"/households/{case.household_id}/account")


def test_only_who_writes_cases_is_told(office: Office) -> None:
    with pytest.raises(NotAllowed):
        list_returned(by=office.zhou)
