"""How do style sheets, scripts and icons reach the browser? Compressed, kept a year under their hash."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, send_from_directory
from werkzeug.security import safe_join

COMPRESSED = {".css", ".js", ".svg", ".txt"}
YEAR = 365 * 24 * 3600


def register(app: Flask) -> None:
    """Serve static files compressed, and give the templates `asset('css/page.css')`."""
    app.view_functions["static"] = serve
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """The address of a static file with the hash of its content, so that a new version is a new address."""
    mark = _kept_mark(f"{current_app.static_folder}/{name}")
    return f"{request.script_root}{current_app.static_url_path}/{name}?v={mark}"


def serve(filename: str) -> Response:
    """One static file: gzip where accepted; a year in caches under its current hash, else asked for anew."""
    found = Path(safe_join(str(_folder()), filename) or "")
    if found.suffix in COMPRESSED and found.is_file() and request.accept_encodings["gzip"] > 0:
        response = _compressed(found)
    else:
        response = send_from_directory(_folder(), filename, max_age=0)
    response.vary.add("Accept-Encoding")
    if request.args.get("v") and request.args["v"] == _mark(found):
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def _compressed(found: Path) -> Response:
    response = Response(_packed(*_state(found)), mimetype=mimetypes.guess_type(found.name)[0])
    response.content_encoding = "gzip"
    response.set_etag(f"{_mark(found)}-gz")
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _folder() -> Path:
    return Path(current_app.static_folder or "")


def _state(file: Path) -> tuple[str, int]:
    return str(file), file.stat().st_mtime_ns


def _mark(file: Path) -> str:
    return _hashed(*_state(file))


@lru_cache(maxsize=256)
def _kept_mark(file: str) -> str:
    """A page names dozens of files, and they are part of the program: each is looked at once while it runs."""
    return _mark(Path(file))


@lru_cache(maxsize=256)
def _hashed(file: str, changed: int) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=256)
def _packed(file: str, changed: int) -> bytes:
    return gzip.compress(Path(file).read_bytes(), 9, mtime=0)
