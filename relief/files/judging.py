"""Is this upload a photo or a PDF that we keep? Judged by size, ending and content before anything is decoded."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Protocol

import puremagic

from relief.domain.errors import RuleBroken
from relief.files import images

MOST_BYTES = 20_000_000
MOST_AT_ONCE = 10
ENDINGS = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".pdf": "application/pdf"}
PDF_HEAD = re.compile(rb"%PDF-[12]\.\d")
PDF_TAIL = re.compile(rb"startxref\s+\d+\s+%%EOF[\s\x00]*\Z")


class Upload(Protocol):
    """What a form's file field gives: a name and a stream (werkzeug's FileStorage is one)."""

    filename: str | None
    stream: Any


@dataclass(frozen=True)
class Given:
    """An upload made in code, by the demo or a test."""

    filename: str | None
    content: bytes

    @property
    def stream(self) -> io.BytesIO:
        return io.BytesIO(self.content)


@dataclass(frozen=True)
class Judged:
    """What is kept of an upload: its own name, what it is, and the bytes, re-encoded when it is a photo."""

    name: str
    media_type: str
    content: bytes


def judge(upload: Upload, *, field: str = "files") -> Judged:
    """The upload as it may be kept; RuleBroken on `field` says what is wrong with which file.

    Photos come back upright, re-encoded, without EXIF or anything else that was in the file. A PDF is looked at
    from outside only and kept as it came. Costs CPU: do it before a transaction begins.
    """
    name = _tidy(upload.filename)
    content = upload.stream.read(MOST_BYTES + 1)
    media_type = _media_type(name, content, field)
    if media_type == "application/pdf":
        _judge_pdf(name, content, field)
    else:
        content = images.cleaned(name, content, media_type, field)
    return Judged(name, media_type, content)


def judge_all(uploads: list[Any], *, field: str = "files", most: int = MOST_AT_ONCE) -> list[Judged]:
    """All of one form's uploads, or a sentence about the first that is not kept."""
    if len(uploads) > most:
        raise RuleBroken(field, "Choose at most %(most)s files at a time.", most=most)
    return [judge(one, field=field) for one in uploads]


def _media_type(name: str, content: bytes, field: str) -> str:
    if not content:
        raise RuleBroken(field, "“%(name)s” is empty.", name=name)
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise RuleBroken(field, "“%(name)s” is too large: at most %(most)s MB.", name=name, most=most)
    by_ending = ENDINGS.get(PurePosixPath(name).suffix.lower())
    if by_ending is None:
        raise RuleBroken(field, "“%(name)s” is neither a photo (JPEG, PNG) nor a PDF.", name=name)
    if by_ending != _found_in(content):
        raise RuleBroken(field, "“%(name)s” is not what its ending says. Save it anew and try again.", name=name)
    return by_ending


def _found_in(content: bytes) -> str | None:
    """What the first and last bytes say; the whole is not read."""
    try:
        found = puremagic.from_string(content[:4096], mime=True)
    except (puremagic.PureError, ValueError):
        return None
    return str(found)


def _judge_pdf(name: str, content: bytes, field: str) -> None:
    """It begins and ends as a PDF, so that nothing hides before or behind it."""
    if not PDF_HEAD.match(content) or not PDF_TAIL.search(content[-2048:]):
        raise RuleBroken(field, "“%(name)s” is damaged or is no whole PDF. Save it anew and try again.", name=name)


def _tidy(filename: str | None) -> str:
    """The last part of the name, without control signs; long ones keep their end."""
    plain = unicodedata.normalize("NFC", filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in plain if sign.isprintable()).strip()[-120:] or "?"
