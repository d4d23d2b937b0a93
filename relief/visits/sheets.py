"""How does a round of visits go on paper, and how is each row of the paper kept afterwards?"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from secrets import randbelow

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.accounts.queries import get_union
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.identity import judge_name, judge_resident_id
from relief.domain.permissions import Actor
from relief.domain.visit_codes import VisitKind
from relief.domain.visit_sheet_code import POSSIBLE, sheet_code
from relief.domain.visit_sheet_keys import Skipped
from relief.domain.visiting import judge_visitors
from relief.households.models import Household
from relief.households.sight import OPEN, get_household
from relief.persons.models import Person
from relief.visits.given import Told, VisitorGiven
from relief.visits.models import Visit
from relief.visits.service import log_visit
from relief.visits.sheet_models import VisitSheet, VisitSheetRow, VisitSheetVisitor
from relief.visits.visitors import account_holders, judge_companion, judge_hands

MOST_ROWS = 60
MOST_HANDS = 6


def make_sheet(
    *, union_id: int, on: date, kind: VisitKind | str, visitors: Sequence[VisitorGiven], household_ids: Sequence[int],
    by: Actor,
) -> VisitSheet:  # fmt: skip
    """A sheet for a round of visits of a unit, with its code and its rows in the order given.

    RuleBroken on `on`, `visitors`, `name`, `resident_id` or `households`; NotYours outside the subtree.
    """
    by.require("visit.write")
    kind = VisitKind(kind)
    with transaction():
        union = get_union(union_id, by=by)
        if on < clock.today():
            raise RuleBroken("on", "A sheet is printed before the round, not after it.")
        hands = _hands(visitors)
        judge_visitors(kind, len(hands))
        households = _households(household_ids, union, by)
        if kind is VisitKind.VERIFICATION:
            _judge_nearness(households, hands, by)
        sheet = VisitSheet(
            code=_free_code(), union_id=union.id, planned_on=on, kind=kind.value, made_by=by.person_id,
            made_at=clock.now(),
        )  # fmt: skip
        sheet.visitors = hands
        sheet.rows = [VisitSheetRow(place=place, household_id=one.id) for place, one in enumerate(households, start=1)]
        db.session.add(sheet)
        db.session.flush()
        changes = {"code": sheet.code, "on": on, "kind": kind.value, "households": [one.id for one in households]}
        record("visit_sheet.make", "visit_sheet", sheet.id, by=by, union_id=union.id, changes=changes)
        return sheet


def type_row(
    sheet_id: int, place: int, *, hands: Sequence[int], told: Told, promise: tuple[str, int, date] | None = None,
    by: Actor,
) -> Visit:  # fmt: skip
    """Keep what stands in a row as one visit, by `log_visit`; typed twice by the same person it is kept once.

    `hands` are numbers of the sheet's visitors, `promise` is (text, number of the visitor who keeps it, due day).
    RuleBroken on the field. A row that was skipped may be typed after all.
    """
    by.require("visit.write")
    with transaction():
        sheet, row = _held(sheet_id, place, by)
        if row.visit_id is not None and _entered_by(row.visit_id) != by.person_id:
            raise RuleBroken(None, "Somebody else has typed this row meanwhile.")
        visit = log_visit(
            row.household_id, client_uuid=_own_number(sheet, place), kind=sheet.kind, on=told.on, place=told.place,
            visitors=[_given(sheet, number) for number in hands], talked_to=told.talked_to, unchanged=told.unchanged,
            seen=dict(told.seen), needs=told.needs.items(), promises=_promises(sheet, promise), next_on=told.next_on,
            note=told.note, by=by,
        )  # fmt: skip
        if row.visit_id is None:
            row.visit_id, row.skipped = visit.id, None
            _record("visit_sheet.type_row", sheet, {"row": place, "visit": visit.id}, by)
        return visit


def skip_row(sheet_id: int, place: int, *, why: Skipped, by: Actor) -> VisitSheetRow:
    """Note why nobody was met; RuleBroken for a row that was typed."""
    by.require("visit.write")
    with transaction():
        sheet, row = _held(sheet_id, place, by)
        if row.visit_id is not None:
            raise RuleBroken(None, "This row has been typed already. Its visit is on file.")
        before, row.skipped = row.skipped, why.value
        _record("visit_sheet.skip_row", sheet, {"row": place, "skipped": (before, why.value)}, by)
        return row


def _hands(visitors: Sequence[VisitorGiven]) -> list[VisitSheetVisitor]:
    holders = account_holders(one.person_id for one in visitors if one.person_id is not None)
    found: dict[object, VisitSheetVisitor] = {}
    for one in visitors:
        hand = _companion(one) if one.person_id is None else _colleague(one.person_id, holders)
        found.setdefault(hand.person_id or (hand.name, hand.resident_id), hand)
    if not found or len(found) > MOST_HANDS:
        raise RuleBroken("visitors", "Name one to %(most)s people who go.", most=MOST_HANDS)
    for place, hand in enumerate(found.values(), start=1):
        hand.place = place
    return list(found.values())


def _colleague(person_id: int, holders: frozenset[int]) -> VisitSheetVisitor:
    if person_id not in holders:
        raise RuleBroken("visitors", "This person has no account. Write the name instead.")
    return VisitSheetVisitor(person_id=person_id, name=db.session.get_one(Person, person_id).name)


def _companion(given: VisitorGiven) -> VisitSheetVisitor:
    name, number = judge_name(given.name), given.resident_id.strip()
    if number:
        return VisitSheetVisitor(name=name, resident_id=judge_resident_id(number, clock.today()).number)
    judge_companion(name)
    return VisitSheetVisitor(name=name)


def _households(ids: Sequence[int], union: Union, by: Actor) -> list[Household]:
    wanted = list(dict.fromkeys(ids))
    if not 1 <= len(wanted) <= MOST_ROWS:
        raise RuleBroken("households", "Tick 1 to %(most)s households.", most=MOST_ROWS)
    households = [get_household(one, by=by) for one in wanted]
    for household in households:
        if not household.union.path.startswith(union.path):
            raise RuleBroken("households", "%(name)s does not belong to this unit.", name=household.head.name)
        if household.status not in OPEN:
            raise RuleBroken("households", "The file of %(name)s is closed.", name=household.head.name)
    return households


def _judge_nearness(households: Sequence[Household], hands: Sequence[VisitSheetVisitor], by: Actor) -> None:
    """Before the paper is printed, not after the round: nobody verifies their own household."""
    persons = [db.session.get_one(Person, one.person_id) for one in hands if one.person_id is not None]
    for household in households:
        judge_hands(household.id, persons, by=by)


def _free_code() -> str:
    while True:
        code = sheet_code(randbelow(POSSIBLE))
        if db.session.scalar(sa.select(VisitSheet.id).where(VisitSheet.code == code)) is None:
            return code


def _held(sheet_id: int, place: int, by: Actor) -> tuple[VisitSheet, VisitSheetRow]:
    sheet = locked(VisitSheet, sheet_id)
    by.require_sight(sheet.union_id)
    row = next((one for one in sheet.rows if one.place == place), None)
    if row is None:
        raise NotYours
    return sheet, row


def _own_number(sheet: VisitSheet, place: int) -> str:
    """The row's own number: two browsers, or one button pressed twice, make one visit."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"relief:visit-sheet:{sheet.code}:{place}"))


