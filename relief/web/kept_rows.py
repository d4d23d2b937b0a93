"""Must a row of a list be printed again when nothing in it changed? What it printed is kept under all that it shows."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from flask import Flask
from jinja2.utils import LRUCache
from markupsafe import Markup

from relief.web.catalogue import language_now

ROWS_KEPT = 2_000  # some two megabytes

_kept: LRUCache = LRUCache(ROWS_KEPT)


def printed(row: Hashable, td: list[Markup], print_row: Callable[..., Markup], list_name: str) -> Markup:
    """The row as HTML, from memory when the same list printed an equal row in this language before.

    A row that is asked for here is a value: it holds whatever the reader sees, the day included, and what it prints
    hangs on nothing else, neither on who reads nor on what may be done (tests/house/test_kept_rows.py).
    """
    key = (list_name, language_now(), row)
    found: Markup | None = _kept.get(key)
    if found is None:
        found = _kept[key] = print_row(row, td)
    return found


def register(app: Flask) -> None:
    """Let the macro of lists ask for rows."""
    app.jinja_env.globals["printed_row"] = printed
