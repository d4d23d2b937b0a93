"""What does the page show on which a sheet is typed? Its rows in the order of the paper, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from relief import clock
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.visit_codes import Aspect
from relief.domain.visit_sheet_keys import Skipped
from relief.households.models import Household
from relief.visits.observations import find_last_seen, readable, seen_in
from relief.visits.sheet_forms import FIELDS, RowForm
from relief.visits.sheet_models import VisitSheet, VisitSheetRow


@dataclass(frozen=True)
class ShownRow:
    """A row: its household, what was seen last, the form where it is still open, and how it stands."""

    place: int
    household: Household
    form: Any
    last_on: date | None
    last_seen: Mapping[Aspect, str]
    visit_id: int | None
    skipped: Sentence | None
    is_yours: bool

    @property
    def named_fields(self) -> Sequence[tuple[str, Any]]:
        """The form's fields in the order of the paper, each with its name."""
        return [(name, self.form[name]) for name in FIELDS]

    def last_of(self, name: str) -> str:
        """What was seen last time of the aspect of this field, as far as it may be read."""
        return self.last_seen.get(Aspect(name.removeprefix("seen_")), "")

    @property
    def is_open(self) -> bool:
        """Nobody has typed it or said why not."""
        return self.visit_id is None and self.skipped is None


@dataclass(frozen=True)
class SheetPage:
    """The whole sheet; `done` counts rows typed or skipped."""

    sheet: VisitSheet
    rows: Sequence[ShownRow]

    @property
    def done(self) -> int:
        return sum(not row.is_open for row in self.rows)

    @property
    def typed(self) -> int:
        return sum(row.visit_id is not None for row in self.rows)

    @property
    def first_open(self) -> int | None:
        """The place of the first open row: where typing goes on."""
        return next((row.place for row in self.rows if row.is_open), None)


def get_sheet_page(sheet: VisitSheet, *, by: Actor, sent: RowForm | None = None, place: int | None = None) -> SheetPage:
    """The page; the row at `place` keeps the form that was `sent`."""
    rows = [_row(sheet, row, sent if row.place == place else None, by) for row in sheet.rows]
    return SheetPage(sheet, rows)


def standing(sheet: VisitSheet) -> dict[str, str]:
    """What a row says before anybody types: all the sheet's visitors, its day, at home."""
    on = min(sheet.planned_on, clock.today())
    return {
        "hands": "".join(str(one.place) for one in sheet.visitors), "on": f"{on:%m%d}", "place": "1", "talked_to": "1",
        "owner": next((str(one.place) for one in sheet.visitors if one.person_id), ""),
    }  # fmt: skip


def prefix_of(place: int) -> str:
    """What the fields of this row begin with, so that each has an id of its own."""
    return f"row{place}"


def _row(sheet: VisitSheet, row: VisitSheetRow, sent: RowForm | None, by: Actor) -> ShownRow:
    last = find_last_seen(row.household_id)
    blank = RowForm(formdata=None, data=standing(sheet), prefix=prefix_of(row.place))
    return ShownRow(
        row.place, row.household, sent or blank, last.on if last else None,
        readable(seen_in(last), by=by) if last else {}, row.visit_id,
        Skipped(row.skipped).label if row.skipped else None, by.sees(row.household.union_id),
    )  # fmt: skip
