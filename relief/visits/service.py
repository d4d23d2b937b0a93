"""How does a visit come on file, and how is its record mended?"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import NotYours, RuleBroken, Stale
from relief.domain.permissions import Actor
from relief.domain.visit_codes import Aspect, Place, Theme, VisitKind
from relief.domain.visiting import is_late, judge_day, judge_next, judge_visitors, require_edit
from relief.files.judging import Judged, judge_all
from relief.files.service import attach
from relief.households.models import Household
from relief.households.sight import held, held_open
from relief.persons.models import Person
from relief.visits import mending
from relief.visits.given import PromiseGiven, Told, VisitorGiven
from relief.visits.models import Visit, Visitor
from relief.visits.observations import settle, tidy
from relief.visits.promises import add_promises
from relief.visits.visitors import account_holders, judge_hands, resolve
from relief.visits.working_days import load_calendar

Papers = list[tuple[str, Judged]]


def log_visit(
    household_id: int, *, client_uuid: str, kind: VisitKind | str, on: date, visitors: Sequence[VisitorGiven],
    place: Place | str = Place.HOME, talked_to: str = "", unchanged: bool = False,
    seen: Mapping[Aspect, str | None] | None = None, needs: Iterable[tuple[Theme, str]] = (),
    promises: Iterable[tuple[Any, ...]] = (), next_on: date | None = None, note: str = "",
    photos: Sequence[Any] = (), signed_form: Sequence[Any] = (), by: Actor,
) -> Visit:  # fmt: skip
    """Keep a visit or call. Sent twice with the same `client_uuid` it is kept once, and the first one comes back.

    `needs` are (theme, words), `promises` (text, owner's person, due day); `unchanged` keeps what the last visit
    saw. Photos are judged before anything is written. RuleBroken on the field that it is about; NotAllowed for
    one's own household on a verification visit; NotYours outside the subtree.
    """
    by.require("visit.write")
    kind, client_uuid = VisitKind(kind), _own_number(client_uuid)
    papers = _papers(photos, signed_form)
    with transaction():
        household = held_open(household_id, by=by) if kind is VisitKind.VERIFICATION else held(household_id, by=by)
        sent = _sent_before(client_uuid, household, by)
        if sent is not None:
            return sent
        told = Told(
            on=on, place=Place(place), talked_to=talked_to, unchanged=unchanged,
            seen=settle(household.id, unchanged, tidy(seen)), needs={Theme(theme): text for theme, text in needs},
            next_on=next_on, note=note,
        )  # fmt: skip
        persons = resolve(visitors, household.union_id, by=by)
        _judge(kind, told, household, persons, by)
        visit = _new_visit(household, client_uuid, kind, told, by)
        without = _add_visitors(visit, persons)
        promised = [PromiseGiven(*one) for one in promises]
        add_promises(visit, promised)
        _attach(visit, papers, by)
        record(
            "visit.log", "visit", visit.id, by=by, union_id=visit.union_id, unusual=_unusual(visit, without),
            changes=_for_record(visit, persons, told, len(promised)),
        )  # fmt: skip
        return visit


def edit_visit(
    visit_id: int, *, version: int | None, told: Told, photos: Sequence[Any] = (), signed_form: Sequence[Any] = (),
    by: Actor,
) -> Visit:  # fmt: skip
    """Mend the record of a visit: whoever entered it, for a month. Who went and what for stays as it was entered.

    RuleBroken on the field, NotAllowed for others or too late, Stale with the difference, NotYours out of sight.
    """
    by.require("visit.write")
    papers = _papers(photos, signed_form)
    with transaction():
        visit = locked(Visit, visit_id)
        by.require_sight(visit.union_id)
        entered_on = clock.business_date(visit.entered_at)
        require_edit(by.person_id, visit.entered_by, entered_on, clock.today())
        told = replace(told, seen=settle(visit.household_id, told.unchanged, tidy(told.seen), visit=visit))
        before = mending.told_in(visit)
        told = mending.keep_hidden(before, told, by=by)
        changes = mending.changed(before, told)
        if version is not None and visit.version != version:
            raise Stale(mending.for_reader(changes, by=by), visit.version)
        judge_day(told.on, clock.today())
        judge_next(told.next_on, told.on)
        _attach(visit, papers, by)
        if not changes:
            return visit
        mending.write(visit, told)
        mending.write_needs(visit, told.needs)
        visit.is_late = is_late(told.on, entered_on, load_calendar())
        record("visit.edit", "visit", visit.id, by=by, union_id=visit.union_id, changes=mending.for_record(changes))
        return visit


def _for_record(visit: Visit, persons: Sequence[Person], told: Told, promises: int) -> dict[str, Any]:
    return {
        "household": visit.household_id, "kind": visit.kind, "on": visit.on, "place": visit.place,
        "visitors": [person.id for person in persons], "unchanged": visit.unchanged, "late": visit.is_late,
        "needs": [theme.value for theme in told.needs], "promises": promises, "next_on": visit.next_on,
    }  # fmt: skip


def _papers(photos: Sequence[Any], signed_form: Sequence[Any]) -> Papers:
    shots = judge_all(list(photos), field="photos")
    forms = judge_all(list(signed_form), field="signed_form")
    return [("visit_photo", one) for one in shots] + [("visit_form", one) for one in forms]


def _attach(visit: Visit, papers: Papers, by: Actor) -> None:
    for kind, paper in papers:
        attach(
            paper, subject="visit", subject_id=visit.id, household_id=visit.household_id, union_id=visit.union_id,
            kind=kind, by=by,
        )  # fmt: skip


def _own_number(client_uuid: str) -> str:
    try:
        return str(uuid.UUID(client_uuid))
    except ValueError:
        raise RuleBroken(None, "This form has lost its number. Open it again from the household's page.") from None


def _sent_before(client_uuid: str, household: Household, by: Actor) -> Visit | None:
    """The visit that this form made when it was sent the first time; the household's lock keeps two from racing."""
    kept = db.session.scalar(sa.select(Visit).where(Visit.client_uuid == client_uuid))
    if kept is not None and (kept.household_id, kept.entered_by) != (household.id, by.person_id):
        raise NotYours
    return kept


def _judge(kind: VisitKind, told: Told, household: Household, persons: Sequence[Person], by: Actor) -> None:
    judge_day(told.on, clock.today())
    judge_visitors(kind, len(persons))
    judge_next(told.next_on, told.on)
    if kind is VisitKind.VERIFICATION:
        judge_hands(household.id, persons, by=by)


def _new_visit(household: Household, client_uuid: str, kind: VisitKind, told: Told, by: Actor) -> Visit:
    visit = Visit(
        client_uuid=client_uuid, household_id=household.id, union_id=household.union_id, kind=kind.value,
        is_late=is_late(told.on, clock.today(), load_calendar()), entered_by=by.person_id, entered_at=clock.now(),
    )  # fmt: skip
    mending.write(visit, told)
    db.session.add(visit)
    db.session.flush()
    mending.add_needs(visit, told.needs)
    return visit


def _add_visitors(visit: Visit, persons: Sequence[Person]) -> bool:
    """Write who went; whether somebody without an account is among them."""
    holders = account_holders(person.id for person in persons)
    db.session.add_all(
        Visitor(visit_id=visit.id, person_id=person.id, has_account=person.id in holders) for person in persons
    )
    return not holders.issuperset(person.id for person in persons)


def _unusual(visit: Visit, without_account: bool) -> str | None:
    """A verification that rests on somebody without an account, or one entered late, is listed for the auditor."""
    if visit.kind == VisitKind.VERIFICATION and without_account:
        return "visitor_without_account"
    return "visit_entered_late" if visit.is_late else None
