"""`relief import-awards`: a report for people or programs, a dry run that changes nothing, a refusal in a sentence."""

from __future__ import annotations

import json
from pathlib import Path

from relief.config import Settings
from relief.db import db
from relief.households.models import Household
from tests.awards_book import BOOK
from tests.rooms.command_line import environment, relief
from tests.rooms.opening.books import how_many, lines_of

TO_COME = "day to come"  # a process of its own has the machine's day, not that of the tests
EXPECTED = json.loads(BOOK.with_suffix(".expected.json").read_text("utf-8"))


def test_it_judges_as_json_imports_and_reports_as_text(settings: Settings, households: list[Household]) -> None:
    db.session.commit()
    env = environment(settings)
    dry = relief("import-awards", str(BOOK), "--dry-run", "--format", "json", **env)
    assert dry.returncode == 0, dry.stderr
    report = json.loads(dry.stdout)
    judged, meant = report["rows"], EXPECTED["rows"]
    assert [one for one, row in zip(judged, meant, strict=True) if row["why"] != TO_COME] == [
        row for row in meant if row["why"] != TO_COME
    ]
    db.session.rollback()
    assert (how_many(), lines_of("opening.stage")) == (0, [])
    done = relief("--by", "实施组", "import-awards", str(BOOK), **env)
    lines = done.stdout.splitlines()
    tally = report["tally"]
    assert lines[0] == (
        f"{len(EXPECTED['rows'])} past awards: {tally['imported']} imported, {tally['warned']} to be checked, "
        f"{tally['rejected']} rejected."
    )
    assert "持续救助" in lines
    db.session.rollback()
    assert how_many() == tally["imported"] + tally["warned"]
    assert lines_of("opening.stage")[0].actor == "实施组"


def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(
    settings: Settings, households: list[Household], tmp_path: Path
) -> None:
    db.session.commit()
    (tmp_path / "notes.xlsx").write_text("not a workbook")
    said = relief("import-awards", str(tmp_path / "notes.xlsx"), **environment(settings))
    assert (said.returncode, said.stdout) == (1, "")
    assert "not a workbook" in said.stderr and "Traceback" not in said.stderr
