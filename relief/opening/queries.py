"""What do the pages of past awards show? The imports, one import with its rows, and a household's awards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from relief.db import db
from relief.domain.aid import kinds
from relief.domain.errors import NotYours
from relief.domain.labels import label
from relief.domain.money import Money, total
from relief.domain.month import Month
from relief.domain.opening import STANDING, AwardRow
from relief.domain.permissions import Actor
from relief.domain.roster import Outcome
from relief.domain.sentences import Sentence, sentence
from relief.households.roster_queries import OUTCOMES, TONES
from relief.jobs.models import Job
from relief.opening.judged import require_opening
from relief.opening.models import OpeningImport, PastAward
from relief.opening.service import find_job
from relief.opening.stored import Report, StoredRow, report_of
from relief.persons.models import Person
from relief.web.paging import PER_PAGE, Ask, Page, page_of

STATES: dict[str, tuple[Sentence, str]] = {
    "staged": (label("To be looked at"), "waits"),
    "imported": (label("Imported"), "good"),
    "dropped": (label("Dropped"), "still"),
}
TAKEN_BACK = (label("Taken back"), "still")
UNDER_WAY = (label("Being imported"), "moves")
FIRST_SHOWN = 20


@dataclass(frozen=True)
class ShownImport:
    """An import as the list prints it."""

    opening: OpeningImport
    who: str | None
    state: Sentence
    tone: str

    @property
    def whole(self) -> int:
        return sum(self.opening.tally[outcome.value] for outcome in Outcome)


@dataclass(frozen=True)
class ShownRow:
    """A row as the pages print it: where it stands, whose it is, what it gives, how it ended and why."""

    place: int
    stored: StoredRow

    @property
    def outcome_label(self) -> Sentence:
        return OUTCOMES[self.stored.outcome]

    @property
    def tone(self) -> str:
        return TONES[self.stored.outcome]

    @property
    def award(self) -> AwardRow | None:
        return self.stored.award

    @property
    def given(self) -> Sentence | None:
        """What the award gave: its kind or item, and the sum."""
        return given_by(self.award) if self.award else None

    @property
    def is_standing(self) -> bool:
        return self.award is not None and self.award.form == STANDING

    @property
    def first_month(self) -> str:
        return str(Month.of(self.award.on)) if self.award else ""


@dataclass(frozen=True)
class Part:
    """The rows that ended in one way: the first of them, and how many there are."""

    title: Sentence
    outcome: Outcome
    rows: Sequence[ShownRow]
    count: int

    @property
    def has_awards(self) -> bool:
        return self.outcome is not Outcome.REJECTED


@dataclass(frozen=True)
class ImportPage:
    """All that the page of one import prints."""

    opening: OpeningImport
    state: Sentence
    tone: str
    job: Job | None
    same: OpeningImport | None
    tally: Mapping[Outcome, int]
    effects: Mapping[str, int]
    amount: Money
    standing: int
    parts: Sequence[Part]
    is_own: bool

    @property
    def waits(self) -> bool:
        return self.opening.state == "staged" and self.job is None

    @property
    def is_under_way(self) -> bool:
        return self.opening.state == "staged" and self.job is not None

    @property
    def is_dropped(self) -> bool:
        return self.opening.state == "dropped"

    @property
    def may_take_back(self) -> bool:
        """Whether this actor may undo it: somebody else than the one who sent it."""
        return self.opening.state == "imported" and not self.is_own

    @property
    def kept(self) -> int:
        return self.tally[Outcome.IMPORTED] + self.tally[Outcome.WARNED]


def given_by(award: AwardRow | PastAward) -> Sentence:
    """What an award gives, in words: its item or else its kind, and the sum, a month where it still runs."""
    kind = kinds().get(award.kind)
    name = kind.items.get(award.item or "", kind.name) if kind else Sentence(award.kind)
    if award.form == STANDING:
        return sentence("%(kind)s, %(amount)s a month", kind=name, amount=award.amount)
    return sentence("%(kind)s, %(amount)s", kind=name, amount=award.amount)


def get_import(import_id: int, *, by: Actor) -> OpeningImport:
    """The import; NotYours when there is none, or for an actor of a unit."""
    require_opening(by)
    opening = db.session.get(OpeningImport, import_id)
    if opening is None:
        raise NotYours
    return opening


def list_imports(*, by: Actor, ask: Ask) -> Page[ShownImport]:
    """The imports, the newest first."""
    require_opening(by)
    rows = sa.select(OpeningImport, Person.name, Job.id)
    rows = rows.outerjoin(Person, Person.id == OpeningImport.created_by)
    rows = rows.outerjoin(Job, Job.idempotency_key == sa.literal("opening.take_over:") + _id_as_text())
    if ask.key:
        rows = rows.where(OpeningImport.id > ask.key[0] if ask.backwards else OpeningImport.id < ask.key[0])
    rows = rows.order_by(OpeningImport.id if ask.backwards else OpeningImport.id.desc()).limit(PER_PAGE + 1)
    found = [ShownImport(opening, who, *_state(opening, job)) for opening, who, job in db.session.execute(rows)]
    return page_of(found, ask, lambda shown: (shown.opening.id,))


def get_import_page(import_id: int, *, by: Actor) -> ImportPage:
    """The page of an import; NotYours for an actor of a unit."""
    opening = get_import(import_id, by=by)
    job, report = find_job(opening.id), report_of(opening)
    state, tone = _state(opening, job)
    paid = [award for award in report.awards if award.form != STANDING]
    return ImportPage(
        opening=opening, state=state, tone=tone, job=job, same=_find_same(opening),
        tally={outcome: opening.tally[outcome.value] for outcome in Outcome},
        effects=opening.tally.get("applied") or opening.tally["plan"],
        amount=total(award.amount for award in paid), standing=len(report.awards) - len(paid),
        parts=_parts(report), is_own=by.person_id is not None and by.person_id == opening.created_by,
    )  # fmt: skip


def list_rows(opening: OpeningImport, chosen: Mapping[str, object], ask: Ask) -> Page[ShownRow]:
    """The rows in the order of the workbook, of one `sheet` and one `outcome` where they are chosen."""
    rows = [
        row for row in _shown(report_of(opening))
        if chosen.get("sheet", row.stored.sheet) == row.stored.sheet
        and chosen.get("outcome", row.stored.outcome.value) == row.stored.outcome.value
    ]  # fmt: skip
    key = ask.key[0] if ask.key and isinstance(ask.key[0], int) else None
    if key is not None and ask.backwards:
        rows = [row for row in reversed(rows) if row.place < key]
    elif key is not None:
        rows = [row for row in rows if row.place > key]
    return page_of(rows[: PER_PAGE + 1], ask, lambda row: (row.place,))


def list_sheets(opening: OpeningImport) -> list[str]:
    """The names of the sheets that were read."""
    return list(report_of(opening).headers)


def list_past_awards(household_id: int) -> Sequence[PastAward]:
    """What a household got before the office started here, the newest first."""
    rows = sa.select(PastAward).where(PastAward.household_id == household_id)
    return db.session.scalars(rows.order_by(PastAward.on.desc(), PastAward.id.desc())).all()


def _state(opening: OpeningImport, job: object) -> tuple[Sentence, str]:
    if opening.state == "dropped" and opening.imported_at:
        return TAKEN_BACK
    return UNDER_WAY if opening.state == "staged" and job else STATES[opening.state]


def _id_as_text() -> sa.ColumnElement[str]:
    return sa.cast(OpeningImport.id, sa.String)


def _find_same(opening: OpeningImport) -> OpeningImport | None:
    """The last import of the very same file that was taken over before this one."""
    same = sa.select(OpeningImport).where(
        OpeningImport.sha256 == opening.sha256, OpeningImport.id < opening.id, OpeningImport.state == "imported"
    )
    return db.session.scalars(same.order_by(OpeningImport.id.desc()).limit(1)).first()


def _shown(report: Report) -> list[ShownRow]:
    return [ShownRow(place, row) for place, row in enumerate(report.rows, 1)]


def _parts(report: Report) -> list[Part]:
    """Rejected rows first, then those to be checked."""
    titles = {Outcome.REJECTED: label("Rejected rows"), Outcome.WARNED: label("Rows to be checked")}
    rows = _shown(report)
    of = {outcome: [row for row in rows if row.stored.outcome is outcome] for outcome in titles}
    return [
        Part(titles[outcome], outcome, found[:FIRST_SHOWN], len(found)) for outcome, found in of.items() if found
    ]
