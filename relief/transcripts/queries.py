"""Which decisions on paper wait to be compared, and what stands on one of them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief import clock
from relief.accounts.models import Union, User
from relief.accounts.queries import holders_of, within
from relief.cases.models import Case
from relief.cases.words import MENDABLE, reason_label
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import CASE_STEPS
from relief.files.models import Attachment
from relief.funds.models import Fund
from relief.persons.models import Person
from relief.transcripts.models import Transcript
from relief.web.paging import Ask, Page, page_of

STATES: dict[str, tuple[Sentence, str]] = {
    "waiting": (label("Waits to be compared"), "waits"),
    "applied": (label("Compared and applied"), "good"),
    "rejected": (label("Rejected"), "bad"),
}


@dataclass(frozen=True)
class ListedTranscript:
    """One paper decision of the list."""

    id: int
    case_number: str
    applicant: str
    unit: str
    verb: str
    signer: str
    signed_on: date
    state: str
    entered_at: datetime
    given: dict[str, Any]

    @property
    def rows(self) -> int:
        """How many rows of a list the paper decides; none for a paper about one case."""
        return len(self.given.get("rows") or ())

    @property
    def step(self) -> Sentence:
        return step_label(self.verb)

    @property
    def words(self) -> Sentence:
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        return STATES[self.state][1]


def step_label(verb: str) -> Sentence:
    """What the step is called."""
    return next(step.label for step in CASE_STEPS if step.verb == verb)


def waits_for(by: Actor) -> sa.ColumnElement[bool]:
    """The condition that a transcript waits for this actor: within the subtree, neither entered nor signed by them."""
    signed = sa.select(User.id).where(User.person_id == by.person_id)
    return sa.and_(
        within(Transcript.union_id, by), Transcript.state == "waiting", Transcript.signer_id.not_in(signed),
        sa.or_(Transcript.entered_by.is_(None), Transcript.entered_by != by.person_id),
    )  # fmt: skip


def list_transcripts(chosen: Mapping[str, object], *, by: Actor, ask: Ask) -> Page[ListedTranscript]:
    """A page of the paper decisions of the actor's subtree, the newest first; filter `state`."""
    signer = aliased(Person)
    rows = (
        sa.select(
            Transcript.id, Case.number, Person.name, Union.short_name, Transcript.verb, signer.name,
            Transcript.signed_on, Transcript.state, Transcript.entered_at, Transcript.given,
        )
        .join(Case, Case.id == Transcript.case_id)
        .join(Person, Person.id == Case.applicant_id)
        .join(Union, Union.id == Transcript.union_id)
        .join(User, User.id == Transcript.signer_id)
        .join(signer, signer.id == User.person_id)
        .where(within(Transcript.union_id, by))
    )  # fmt: skip
    if "state" in chosen:
        rows = rows.where(Transcript.state == chosen["state"])
    if ask.key:
        rows = rows.where(Transcript.id > ask.key[0] if ask.backwards else Transcript.id < ask.key[0])
    rows = rows.order_by(Transcript.id if ask.backwards else Transcript.id.desc()).limit(ask.size + 1)
    return page_of([ListedTranscript(*row) for row in db.session.execute(rows)], ask, lambda row: (row.id,))


def get_transcript(transcript_id: int, *, by: Actor) -> Transcript:
    """The paper decision, or NotYours outside the subtree."""
    found = db.session.get(Transcript, transcript_id)
    if found is None:
        raise NotYours
    by.require_sight(found.union_id)
    return found


def find_waiting(case: Case) -> Transcript | None:
    """The paper decision that waits to be compared: on this case alone, or on its list with this row."""
    of_list = sa.select(Case.id).where(Case.list_id == case.list_id, Case.list_id.is_not(None))
    carriers = sa.or_(Transcript.case_id == case.id, Transcript.case_id.in_(of_list))
    waiting = db.session.scalars(sa.select(Transcript).where(Transcript.state == "waiting", carriers))
    covers = (one for one in waiting if one.case_id == case.id or case.id in dict(one.given.get("rows") or ()))
    return next(covers, None)


def find_waiting_on_list(list_id: int) -> Transcript | None:
    """The paper decision on a whole list that waits to be compared."""
    rows = sa.select(Transcript).join(Case, Case.id == Transcript.case_id).where(
        Case.list_id == list_id, Transcript.state == "waiting"
    )  # fmt: skip
    return next((one for one in db.session.scalars(rows) if one.given.get("list") == list_id), None)


def photos_of(row: Transcript) -> Sequence[Attachment]:
    """The photos of the signed paper that are still on file, in their order."""
    kept = sa.select(Attachment).where(Attachment.id.in_(row.given.get("papers", [])), Attachment.removed_at.is_(None))
    return db.session.scalars(kept.order_by(Attachment.id)).all()


def list_signers(permission: str) -> Sequence[User]:
    """Who may have signed: the open accounts that hold the step's permission today."""
    return holders_of(permission, clock.today())


def names_of(row: Transcript) -> dict[int, str]:
    """The names of who entered it and who compared it."""
    wanted = [one for one in (row.entered_by, row.compared_by) if one]
    return {one.id: one.name for one in db.session.scalars(sa.select(Person).where(Person.id.in_(wanted)))}


def values_of(row: Transcript) -> list[tuple[Sentence, Any]]:
    """What was typed, value by value, as it is compared with the photo."""
    signer, fund_id = db.session.get_one(User, row.signer_id), row.given.get("fund")
    fund = db.session.get(Fund, fund_id) if fund_id else None
    listed = tuple(MENDABLE[name] for name in row.given.get("fields", []) if name in MENDABLE)
    found: list[tuple[Sentence, Any]] = [
        (label("Step"), step_label(row.verb)), (label("Signed by"), signer.person.name),
        (label("Signed on"), row.signed_on), (label("Households on the paper"), _rows(row)),
        (label("Amount"), _money(row)),
        (label("Reason"), reason_label(row.given.get("reason"))),
        (label("What has to be mended"), Sentence("%(fields)s", {"fields": listed}) if listed else None),
        (label("Fund that pays"), f"{fund.code} {fund.name}" if fund else None),
        (label("Number of the minutes"), row.minutes_number),
        (label("Who took part"), "、".join(row.given.get("attendees", []))), (label("Words on the paper"), row.note),
    ]  # fmt: skip
    return [(name, value) for name, value in found if value]


def _rows(row: Transcript) -> Sentence | None:
    rows = row.given.get("rows")
    return Sentence("%(rows)s", {"rows": len(rows)}) if rows else None


def _money(row: Transcript) -> Money | None:
    return Money(row.given["amount"]) if row.given.get("amount") else None
