"""What of the time before Relief counts, and is a workbook of it to be believed, row by row?"""

from relief.domain.opening.counting import PastAid, counted_in_year
from relief.domain.opening.judging import asked_for, judge_awards
from relief.domain.opening.report import as_json, as_text
from relief.domain.opening.rows import (
    PAID,
    STANDING,
    AwardJudgement,
    AwardRow,
    AwardTable,
    AwardVerdict,
    Holder,
    Known,
    Standards,
    standards_of,
)
from relief.domain.opening.stored import award_as_data, award_from_data

__all__ = [
    "PAID",
    "STANDING",
    "AwardJudgement",
    "AwardRow",
    "AwardTable",
    "AwardVerdict",
    "Holder",
    "Known",
    "PastAid",
    "Standards",
    "as_json",
    "as_text",
    "asked_for",
    "award_as_data",
    "award_from_data",
    "counted_in_year",
    "judge_awards",
    "standards_of",
]
