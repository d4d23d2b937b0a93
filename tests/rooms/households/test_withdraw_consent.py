"""Is a consent withdrawn under its own household only?"""

from flask import Flask
from flask.testing import FlaskClient

from relief.households.consents import list_consents
from tests.build import a_household, an_office
from tests.signing_in import sign_in_as


def test_under_another_household_it_is_not_there(app: Flask, client: FlaskClient) -> None:
    office = an_office()
    one, other = a_household(office, "张桂兰"), a_household(office, "李文")
    consent = list_consents(one.id)[0]
    sign_in_as(client, "wang")
    assert client.post(f"/households/{other.id}/consents/{consent.id}/withdraw").status_code == 404
    assert list_consents(one.id)[0].withdrawn_on is None
    assert client.post(f"/households/{one.id}/consents/{consent.id}/withdraw").status_code == 303
    assert [row.withdrawn_on for row in list_consents(one.id) if row.id == consent.id] != [None]
