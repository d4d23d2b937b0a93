"""Do static files come compressed, stay in caches under their hash only, and carry their licences?"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

STATIC = Path(__file__).parents[2] / "relief/static"
SHEET = "/static/vendor/tabler.min.css"


def test_compressed_where_accepted_and_plain_where_not(zh: FlaskClient) -> None:
    plain = zh.get(SHEET, headers={"Accept-Encoding": "identity"}, buffered=True)
    small = zh.get(SHEET, headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.mimetype == "text/css"
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 5
    assert {plain.headers["Vary"], small.headers["Vary"]} == {"Accept-Encoding"}


def test_refused_gzip_is_refused(zh: FlaskClient) -> None:
    assert "Content-Encoding" not in zh.get(SHEET, headers={"Accept-Encoding": "gzip;q=0"}, buffered=True).headers


def test_a_year_under_the_right_hash_only(zh: FlaskClient, gallery: Flask) -> None:
    with gallery.test_request_context():
        address = gallery.jinja_env.globals["asset"]("vendor/tabler.min.css")
    assert "immutable" in zh.get(address, buffered=True).headers["Cache-Control"]
    assert "immutable" not in zh.get(f"{SHEET}?v=000000000000", buffered=True).headers["Cache-Control"]
    assert "immutable" not in zh.get(SHEET, buffered=True).headers["Cache-Control"]


def test_unchanged_files_are_not_sent_again(zh: FlaskClient) -> None:
    first = zh.get(SHEET, headers={"Accept-Encoding": "gzip"}, buffered=True)
    again = zh.get(SHEET, headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}, buffered=True)
    assert again.status_code == 304
    assert not again.data


def test_nothing_outside_the_folder_is_served(zh: FlaskClient) -> None:
    for address in ("/static/../config.py", "/static/%2e%2e/config.py", "/static/css/../../config.py"):
        assert zh.get(address, buffered=True).status_code == 404


def test_vendored_files_have_their_licences_and_name_no_map() -> None:
    assert {file.name for file in (STATIC / "vendor").glob("LICENSE-*")} == {
        "LICENSE-htmx.txt", "LICENSE-tabler.txt", "LICENSE-tabler-icons.txt",
    }  # fmt: skip
    for file in (STATIC / "vendor").glob("*.min.*"):
        assert "sourceMappingURL" not in file.read_text(encoding="utf-8")


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendor/icons.svg").read_text())) | {"mark"}
    templates = [file for file in (STATIC.parents[1] / "templates").rglob("*.html") if "documents" not in file.parts]
    named = {name for file in templates for name in re.findall(r'icon\("([a-z0-9-]+)"', file.read_text())}
    assert named <= drawn
