"""How are long lists turned page by page? By the key of the last row, never by counting rows to skip."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

Row = TypeVar("Row")
Key = tuple[str | int | None, ...]
PER_PAGE = 50
AT_ONCE = 500
COUNT_CAP = 1000


@dataclass(frozen=True)
class Ask:
    """Which page is asked for: after a key, before a key, or the first, and of how many rows."""

    key: Key | None = None
    backwards: bool = False
    size: int = PER_PAGE

    @classmethod
    def read(cls, after: str | None, before: str | None, width: int) -> Ask:
        """From the query; a key has `width` values, and one alone is a row's number. What is no key of ours is the
        first page: people change addresses, and a database may refuse to compare what stands there."""
        if after and (key := _key_of_ours(after, width)):
            return cls(key)
        if before and (key := _key_of_ours(before, width)):
            return cls(key, backwards=True)
        return cls()


def asked(width: int = 1) -> Ask:
    """Which page of a list this request asks for; a key of the list has `width` values."""
    return Ask.read(request.args.get("after"), request.args.get("before"), width)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page in the list's order, and the opaque keys of its neighbours (None at an end)."""

    rows: Sequence[Row]
    next_key: str | None = None
    previous_key: str | None = None


def page_of(fetched: Sequence[Row], ask: Ask, key_of: Callable[[Row], Key], per_page: int = 0) -> Page[Row]:
    """Make a page of up to `per_page + 1` rows (the size asked for, unless given), in the direction asked (backwards:
    nearest first)."""
    per_page = per_page or ask.size
    more, rows = len(fetched) > per_page, list(fetched[:per_page])
    if ask.backwards:
        rows.reverse()
    if not rows:
        return Page(rows)
    first, last = encode_key(key_of(rows[0])), encode_key(key_of(rows[-1]))
    if ask.backwards:
        return Page(rows, last, first if more else None)
    return Page(rows, last if more else None, first if ask.key else None)


def every_row(turn: Callable[[Ask], Page[Row]], width: int) -> Iterator[Row]:
    """All rows of a list that turns page by page with keys of `width` values, a few hundred at a time."""
    ask = Ask(size=AT_ONCE)
    while True:
        page = turn(ask)
        yield from page.rows
        key = decode_key(page.next_key, width) if page.next_key else None
        if key is None:
            return
        ask = Ask(key, size=AT_ONCE)


def encode_key(key: Key) -> str:
    """A key as text for an address."""
    plain = json.dumps(key, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def decode_key(text: str, width: int) -> Key | None:
    """The key again, or None for anything that is not one of `width` plain values."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True)) if len(text) < 400 else None
    except (ValueError, UnicodeError, binascii.Error, RecursionError):
        return None
    if not isinstance(values, list) or len(values) != width or not all(_is_plain(value) for value in values):
        return None
    return tuple(values)


def _key_of_ours(text: str, width: int) -> Key | None:
    key = decode_key(text, width)
    return None if key is None or (width == 1 and not isinstance(key[0], int)) else key


def _is_plain(value: object) -> bool:
    """Text, nothing, or a number that a database column can hold."""
    if type(value) is int:
        return abs(value) < 2**63
    return value is None or (isinstance(value, str) and "\x00" not in value)


def capped(count: int, cap: int = COUNT_CAP) -> str:
    """A count for the screen: `37`, or `1,000+` when it was counted only up to the cap."""
    return f"{cap:,}+" if count > cap else f"{count:,}"
