"""How does a judged workbook wait in the database? As one sealed report: headers, rows, sentences, awards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from relief.domain.opening import AwardRow, AwardVerdict, award_as_data, award_from_data
from relief.domain.roster import Outcome, RawRow
from relief.domain.roster.cells import text
from relief.domain.sentences import Sentence
from relief.households.roster_stored import reason_as_data, sentences_of
from relief.opening.judged import Judged
from relief.opening.models import OpeningImport

EMPTY = json.dumps({"headers": {}, "rows": []})


@dataclass(frozen=True)
class StoredRow:
    """A row as it was judged: where it stands, how it ended, what is said of it, and the award or its cells."""

    sheet: str
    row: int
    name: str
    outcome: Outcome
    said: tuple[Sentence, ...]
    award: AwardRow | None
    written: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A whole judged workbook: the header of each sheet, and its rows in their order."""

    headers: Mapping[str, list[str]]
    rows: tuple[StoredRow, ...]

    @property
    def awards(self) -> list[AwardRow]:
        return [row.award for row in self.rows if row.award]

    def rejected(self) -> Iterator[StoredRow]:
        """The rows that stay out."""
        return (row for row in self.rows if row.outcome is Outcome.REJECTED)


def report_as_text(judged: Judged) -> str:
    """The report that `report_of` reads."""
    raws = {(table.sheet, raw.row): raw for table in judged.tables for raw in table.rows}
    rows = [_row(verdict, raws[verdict.sheet, verdict.row]) for verdict in judged.judgement.rows]
    headers = {table.sheet: list(table.header) for table in judged.tables}
    return json.dumps({"headers": headers, "rows": rows}, ensure_ascii=False, separators=(",", ":"))


def report_of(opening: OpeningImport) -> Report:
    """What was judged, row by row; empty for a dropped import."""
    plain = json.loads(opening.report)
    return Report(plain["headers"], tuple(_stored(row) for row in plain["rows"]))


def _row(verdict: AwardVerdict, raw: RawRow) -> dict[str, Any]:
    said = [reason_as_data(one) for one in verdict.reasons] + [reason_as_data(one, note=True) for one in verdict.notes]
    body = (
        {"award": award_as_data(verdict.award)}
        if verdict.award
        else {"written": [text(cell) for cell in raw.written]}
    )
    place = {"sheet": verdict.sheet, "row": verdict.row, "name": verdict.name}
    return place | {"outcome": verdict.outcome.value, "reasons": said} | body


def _stored(row: Mapping[str, Any]) -> StoredRow:
    award = award_from_data(row["award"]) if "award" in row else None
    return StoredRow(
        sheet=row["sheet"], row=row["row"], name=row["name"], outcome=Outcome(row["outcome"]),
        said=tuple(sentences_of(row["reasons"])), award=award, written=tuple(row.get("written", ())),
    )  # fmt: skip
