"""What does a judged roster say, to machines and to people? The same verdicts as plain data and as text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from relief.domain.labels import label
from relief.domain.roster.rows import Outcome, RosterJudgement, Verdict, tally
from relief.domain.sentences import Sentence, sentence

OUTCOME_LABELS = {
    Outcome.IMPORTED: label("Imported"),
    Outcome.WARNED: label("Imported, to be checked"),
    Outcome.REJECTED: label("Rejected"),
}


def as_json(judgement: RosterJudgement) -> dict[str, Any]:
    """Plain data: `rows` (row, outcome, why), `members` (row, outcome) and the `tally` of the rows."""
    return {
        "rows": [{"row": v.row, "outcome": v.outcome.value, "why": v.why} for v in judgement.rows],
        "members": [{"row": v.row, "outcome": v.outcome.value} for v in judgement.members],
        "tally": judgement.tally,
    }


def as_text(judgement: RosterJudgement, render: Callable[[Sentence], str]) -> str:
    """Counts first, then every row that was warned or rejected, with its number and why, in columns."""
    lines = [render(_counts(judgement.rows))]
    lines += listing(judgement.rows, render)
    if judgement.members:
        lines += ["", render(_member_counts(judgement.members))]
        lines += listing(judgement.members, render)
    return "\n".join(lines)


def _counts(verdicts: tuple[Verdict, ...]) -> Sentence:
    return sentence(
        "%(all)s households: %(imported)s imported, %(warned)s to be checked, %(rejected)s rejected.",
        all=len(verdicts),
        **tally(verdicts),
    )


def _member_counts(verdicts: tuple[Verdict, ...]) -> Sentence:
    return sentence(
        "%(all)s members: %(imported)s imported, %(warned)s to be checked, %(rejected)s rejected.",
        all=len(verdicts),
        **tally(verdicts),
    )


def listing(verdicts: Iterable[Verdict], render: Callable[[Sentence], str]) -> list[str]:
    """A line for each row that was warned or rejected: its number, how it ended and why, in columns."""
    told = [
        (str(v.row), render(OUTCOME_LABELS[v.outcome]), [render(reason.sentence) for reason in v.reasons])
        for v in verdicts
        if v.outcome is not Outcome.IMPORTED
    ]
    number_width = max((len(number) for number, _, _ in told), default=0)
    outcome_width = max((_width(outcome) for _, outcome, _ in told), default=0)
    return [
        f"  {number:>{number_width}}  {outcome}{' ' * (outcome_width - _width(outcome))}  {' '.join(why)}"
        for number, outcome, why in told
    ]


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
