"""What does a judged workbook of past awards say, to machines and to people? As a roster's report, sheet by sheet."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from relief.domain.opening.rows import AwardJudgement
from relief.domain.roster.report import listing
from relief.domain.roster.rows import Outcome
from relief.domain.sentences import Sentence, sentence


def as_json(judgement: AwardJudgement) -> dict[str, Any]:
    """Plain data: `rows` (sheet, row, outcome, why) and the `tally` of the rows."""
    rows = [{"sheet": v.sheet, "row": v.row, "outcome": v.outcome.value, "why": v.why} for v in judgement.rows]
    return {"rows": rows, "tally": judgement.tally}


def as_text(judgement: AwardJudgement, render: Callable[[Sentence], str]) -> str:
    """Counts first, then sheet by sheet every row that was warned or rejected, with its number and why."""
    counts = sentence(
        "%(all)s past awards: %(imported)s imported, %(warned)s to be checked, %(rejected)s rejected.",
        all=len(judgement.rows), **judgement.tally,
    )  # fmt: skip
    lines = [render(counts)]
    doubtful = (verdict for verdict in judgement.rows if verdict.outcome is not Outcome.IMPORTED)
    for sheet, verdicts in groupby(doubtful, key=lambda verdict: verdict.sheet):
        lines += ["", sheet, *listing(list(verdicts), render)]
    return "\n".join(lines)
