"""What waits on the unusual ways? Emergency files and their late days, appeals, and money that must come back."""

from __future__ import annotations

import sqlalchemy as sa

from relief import clock
from relief.accounts.queries import within
from relief.cases.models import Case, CaseStep
from relief.cases.recovering import AGES
from relief.cases.urgent import facts_of_files
from relief.cases.ways_models import Appeal, EmergencyFile, Recoverable
from relief.desk.first_rows import first_cases, first_of
from relief.desk.queues import Item, Sort
from relief.domain.emergency import Duty, duties, next_due
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import EMERGENCY, PROMISED, State
from relief.policies.queries import load_calendar


def is_ratified(by: Actor) -> sa.ColumnElement[bool]:
    """Whether nothing of an emergency file is owed any more; true for every other case."""
    owed = sa.exists().where(EmergencyFile.case_id == Case.id, EmergencyFile.settled_on.is_(None))
    return sa.not_(sa.and_(Case.lane == EMERGENCY, owed))


def _unsettled(by: Actor) -> sa.ColumnElement[bool]:
    promised = sa.select(Case.id).where(Case.lane == EMERGENCY, Case.state.in_(PROMISED)).correlate(None)
    return sa.and_(
        within(EmergencyFile.union_id, by), EmergencyFile.settled_on.is_(None), EmergencyFile.case_id.in_(promised)
    )


def _tell_files(waits: sa.ColumnElement[bool]) -> list[Item]:
    rows = first_of(EmergencyFile, waits, EmergencyFile.visit_by, EmergencyFile.id)
    calendar = load_calendar()
    known = facts_of_files([(case, file) for file, case, _name, _unit in rows], calendar)
    found = [
        Item(name, _owed(case, duties(one, clock.today(), calendar)), f"/cases/{case.id}", True, next_due(one),
             case.approved, unit)
        for (_file, case, name, unit), one in zip(rows, known, strict=True)
    ]  # fmt: skip
    return sorted(found, key=lambda item: item.due_on or clock.today())


def _owed(case: Case, owed: tuple[Duty, ...]) -> Sentence:
    """The gravest of what is missing: what is late, by how many working days, or what comes next."""
    missing = [one for one in owed if one.done_on is None]
    worst = max(missing, key=lambda one: one.late_by, default=None)
    return sentence("%(number)s · %(what)s", number=case.number, what=worst.text if worst else label("Ratify it."))


def _urgently_approved(by: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(
        Case.lane == EMERGENCY, Case.state == State.APPROVED, Case.on_hold.is_(False), Case.objection.is_(False)
    )


def _tell_urgent(waits: sa.ColumnElement[bool]) -> list[Item]:
    rows = first_cases(waits, Case.approved_on, Case.id)
    text = label("Pay at once: a sheet of this one row")
    return [
        Item(name, text, f"/cases/{case.id}#emergency", True, case.approved_on, case.approved, unit)
        for case, name, unit in rows
    ]


def _appealed(by: Actor) -> sa.ColumnElement[bool]:
    """Those that this actor may answer: whoever took a step of the case took part."""
    who = sa.func.coalesce(CaseStep.on_behalf_of, CaseStep.person_id)
    took_part = sa.exists().where(CaseStep.case_id == Appeal.case_id, who == by.person_id)
    return sa.and_(within(Appeal.union_id, by), Appeal.outcome.is_(None), ~took_part)


def _tell_appeals(waits: sa.ColumnElement[bool]) -> list[Item]:
    rows = first_of(Appeal, waits, Appeal.due_on, Appeal.id)
    return [
        Item(name, sentence("%(number)s · %(what)s", number=case.number, what=State(case.state).label),
             f"/cases/{case.id}", True, appeal.due_on, None, unit)
        for appeal, case, name, unit in rows
    ]  # fmt: skip


def _to_recover(by: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(within(Recoverable.union_id, by), Recoverable.settled_on.is_(None))


def _to_give_up(by: Actor) -> sa.ColumnElement[bool]:
    """An upheld appeal restores nothing by itself: the chair says what of the recovery is given up."""
    upheld = sa.exists().where(Appeal.case_id == Recoverable.case_id, Appeal.outcome == "upheld")
    return sa.and_(_to_recover(by), upheld)


def _tell_recoverables(waits: sa.ColumnElement[bool]) -> list[Item]:
    rows = first_of(Recoverable, waits, Recoverable.booked_on, Recoverable.id)
    return [
        Item(name, _age(row, case.number), f"/cases/{case.id}#recoverable", True, None,
             row.amount - row.recovered - row.written_off, unit)
        for row, case, name, unit in rows
    ]  # fmt: skip


def _age(row: Recoverable, number: str) -> Sentence:
    days = (clock.today() - row.booked_on).days
    name = next(name for name, _least, most in AGES.values() if most is None or days <= most)
    return sentence("%(number)s · %(what)s", number=number, what=name)


WAYS: tuple[tuple[str, Sort], ...] = (
    ("sheet.make", Sort("urgent", label("Emergency aid to pay at once"), "/cases?state=approved", Case.id,
                        _urgently_approved, _tell_urgent)),
    ("household.read", Sort("urgent_files", label("Emergency files to complete"), "/cases?flag=emergency",
                            EmergencyFile.id, _unsettled, _tell_files)),
    ("appeal.judge", Sort("appeals", label("Appeals to answer"), "/cases?flag=appeal", Appeal.id, _appealed,
                          _tell_appeals)),
    ("payment.record", Sort("recover", label("Money to come back"), "/recoveries?state=open", Recoverable.id,
                            _to_recover, _tell_recoverables)),
    ("case.revoke", Sort("give_up", label("Appeals upheld: what of the recovery is given up"),
                         "/recoveries?state=open", Recoverable.id, _to_give_up, _tell_recoverables)),
)  # fmt: skip
