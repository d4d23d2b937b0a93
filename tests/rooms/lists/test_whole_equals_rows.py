"""Is a list that is decided as a whole, at once or in parts, the same as its rows decided one by one?

States, money, history, snapshots.
"""

import json
from contextlib import suppress
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from relief import clock
from relief.cases import service as cases
from relief.cases.models import Case, CaseStep, ChainLevel, Snapshot
from relief.db import db
from relief.domain.errors import Refusal, RuleBroken
from relief.domain.money import Money
from relief.funds import service as funds
from relief.funds.models import JournalEntry
from relief.funds.queries import find_fund
from relief.lists import service as lists
from relief.lists.service import parts
from relief.lists.service.acts import Said
from relief.lists.service.parts import APPROVE, Errand
from relief.windows.service import open_window
from tests.build import SYSTEM, an_office
from tests.rooms.lists.bureau import FESTIVAL, JANUARY, a_meeting, on_day, rows_of
from tests.rooms.lists.many import CATEGORIES, after_notices, many_households, some_units, through_notice

_PLACES = count(0, 2)


@pytest.fixture
def office(app):
    office = an_office()
    on_day(JANUARY)
    office.window = open_window(*FESTIVAL, by=office.chen).id
    return office


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    categories=some.lists(some.sampled_from(CATEGORIES), min_size=2, max_size=6),
    lifted=some.sets(some.integers(0, 5), max_size=2), announced=some.integers(0, 9_000), in_parts=some.booleans(),
)  # fmt: skip
def test_a_whole_list_equals_its_rows(office, categories, lifted, announced, in_parts):
    on_day(JANUARY)
    whole, single = _two_equal_lists(office, categories)
    for code in ("F3", "F4"):
        _announce(code, announced)
    meeting = a_meeting(office.bureau.id, office.sun, f"兴林{whole.number}")
    out = lifted & set(range(len(categories)))
    rows = rows_of(whole)
    # the chair's sight is narrowed to one of the two lists: a window is decided for all lists in sight
    narrowed = replace(office.sun, scope=frozenset({whole.union_id, office.bureau.id}))
    taken_out, said = {rows[place].id: "待核实" for place in out}, Said("同意", "", meeting, find_fund("F4").id)
    is_written = True
    try:
        (_decide_in_parts if in_parts else _decide_at_once)(office.window, taken_out, said, narrowed)
    except Refusal:
        is_written = False  # nothing passed, so nothing was written: what was to be taken out stays undecided
    _one_by_one(office, rows_of(single), out, meeting, is_lifted=is_written)
    db.session.expire_all()
    assert _told(whole) == _told(single)
    assert _balance("F4") == _balance("F3")


def _decide_at_once(window_id, taken_out, said, by):
    lists.decide(
        window_id, taken_out=taken_out, fund_id=said.fund_id, meeting_id=said.meeting_id, note=said.note, by=by
    )


def _decide_in_parts(window_id, taken_out, said, by):
    """As the background does it, two rows at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART", 2)
        for case_id, why in taken_out.items():
            lists.lift_out(case_id, version=None, why=why, by=by)
        with suppress(RuleBroken):  # no row passed: what is taken out stays out
            parts.run(Errand(APPROVE, window_id, said), since=clock.now(), progress=lambda done, whole: None, by=by)


def _two_equal_lists(office, categories):
    begin = next(_PLACES)
    made = []
    for unit in some_units(office, 2, begin=begin):
        place = 10_000 + begin * 100 + len(made) * 50
        many_households(unit.union, len(categories), [unit.caseworker, office.zhao], begin=place, categories=categories)
        made.append(lists.propose(office.window, unit.union.id, by=unit.caseworker))
        through_notice(made[-1], unit)
    after_notices()
    for one in made:
        lists.review(one.id, note="同意", by=office.chen)
    return made


def _announce(code, yuan):
    if yuan:
        funds.announce(find_fund(code).id, Money.yuan(yuan), document_number="文", on=clock.today(), by=SYSTEM)


def _balance(code):
    return funds.balance_of(find_fund(code).id)


def _one_by_one(office, rows, out, meeting, *, is_lifted):
    for place in out if is_lifted else ():
        lists.lift_out(rows[place].id, version=None, why="待核实", by=office.sun)
    for place, row in enumerate(rows):
        if place in out:
            continue
        try:
            cases.approve(
                row.id, version=row.version, amount=row.proposed, note="同意", fund_id=find_fund("F3").id,
                meeting_id=meeting, by=office.sun,
            )  # fmt: skip
        except Refusal:
            db.session.refresh(row)


def _told(aid_list):
    """Everything that is kept about the rows of a list, without numbers that differ by nature."""
    return [_row(case) for case in rows_of(aid_list)]


def _row(case: Case):
    def kept(model):
        return db.session.scalars(db.select(model).where(model.case_id == case.id).order_by(model.id)).all()

    return (
        (case.state, case.lifted, case.proposed, case.approved, case.approved_on, case.due_on, case.level),
        [(step.verb, step.left, step.led_to, step.level, step.amount, step.note, step.on) for step in kept(CaseStep)],
        [(one.level, one.role, one.needs_meeting, one.decided_by) for one in kept(ChainLevel)],
        [_snapshot(one) for one in kept(Snapshot)],
        [(entry.movement, entry.amount, entry.document_number == case.number) for entry in kept(JournalEntry)],
    )


def _snapshot(one):
    body = json.loads(one.facts)
    body.pop("case"), body.pop("standing")
    body["household"]["members"] = [member["relation"] for member in body["household"]["members"]]
    body["facts"]["visits"] = [visit["on"] for visit in body["facts"]["visits"]]
    if body["decision"]["verb"] == "give_opinion":
        body["decision"].pop("person")
    return body
