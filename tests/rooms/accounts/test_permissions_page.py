"""Does the page print the matrix of the rule book, to everybody signed in and to nobody else?"""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from relief.accounts.permission_table import permission_table
from relief.domain.permissions import MATRIX, PERMISSIONS, Role
from tests.build import Office, sign_in


def test_each_row_has_the_ticks_of_the_matrix() -> None:
    rows = permission_table()
    assert [row.code for row in rows] == list(PERMISSIONS)
    for row in rows:
        assert row.ticks == tuple(row.code in MATRIX[role] for role in Role)
        assert row.roles == tuple(role.label for role in Role if row.code in MATRIX[role])


@pytest.mark.parametrize("who", ["wang", "feng", "chu"])
def test_everybody_signed_in_reads_it(client: FlaskClient, office: Office, who: str) -> None:
    sign_in(client, office, who)
    page = client.get("/permissions", headers={"Accept-Language": "en"}).get_data(as_text=True)
    table = page[page.index("<table") : page.index("</table>")]
    assert table.count("<tr>") == len(PERMISSIONS) + 1
    assert len(re.findall(r"<td><svg", table)) == sum(len(held) for held in MATRIX.values())


def test_a_stranger_does_not(client: FlaskClient, office: Office) -> None:
    assert client.get("/permissions").status_code == 303


def test_every_page_of_this_room_says_who_may_open_it(client: FlaskClient) -> None:
    views = client.application.view_functions
    unmarked = [name for name, view in views.items() if name.startswith("accounts.") and not hasattr(view, "access")]
    assert unmarked == []
