"""Does a server refuse settings that guard nothing, and answer only to its own name?"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief import create_app
from relief.config import HERE, Settings, for_demo, from_environment
from relief.serving import run_web
from tests.rooms.command_line import environment, relief


def _key(length: int = 32) -> str:
    return base64.b64encode(secrets.token_bytes(length)).decode()


def _env(**changed: str) -> dict[str, str]:
    made = {"RELIEF_DATABASE_URL": "sqlite://", "RELIEF_SECRET_KEY": _key(), "RELIEF_INDEX_KEY": _key()}
    return made | {"RELIEF_AUDIT_KEY": _key(), "RELIEF_FIELD_KEYS": json.dumps({"k1": _key()})} | changed


SAME = _key()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"RELIEF_SECRET_KEY": "changeme"}, "RELIEF_SECRET_KEY"),
        ({"RELIEF_AUDIT_KEY": _key(16)}, "RELIEF_AUDIT_KEY"),
        ({"RELIEF_INDEX_KEY": "="}, "RELIEF_INDEX_KEY"),
        ({"RELIEF_FIELD_KEYS": "{}"}, "RELIEF_FIELD_KEYS"),
        ({"RELIEF_FIELD_KEYS": "k1"}, "RELIEF_FIELD_KEYS"),
        ({"RELIEF_BACKUPS_KEPT": "-3"}, "RELIEF_BACKUPS_KEPT"),
        ({"RELIEF_FIELD_KEYS": json.dumps({"k1": _key(16)})}, "RELIEF_FIELD_KEYS"),
        ({"RELIEF_AUDIT_KEY": SAME, "RELIEF_INDEX_KEY": SAME}, "the same"),
        ({"RELIEF_PROFILE": "Strict"}, "RELIEF_PROFILE"),
    ],
)
def test_what_is_too_weak_is_refused(changed: dict[str, str], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        from_environment(_env(**changed))
    from_environment(_env())


def test_a_weak_secret_is_a_line_on_the_terminal(settings: Settings) -> None:
    said = relief("serve", **environment(settings) | {"RELIEF_SECRET_KEY": "changeme"})
    assert (said.returncode, said.stdout) == (1, "")
    assert "RELIEF_SECRET_KEY" in said.stderr
    assert "Traceback" not in said.stderr


def test_the_public_address_is_the_only_name_that_is_answered_to() -> None:
    settings = from_environment(_env(RELIEF_PUBLIC_URL="https://relief.example:8443/"))
    assert settings.trusted_hosts == ("relief.example", *HERE)
    named = from_environment(_env(RELIEF_PUBLIC_URL="https://a.example", RELIEF_TRUSTED_HOSTS="b.example, c.example"))
    assert named.trusted_hosts == ("b.example", "c.example")


@pytest.mark.parametrize("host", ["evil.example", "relief.example.evil.example", "evil.example:80", "", "a b"])
def test_another_host_is_a_bad_request(settings: Settings, host: str) -> None:
    app = create_app(replace(settings, trusted_hosts=("relief.example",)))
    answer = app.test_client().get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"]
    assert "evil" not in answer.get_data(as_text=True)


def test_the_demo_answers_to_this_machine_only(settings: Settings) -> None:
    assert for_demo(settings.instance).trusted_hosts == HERE


def test_over_https_the_cookie_belongs_to_this_host_alone(settings: Settings) -> None:
    app = create_app(replace(settings, public_url="https://relief.example", trusted_hosts=()))
    answer = app.test_client().get("/sign-in", base_url="https://relief.example")
    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if "relief=" in one]
    assert cookie.startswith("__Host-relief=")
    assert all(flag in cookie for flag in ("; Secure", "; HttpOnly", "; Path=/", "; SameSite=Lax"))
    assert "Domain" not in cookie


def test_the_server_takes_no_more_than_the_application_reads(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waitress keeps a body on disk before the application sees it: by default a gigabyte from anybody."""
    import waitress.server

    told: dict[str, object] = {}

    class Started(Exception):
        pass

    def create_server(_app: Flask, **settings: object) -> object:
        told.update(settings)
        raise Started

    monkeypatch.setattr(waitress.server, "create_server", create_server)
    with pytest.raises(Started):
        run_web(app, None, -1)  # type: ignore[arg-type]
    assert told["max_request_body_size"] == app.config["MAX_CONTENT_LENGTH"]


def test_a_long_search_makes_a_short_address(client: FlaskClient, app: Flask) -> None:
    from tests.build import an_office
    from tests.signing_in import sign_in_as

    an_office()
    sign_in_as(client, "wang")
    answer = client.post("/search", data={"q": "李" * 10_000})
    assert answer.status_code == 303
    assert len(answer.headers["Location"]) < 1000


def test_processes_that_share_a_queue_in_memory_share_the_limits(settings: Settings) -> None:
    shared = create_app(replace(settings, queue="redis", queue_url="redis://127.0.0.1:6379/0"))
    assert shared.config["RATELIMIT_STORAGE_URI"] == "redis://127.0.0.1:6379/0"
    assert create_app(settings).config["RATELIMIT_STORAGE_URI"] == "memory://"
