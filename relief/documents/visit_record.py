"""What does the record of one visit (走访记录) say, for the file and for two signatures?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from relief.documents.paper import Text


@dataclass(frozen=True)
class RecordedPromise:
    """A promise as the record prints it: what, who keeps it, by when, how it stands."""

    text: str
    owner: str
    due_on: date
    state: Text


@dataclass(frozen=True)
class VisitRecord:
    """One visit as it is on file; of health only what the maker may see."""

    office: str
    unit: str
    number: str
    name: str
    kind: Text
    on: date
    place: Text
    visitors: tuple[str, ...]
    talked_to: str
    unchanged: bool
    seen: tuple[tuple[Text, str], ...]
    needs: tuple[tuple[Text, str], ...]
    promises: tuple[RecordedPromise, ...]
    note: str
    next_on: date | None
    entered_by: str
    entered_on: date
    is_late: bool


def visit_record_pdf(record: VisitRecord, locale: str) -> bytes:
    """The record on A4 portrait. RuleBroken for a character that cannot be printed."""
    from relief.documents.pdf import render

    return render("visit_record", [record], locale, style="file_paper")
