"""What stands on the paper for the meeting 上会材料, and how is one of a long list made in the background?"""

from __future__ import annotations

import sqlalchemy as sa

from relief import clock
from relief.db import db
from relief.documents.language import words
from relief.documents.meeting_list import MeetingList, MeetingRow, UnitSum, meeting_list_pdf
from relief.domain.aid import find_kind
from relief.domain.errors import NotYours
from relief.domain.household import Category
from relief.domain.labels import label
from relief.domain.money import total
from relief.domain.permissions import Actor
from relief.files.models import IssuedDocument
from relief.files.queries import content_of
from relief.files.service import keep_document
from relief.jobs.models import Job
from relief.jobs.service import ask_next
from relief.lists.oddities import marked
from relief.lists.queries import Row, UnitLine, list_rows, running_rows, unit_lines
from relief.lists.routes import window_words
from relief.office import office
from relief.windows.models import AidWindow
from relief.windows.queries import get_window

PDF = "application/pdf"
KIND = "lists.paper"
NAME = label("List for the meeting")


def paper_rows(window: AidWindow, *, by: Actor) -> list[int]:
    """The rows that the actor's paper would show."""
    return running_rows([line.list_id for line in unit_lines(window, by=by)])


def paper_of(window: AidWindow, language: str, *, by: Actor) -> bytes:
    """The window as a PDF: units and sums, exceptions first, then every unit's rows; 10 ms a row."""
    lines = unit_lines(window, by=by)
    rows = marked(list_rows(running_rows([line.list_id for line in lines]), window))
    made = MeetingList(
        office=office().office_name, kind=find_kind(window.kind).name, window=window_words(window),
        made_on=clock.today(),
        last_safe_day=window.last_safe_day, pay_by=window.pay_by, units=tuple(_unit(line) for line in lines),
        odd=tuple(_row(row) for row in rows if row.oddities),
        clean=tuple(_row(row) for row in rows if not row.oddities), total=total(row.amount for row in rows),
    )  # fmt: skip
    return meeting_list_pdf(made, language)


def file_name(window: AidWindow, language: str) -> str:
    """`上会材料_2027春节_2027-01-15.pdf`."""
    speech = words(language)
    return f"{speech.say(NAME)}_{speech.say(window_words(window))}_{clock.today()}.pdf"


def ask_paper(window_id: int, language: str, *, by: Actor) -> Job:
    """Let the paper be made in the background; asked for again while it is under way, it is the same job."""
    by.require("case.read")
    key = f"paper:{get_window(window_id).id}:{by.user_id}:{language}:"
    return ask_next(KIND, key, {"window": window_id, "language": language}, by=by)


def make_paper(job_id: int, window_id: int, language: str, *, by: Actor) -> None:
    """Render the paper that a job was asked for, and keep it."""
    window = get_window(window_id)
    content = paper_of(window, language, by=by)
    keep_document(
        kind="meeting_list", subject="job", subject_id=job_id, copy="archive", language=language, content=content,
        media_type=PDF, file_name=file_name(window, language), by=by, union_id=by.union_id,
    )  # fmt: skip


def get_paper(job: Job, window_id: int) -> tuple[bytes, str]:
    """The PDF that a job made of this window, and its file name; the caller judged who may have it."""
    made = sa.select(IssuedDocument).filter_by(kind="meeting_list", subject="job", subject_id=job.id)
    kept = db.session.scalar(made)
    if kept is None or job.kind != KIND or job.params["window"] != window_id:
        raise NotYours
    return content_of(kept), kept.file_name


def _unit(line: UnitLine) -> UnitSum:
    return UnitSum(line.unit, line.count, line.amount, line.last_rows, line.last_sum, line.left_out)


def _row(row: Row) -> MeetingRow:
    category = Category(row.category).label if row.category else label("Not given")
    return MeetingRow(
        row.number, row.applicant, row.unit, category, row.members, row.amount, row.last_year, row.oddities
    )
