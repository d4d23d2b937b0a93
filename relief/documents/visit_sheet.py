"""What stands on a sheet that people take on a round of visits and write on by hand? Three households a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from relief.documents.paper import Text

PER_PAGE = 3


@dataclass(frozen=True)
class SheetBlock:
    """One household of the sheet: what is known of it is printed, what is seen is written in.

    `members` and `last_seen` are short lines; `telephone` and `address` are in full, so that it can be found.
    """

    place: int
    name: str
    number: str
    resident_id: str
    address: str
    telephone: str
    unit: str
    members: tuple[Text, ...]
    heating: Text
    last_on: date | None = None
    last_seen: tuple[tuple[Text, str], ...] = ()


@dataclass(frozen=True)
class SheetPaper:
    """The whole sheet. The mappings give each figure its words: results, places, needs, aspects, months.

    `link` leads to where it is typed; empty prints the code alone.
    """

    code: str
    office: str
    unit: str
    kind: Text
    day: date
    visitors: tuple[str, ...]
    blocks: tuple[SheetBlock, ...]
    results: Mapping[str, Text]
    places: Mapping[str, Text]
    themes: Mapping[str, Text]
    aspects: tuple[Text, ...]
    months: tuple[str, ...]
    link: str = ""

    @property
    def pages(self) -> list[tuple[SheetBlock, ...]]:
        """The blocks of each page."""
        return [self.blocks[first : first + PER_PAGE] for first in range(0, len(self.blocks), PER_PAGE)]


def visit_sheet_pdf(sheet: SheetPaper, locale: str) -> bytes:
    """The sheet on A4 portrait. RuleBroken for a character that cannot be printed."""
    from relief.documents.pdf import render

    return render("visit_sheet", [sheet], locale)
