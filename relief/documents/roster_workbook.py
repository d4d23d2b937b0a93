"""How does a roster look that is given out: empty, to be filled in, or with the rows that were not taken?

Sheets of text with a heading. Every column is text, so that an ID or a card that is typed keeps its figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

_WIDEST, _NARROWEST = 46, 8
_LOOKED_AT = 200
_TO_FILL_IN = 3000


@dataclass(frozen=True)
class Listing:
    """One sheet: its name, its heading, its rows; `choices` offers words for the cells of a column."""

    name: str
    heading: Sequence[str]
    rows: Sequence[Sequence[str]] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


def write_listings(listings: Sequence[Listing]) -> bytes:
    """The sheets as one workbook; the same bytes for the same listings."""
    import xlsxwriter

    book = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(book, options) as workbook:
        workbook.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 (no day of its own)
        formats = _formats(workbook)
        for listing in listings:
            _write(workbook.add_worksheet(listing.name), listing, formats)
    return book.getvalue()


def _write(sheet: Any, listing: Listing, formats: Mapping[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(listing.heading):
        sheet.set_column(column, column, _width(listing, column), formats["text"])
        sheet.write_string(0, column, heading, formats["heading"])
    for at, row in enumerate(listing.rows, 1):
        for column, text in enumerate(row):
            sheet.write_string(at, column, text, formats["text"])
    for column, words in listing.choices.items():
        offer = {"validate": "list", "source": list(words), "error_type": "information"}
        sheet.data_validation(1, column, _TO_FILL_IN, column, offer)


def _width(listing: Listing, column: int) -> int:
    texts = [listing.heading[column], *(row[column] for row in listing.rows[:_LOOKED_AT] if column < len(row))]
    widest = max(sum(2 if sign > "\u2e7f" else 1 for sign in text) for text in texts)
    return min(max(widest + 2, _NARROWEST), _WIDEST)


def _formats(workbook: Any) -> dict[str, Any]:
    text = {"num_format": "@", "valign": "top"}
    return {
        "text": workbook.add_format(text),
        "heading": workbook.add_format({**text, "bold": True, "bg_color": "#EEF2F6", "bottom": 1}),
    }
