"""How is a list taken away as a workbook? With its own filters and columns, masked as on screen, and written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import Response, url_for

from relief import clock
from relief.audit.service import record_access
from relief.documents.xlsx import Cell, Field, Kind, Table, write
from relief.domain.errors import RuleBroken
from relief.domain.permissions import Actor
from relief.web.downloads import download
from relief.web.filters import Chosen
from relief.web.sentences import words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 100_000
LONGEST_REASON = 200
Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column of a list: its heading, what stands in a row's cell, how it is written and how wide."""

    heading: object
    cell: Callable[[Row], Cell]
    width: float = 16
    kind: Kind = "text"


def take_away(
    title: object, columns: Sequence[Column[Row]], rows: Iterable[Row], picked: Mapping[str, object], *,
    subject: str, by: Actor, subject_id: int | None = None,
) -> Response:  # fmt: skip
    """The rows as a workbook named after the list and the day; who took it, with which filters, is written down.

    RuleBroken for a list of more than a hundred thousand rows: a filter makes it smaller.
    """
    fields = [Field(words(one.heading), one.width, one.kind) for one in columns]
    told = words(title)
    chips = [chip.text for chip in picked.chips()] if isinstance(picked, Chosen) else []
    table = Table(
        told, fields, _cells(columns, _bounded(rows)), None, above=[[" · ".join(chips)]] if chips else [],
        author=by.name, made_on=clock.today(), row_height=20,
    )  # fmt: skip
    content = write(table)
    reason = "; ".join(f"{name}={value}" for name, value in picked.items())[:LONGEST_REASON]
    record_access("download_list", subject, subject_id, by=by, reason=reason or None)
    return download(content, XLSX, f"{told}_{clock.today().isoformat()}.xlsx")


def address_of(endpoint: str, picked: Chosen, **values: object) -> str:
    """Where the list with these filters is taken away."""
    return url_for(endpoint, **values) + picked.url().removeprefix(picked.path)  # type: ignore[arg-type]


def _bounded(rows: Iterable[Row]) -> Iterator[Row]:
    for place, row in enumerate(rows):
        if place >= MOST_ROWS:
            raise RuleBroken(
                None, "The list has more than %(most)s rows. Set a filter and take it away in parts.", most=MOST_ROWS
            )
        yield row


def _cells(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[list[Cell]]:
    return ([one.cell(row) for one in columns] for row in rows)
