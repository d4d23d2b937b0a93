"""What is a roster worth, row by row? Reads its cells, judges its rows, and says why; touches no register."""

from relief.domain.roster.cells import Cell
from relief.domain.roster.households import unit_key
from relief.domain.roster.judging import Asked, asked_for, judge_roster
from relief.domain.roster.report import OUTCOME_LABELS, as_json, as_text
from relief.domain.roster.rows import (
    HouseholdRow,
    Known,
    MemberRow,
    Outcome,
    RawRow,
    Reason,
    RosterJudgement,
    Verdict,
)
from relief.domain.roster.stored import household_from_data, member_from_data, row_as_data

__all__ = [
    "OUTCOME_LABELS",
    "Asked",
    "Cell",
    "HouseholdRow",
    "Known",
    "MemberRow",
    "Outcome",
    "RawRow",
    "Reason",
    "RosterJudgement",
    "Verdict",
    "as_json",
    "as_text",
    "asked_for",
    "household_from_data",
    "judge_roster",
    "member_from_data",
    "row_as_data",
    "unit_key",
]
