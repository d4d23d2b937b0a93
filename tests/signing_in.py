"""How does a test sign in? Through the page, as the person of the cast."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.build import PASSWORD


def sign_in_as(client: FlaskClient, username: str) -> None:
    """Sign the browser in as this user, whoever it was before."""
    client.post("/sign-out")
    answer = client.post("/sign-in", data={"username": username, "password": PASSWORD})
    assert answer.status_code == 303, answer.get_data(as_text=True)[:500]