def _given(sheet: VisitSheet, number: int) -> VisitorGiven:
    hand = _hand(sheet, number)
    return VisitorGiven(hand.person_id) if hand.person_id else VisitorGiven(None, hand.name, hand.resident_id or "")


def _promises(sheet: VisitSheet, promise: tuple[str, int, date] | None) -> list[tuple[str, int, date]]:
    if promise is None:
        return []
    text, number, due_on = promise
    keeper = _hand(sheet, number, "owner")
    if keeper.person_id is None:
        raise RuleBroken("owner", "A promise is kept by somebody with an account.")
    return [(text, keeper.person_id, due_on)]


def _hand(sheet: VisitSheet, number: int, field: str = "hands") -> VisitSheetVisitor:
    hand = next((one for one in sheet.visitors if one.place == number), None)
    if hand is None:
        raise RuleBroken(field, "There is no visitor %(number)s on this sheet.", number=number)
    return hand


def _entered_by(visit_id: int) -> int | None:
    return db.session.scalar(sa.select(Visit.entered_by).where(Visit.id == visit_id))


def _record(verb: str, sheet: VisitSheet, changes: dict[str, object], by: Actor) -> None:
    record(verb, "visit_sheet", sheet.id, by=by, union_id=sheet.union_id, changes=changes)
