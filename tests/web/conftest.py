"""What do the tests of the web layer stand on? The gallery with compiled Chinese words, and a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from babel.messages.mofile import write_mo
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.web.gallery import make_app
from tools import catalogue

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def words(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a catalogue compiled from the parts as they stand."""
    folder = tmp_path_factory.mktemp("words")
    target = folder / "zh_Hans_CN" / "LC_MESSAGES"
    target.mkdir(parents=True)
    with (target / "messages.mo").open("wb") as file:
        write_mo(file, catalogue.merged()[0])
    return str(folder)


@pytest.fixture
def gallery(words: str) -> Flask:
    return make_app(words, propagate=False)


@pytest.fixture
def zh(gallery: Flask) -> FlaskClient:
    """A browser that asks for nothing: Chinese. CSRF is on; `posted` of the form tests brings the token."""
    return gallery.test_client()


@pytest.fixture
def en(gallery: Flask) -> FlaskClient:
    client = gallery.test_client()
    client.set_cookie("lang", "en")
    return client


class _Silent(WSGIRequestHandler):
    def log_request(self, *args: object) -> None:
        return


@pytest.fixture(scope="session")
def address(words: str) -> Iterator[str]:
    """The gallery served on this machine."""
    server = make_server("127.0.0.1", 0, make_app(words, propagate=False), threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=QUIET)
        yield browser
        browser.close()
