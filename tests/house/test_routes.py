"""Is every route in the written table, guarded as it says, for each role, and closed to other unions?

The table is `routes.txt`: method, address, and who may open it (`public`, `signed_in`, or permissions). A route that is
missing from it fails; so does one whose guard differs.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from relief.db import db
from relief.domain.permissions import PERMISSIONS, Role, roles_with
from tests.build import CAST, an_office
from tests.signing_in import sign_in_as

TABLE = Path(__file__).with_name("routes.txt")
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def written() -> dict[tuple[str, str], str]:
    """(method, address) → who, from the table."""
    rows = [line.split(maxsplit=2) for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1].isalpha()]
    return {(method, address): who.strip() for method, address, who in rows}


def found(app: Flask) -> dict[tuple[str, str], str]:
    """(method, address) → who, from the code."""
    table: dict[tuple[str, str], str] = {}
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            table[method, rule.rule] = _access(app, rule)
    return table


def _access(app: Flask, rule: Rule) -> str:
    if rule.endpoint in ("static", "language.choose"):
        return "public"
    access = getattr(app.view_functions[rule.endpoint], "access", "UNGUARDED")
    return access if isinstance(access, str) else ",".join(access)


def test_every_route_stands_in_the_table_as_it_is_guarded(app: Flask) -> None:
    code, table = found(app), written()
    assert "UNGUARDED" not in code.values(), [one for one, who in code.items() if who == "UNGUARDED"]
    assert set(code) - set(table) == set(), "routes that the table does not know"
    assert set(table) - set(code) == set(), "rows without a route"
    assert {one: who for one, who in code.items() if table[one] != who} == {}


def test_the_table_names_permissions_that_exist() -> None:
    for who in written().values():
        assert who in ("public", "signed_in") or set(who.split(",")) <= set(PERMISSIONS)


def test_public_routes_are_few_and_known() -> None:
    assert {address for (_, address), who in written().items() if who == "public"} == {
        "/static/<path:filename>", "/language", "/sign-in", "/sign-in/code", "/invitation", "/invitation/<code>",
        "/invitation-gone", "/verify/<token>",
    }  # fmt: skip


def _address(rule: str) -> str:
    """The rule with a number or a word in place of each variable."""
    filled = re.sub(r"<int:[^>]+>", "999999", rule).replace("<what>", "account")
    return re.sub(r"<(?:[a-z]+:)?[^>]+>", "nothing", filled)


@pytest.fixture
def as_role(app: Flask, client: FlaskClient) -> dict[Role, str]:
    an_office()
    return {role: key for key, (_, _, role) in reversed(CAST.items())}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_turned_away_where_the_table_says(
    role: Role, client: FlaskClient, as_role: dict[Role, str]
) -> None:
    sign_in_as(client, as_role[role])
    for (method, rule), who in written().items():
        if who in ("public", "signed_in") or rule.startswith("/demo"):
            continue
        may = any(role in roles_with(permission) for permission in who.split(","))
        status = client.open(_address(rule), method=method).status_code
        assert (status == 403) != may, (method, rule, status)


def test_strangers_see_the_sign_in_page_everywhere_else(app: Flask, client: FlaskClient) -> None:
    for (method, rule), who in written().items():
        if who != "public":
            answer = client.open(_address(rule), method=method)
            assert answer.status_code == 303 and "/sign-in" in answer.headers["Location"], (method, rule)


def test_a_get_writes_nothing_but_access_and_last_seen(app: Flask, client: FlaskClient) -> None:
    an_office()
    for key in ("wang", "chen", "zhou", "feng", "chu", "wei"):
        sign_in_as(client, key)
        before = _counts()
        for method, rule in written():
            if method == "GET" and "<" not in rule:
                client.get(rule)
        assert _counts() == before
    assert before["audit_entry"] > (0,)


def _counts() -> dict[str, tuple[int, ...]]:
    """How many rows each table holds and which versions they carry, the allowed ones left out."""
    allowed = {"access_entry", "sign_in_session"}
    counts: dict[str, tuple[int, ...]] = {}
    for table in db.metadata.sorted_tables:
        if table.name not in allowed:
            columns = [db.func.count()] + ([db.func.sum(table.c.version)] if "version" in table.c else [])
            counts[table.name] = tuple(db.session.execute(db.select(*columns).select_from(table)).one())
    db.session.rollback()
    return counts
