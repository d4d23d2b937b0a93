"""Which doubts can the data show now? Every question of every finding, in the order of the findings."""

from relief.auditing.findings import (
    deaths,
    hands,
    late,
    limits,
    notices,
    papers,
    recovery,
    relatives,
    shared,
    twice,
    unhelped,
    visits,
)
from relief.auditing.findings.shape import Hit, Question, count_hits, list_hits

_FILES = (deaths, twice, shared, relatives, hands, limits, late, notices, papers, unhelped, recovery, visits)
QUESTIONS: dict[str, Question] = {question.slug: question for one in _FILES for question in one.QUESTIONS}

__all__ = ["QUESTIONS", "Hit", "Question", "count_hits", "list_hits"]
