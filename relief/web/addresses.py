"""Which numbers may stand in an address? Those that a row can have; any other is an address that is not there."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

HIGHEST = 2**63 - 1
"""The highest number of a row: a database refuses to look for a higher one."""


class RowNumber(IntegerConverter):
    """`<int:…>` of a route: a higher number than any row has makes a 404, not a fault."""

    def __init__(self, map: Map, *args: Any, **kw: Any) -> None:
        super().__init__(map, *args, **({"max": HIGHEST} | kw))


def register(app: Flask) -> None:
    """Read the numbers in this application's addresses so; before its routes are added."""
    app.url_map.converters["int"] = RowNumber
