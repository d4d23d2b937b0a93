"""How are the findings of audits seen? What the data shows of each now, row by row, and what it cannot show."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from relief.auditing.findings import QUESTIONS, Hit, Question, count_hits, list_hits
from relief.auditing.routes import blueprint, units_of
from relief.auditing.subjects import read_subjects
from relief.domain.audit_findings import FINDINGS, AuditFinding
from relief.domain.errors import NotYours
from relief.domain.labels import label
from relief.domain.money import ZERO
from relief.domain.permissions import Actor
from relief.web.access import actor, requires
from relief.web.exporting import Column, address_of, take_away
from relief.web.filters import Chosen, chosen
from relief.web.formatting import day
from relief.web.paging import asked, every_row
from relief.web.sentences import words

COLUMNS: tuple[Column[Hit], ...] = (
    Column(label("About"), lambda hit: hit.name, 14),
    Column(label("Number"), lambda hit: hit.number, 24),
    Column(label("Unit"), lambda hit: hit.unit),
    Column(label("Day"), lambda hit: day(hit.on) if hit.on else ""),
    Column(label("Amount"), lambda hit: hit.amount or ZERO, 14, "money"),
    Column(label("What is odd"), lambda hit: words(hit.note), 48),
)


@dataclass(frozen=True)
class Counted:
    """A question with the number of rows that it finds now."""

    question: Question
    count: int


@blueprint.get("/auditing/doubts")
@requires("audit.read")
def list_findings() -> ResponseReturnValue:
    """Every finding with its questions, how many rows each has now, and what cannot be shown."""
    by = actor()
    picked = chosen(units_of(by))
    findings = [_counted(one, picked, by) for one in FINDINGS]
    return render_template("auditing/findings.html", picked=picked, findings=findings)


@blueprint.get("/auditing/doubts/<slug>")
@requires("audit.read")
def show_finding(slug: str) -> ResponseReturnValue:
    """The rows of one question; an auditor raises a doubt from a row."""
    by, question = actor(), _question(slug)
    picked = chosen(units_of(by))
    page = list_hits(question, picked, by=by, ask=asked(1))
    known = read_subjects((hit.subject, hit.subject_id) for hit in page.rows)
    return render_template(
        "auditing/finding.html", question=question, picked=picked, page=page,
        count=count_hits(question, picked, by=by), urls={at: one.url_for(by) for at, one in known.items()},
        download_url=address_of("auditing.download_finding", picked, slug=slug),
    )  # fmt: skip


@blueprint.get("/auditing/doubts/<slug>/download")
@requires("audit.read")
def download_finding(slug: str) -> Response:
    """The rows of one question as a workbook."""
    by, question = actor(), _question(slug)
    picked = chosen(units_of(by))
    rows = every_row(lambda ask: list_hits(question, picked, by=by, ask=ask), 1)
    return take_away(question.title, COLUMNS, rows, picked, subject=question.slug, by=by)


def _question(slug: str) -> Question:
    if slug not in QUESTIONS:
        raise NotYours
    return QUESTIONS[slug]


def _counted(finding: AuditFinding, picked: Chosen, by: Actor) -> tuple[AuditFinding, list[Counted]]:
    mine = [question for question in QUESTIONS.values() if question.code == finding.code]
    return finding, [Counted(question, count_hits(question, picked, by=by)) for question in mine]
