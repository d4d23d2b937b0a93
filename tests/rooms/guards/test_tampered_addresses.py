"""Does a changed address end in a calm page, whatever number or key stands in it?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief.web.paging import encode_key
from tests.build import an_office
from tests.signing_in import sign_in_as

TOO_HIGH = str(2**63)
KEYS = [encode_key(key) for key in (["abc"], [None], [2**62], [1, 2], ["x", 1], [1, "x", None])]


def _pages(app: Flask) -> list[str]:
    rules = (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and rule.endpoint != "static")
    return sorted({rule.rule for rule in rules})


@pytest.mark.parametrize("person", ["wang", "chen", "sun", "zhou", "feng", "wei"])
def test_a_number_that_no_row_can_have_is_a_page_that_is_not_there(
    app: Flask, client: FlaskClient, person: str
) -> None:
    an_office()
    sign_in_as(client, person)
    for rule in (one for one in _pages(app) if "<int:" in one):
        address = re.sub(r"<[^>]+>", "1", re.sub(r"<int:[^>]+>", TOO_HIGH, rule))
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("person", ["chen", "feng", "wei"])
def test_a_key_that_the_list_did_not_make_is_its_first_page(app: Flask, client: FlaskClient, person: str) -> None:
    an_office()
    sign_in_as(client, person)
    for rule in (one for one in _pages(app) if "<" not in one and "download" not in one):
        if client.get(rule).status_code != 200:
            continue
        for key in KEYS:
            assert client.get(rule, query_string={"after": key}).status_code == 200, (rule, key)
