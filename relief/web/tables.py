"""How does a cell of a list begin? Its class and, for a phone, its label: said once per page, not once per row."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask
from markupsafe import Markup

from relief.web.sentences import words

PLAIN = Markup('<td class="{}">')
LABELLED = Markup('<td class="{}" data-label="{}">')


def cells(columns: Iterable[tuple[object, str]]) -> list[Markup]:
    """The opening tags of a row's cells for these columns (label, kind); `main` is a card's heading on a phone."""
    return [
        LABELLED.format(kind, words(label)) if label and kind != "main" else PLAIN.format(kind)
        for label, kind in columns
    ]


def register(app: Flask) -> None:
    """Give the templates `cells`."""
    app.jinja_env.globals["cells"] = cells
