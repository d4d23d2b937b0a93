"""How long does a sheet of 10,000 rows take as a workbook, beside openpyxl, and is every cell right?"""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from relief.documents.language import words
from relief.documents.paper import ARCHIVE
from relief.documents.sheet_columns import AMOUNT, COLUMNS
from relief.documents.sheet_workbook import sheet_xlsx
from relief.documents.xlsx_reading import read_workbook
from relief.domain.money import Money, total
from tests.bench.report import Report
from tests.documents.cast import a_row, a_sheet

ROWS = 10_000
LARGE = 100_000
HEAD = 5
ROOT = Path(__file__).resolve().parents[2]


def run(report: Report) -> None:
    """At least 5 times as fast as openpyxl, the whole read back, memory flat under 100 MB at 100,000 rows."""
    sheet = a_sheet(tuple(a_row(at) for at in range(ROWS)))
    report.note(f"{ROWS} rows of {len(COLUMNS)} columns, with formats; openpyxl writes the same cells")
    report.faster(
        f"sheet of {ROWS} rows",
        ours=lambda: sheet_xlsx(sheet, "zh"),
        peer=lambda: by_openpyxl(list(sheet.rows)),
        peer_is="openpyxl",
        reach=5,
        rounds=3,
    )
    (read,) = read_workbook(sheet_xlsx(sheet, "zh"))
    cells = read.rows[HEAD : HEAD + ROWS]
    whole = total(Money.parse(f"{row[COLUMNS.index(AMOUNT)]:.2f}") for row in cells) == sheet.total
    kept = all(row[3] == "230306196304054513" for row in cells)
    verdicts = f"totals {'equal' if whole else 'DIFFER'}, IDs {'kept' if kept else 'LOST'}"
    report.note(f"read back: {len(cells)} rows, {verdicts}")
    report.within(f"memory for {LARGE} rows", _megabytes_of_a_large_sheet(), 100, "MB")


def by_openpyxl(rows: list[object]) -> bytes:
    """The same cells and formats as most people write them."""
    import openpyxl

    speech = words("zh")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([speech.say(column.heading) for column in COLUMNS])
    for place, row in enumerate(rows, start=1):
        sheet.append([_cell(column, row, place) for column in COLUMNS])
        sheet.cell(place + 1, COLUMNS.index(AMOUNT) + 1).number_format = "#,##0.00"
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _cell(column: object, row: object, place: int) -> object:
    if column is AMOUNT:
        return row.amount.fen / 100  # type: ignore[attr-defined]
    return words("zh").say(column.text(row, place, ARCHIVE))  # type: ignore[attr-defined]


def _megabytes_of_a_large_sheet() -> int:
    """The most memory that a process of its own takes."""
    script = f"from tests.bench.bench_sheet import large; print(large({LARGE}))"
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=ROOT)
    return int(told.stdout)


def large(rows: int) -> int:
    """Write a large sheet from a stream; the process's peak in MB."""
    from dataclasses import replace

    row = a_row()
    sheet = a_sheet((), count=rows, total=row.amount * rows, households=rows)
    sheet_xlsx(replace(sheet, rows=(row for _ in range(rows))), "zh")
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024
