"""What does the demo's auditor do? Doubts with owner, day and answer, and a sample drawn by seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from relief import clock
from relief.auditing.models import Doubt
from relief.auditing.service import answer_doubt, draw_sample, raise_doubt, settle_doubt, uphold_doubt
from relief.demo.book import Book
from relief.demo.people import crew, person
from relief.demo.steps import case_of, working_before, working_days_on
from relief.domain.permissions import Actor


def watch(today: date, book: Book) -> Iterator[date]:
    """One doubt settled, one upheld, one answered, one that still waits; a sample beside them."""
    feng, chen = person("feng"), person("chen")
    yield working_before(today - timedelta(days=45))
    first = _raise(book, "fire", "A9", "先救助后公示，公示天数是否补足？", chen)
    second = _raise(book, "revoked", "A12", "应追回款项为何拖延？", chen)
    yield working_days_on(3)
    for doubt in (first, second):
        if doubt is not None:
            answer_doubt(doubt.id, version=doubt.version, answer="已核对，材料附后。", by=chen)
    yield working_days_on(4)
    if first is not None:
        settle_doubt(first.id, version=first.version, finding="公示满五个工作日，疑点消除。", by=feng)
    if second is not None:
        uphold_doubt(second.id, version=second.version, finding="追回超过九十日，应书面说明。", by=feng)
    draw_sample(seed="经审抽查一", size=12, since=today - timedelta(days=200), until=clock.today() - timedelta(days=1),
                by=feng)  # fmt: skip
    yield working_before(max(today - timedelta(days=12), clock.today() + timedelta(days=1)))
    third = _raise(book, "appealed", "A2", "申诉前是否核对过其他救助？", chen)
    _raise(book, "bounced", "A10", "退汇后重新发放的领款单是否重新签字？", None)
    yield working_days_on(3)
    if third is not None:
        answer_doubt(third.id, version=third.version, answer="已向民政核对，未发现重复。", by=chen)


def _raise(book: Book, key: str, code: str, question: str, owner: Actor | None) -> Doubt | None:
    """A doubt about the case of a story, where it is told; without an owner its unit's caseworker is asked."""
    if key not in book.places:
        return None
    case_id = book.places[key][1]
    owner = owner or crew(case_of(case_id).union_id).caseworker
    return raise_doubt(
        code=code, subject="case", subject_id=case_id, question=question, owner_id=owner.user_id or 0,
        due_on=clock.today() + timedelta(days=14), by=person("feng"),
    )  # fmt: skip
