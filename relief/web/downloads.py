"""How is a file handed out? As an attachment under a name that we made, never shown inside a page of ours."""

from __future__ import annotations

import io
import re

from flask import Response, send_file

UNSAFE = re.compile(r"[^\w.\-（）()·]+", re.UNICODE)


def download(content: bytes, media_type: str, name: str) -> Response:
    """The bytes as an attachment; Chinese names travel as RFC 5987 says, with a plain one for old programs."""
    return send_file(io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=safe_name(name))


def inline_image(content: bytes) -> Response:
    """A small JPEG for an `<img>`; nothing else is ever shown inline."""
    return send_file(io.BytesIO(content), mimetype="image/jpeg", as_attachment=False)


def safe_name(name: str) -> str:
    """A name that every file system takes: letters of any script, figures, hyphens; at most 100 characters."""
    plain = UNSAFE.sub("-", name).strip("-.") or "file"
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:90]}.{ending[:9]}" if dot else plain[:100]
