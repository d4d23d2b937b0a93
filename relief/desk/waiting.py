"""What waits for this person? Cases, sheets, proposals and promises, each kind with its oldest deadline first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy import orm

from relief import clock
from relief.accounts.queries import within
from relief.cases.models import Case, ChainLevel
from relief.cases.passing import opinion_is_of, orphaned, passed_now
from relief.db import db
from relief.desk.doubts import ANSWERS, DOUBTS
from relief.desk.first_rows import first_cases, first_of
from relief.desk.informed import INFORMED
from relief.desk.list_waiting import DECISIONS, LISTS, is_single
from relief.desk.queues import SHOWN, Item, Queue, Sort
from relief.desk.ways import WAYS, is_ratified
from relief.domain.aid import find_kind
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import ENDS, PaymentState, SheetState, State
from relief.households.models import Household, Proposal
from relief.payments.models import Payment, Sheet
from relief.persons.models import Person
from relief.transcripts.models import Transcript
from relief.transcripts.queries import step_label, waits_for
from relief.visits.models import Promise

COUNT_CAP = 1000
MENU_CAP = 100


# In these states the rows of a list wait together, and count once.
_TOGETHER = (State.DRAFT, State.SUBMITTED, State.OPINION_GIVEN, State.FORWARDED, State.IN_APPROVAL,
             State.PAID, State.FOLLOWED_UP)  # fmt: skip


def list_queues(by: Actor) -> list[Queue]:
    """The queues of this actor that hold something, the oldest deadline first."""
    sorts = _sorts_of(by)
    found = [
        Queue(sort.code, sort.label, sort.tell(sort.waits(by)), count, sort.url)
        for sort, count in zip(sorts, _counts(sorts, by, COUNT_CAP), strict=True)
        if count
    ]
    return sorted(found, key=_oldest_first)


def count_waiting(by: Actor, cap: int = MENU_CAP) -> int:
    """How many things wait for this actor, over all queues, counted up to `cap`; one statement."""
    return min(cap, sum(_counts(_sorts_of(by), by, cap)))


def _sorts_of(by: Actor) -> list[Sort]:
    return [sort for permission, sort in _QUEUES if by.can(permission)]


def _counts(sorts: Sequence[Sort], by: Actor, cap: int) -> Sequence[int]:
    if not sorts:
        return ()
    asked = counting(by, tuple(sorts), cap, clock.today(), passed_now(), db.session.get_bind().dialect)
    return tuple(db.session.connection().exec_driver_sql(asked).one())


@lru_cache(maxsize=1024)
def counting(by: Actor, sorts: tuple[Sort, ...], cap: int, on: date, passed: Hashable, dialect: sa.Dialect) -> str:
    """The one statement that counts what waits for this actor, as text: every page asks it, and building it takes long.

    It holds for as long as the actor's roles and sight, the day, and who gives whose opinion stay as they are.
    """
    asked = sa.select(*(sort.counted(by, cap) for sort in sorts))
    return str(asked.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def _oldest_first(queue: Queue) -> date:
    return min((item.due_on for item in queue.items if item.due_on), default=date.max)


def _cases(
    code: str, name: Sentence, states: Sequence[State], *conditions: Callable[[Actor], sa.ColumnElement[bool]],
    stopped: bool = False, seen: Callable[[Actor], sa.ColumnElement[bool]] | None = None,
) -> Sort:  # fmt: skip
    def waits(by: Actor) -> sa.ColumnElement[bool]:
        sight = seen(by) if seen else within(Case.union_id, by)
        wanted = [sight, Case.state.in_(states), *(one(by) for one in conditions)]
        if not stopped:
            wanted += [Case.on_hold.is_(False), Case.objection.is_(False)]
            wanted += [is_single()] if states[0] in _TOGETHER else []
        return sa.and_(*wanted)

    return Sort(code, name, f"/cases?state={states[0]}", Case.id, waits, _tell_cases)


def _tell_cases(waits: sa.ColumnElement[bool]) -> list[Item]:
    return [_case_item(*row) for row in first_cases(waits, Case.due_on, Case.id)]


def _case_item(case: Case, name: str, unit: str) -> Item:
    text = sentence(
        "%(kind)s · %(number)s · %(state)s",
        kind=find_kind(case.kind).name, number=case.number, state=State(case.state).label,
    )  # fmt: skip
    amount = case.approved or case.proposed
    return Item(name, text, f"/cases/{case.id}", True, case.due_on, amount, unit)


def _my_level(by: Actor) -> sa.ColumnElement[bool]:
    mine = sa.select(ChainLevel.case_id).where(
        ChainLevel.dropped_at.is_(None), ChainLevel.decided_at.is_(None), ChainLevel.level == Case.level,
        ChainLevel.case_id == Case.id, ChainLevel.role.in_([role.value for role in by.roles]),
    )  # fmt: skip
    return mine.exists()


def _sent_back(by: Actor) -> sa.ColumnElement[bool]:
    return Case.resume_to.is_not(None)


def _never_sent(by: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(Case.resume_to.is_(None), Case.entered_by == by.person_id)


def _objected(by: Actor) -> sa.ColumnElement[bool]:
    return Case.objection.is_(True)


def _sheets(code: str, name: Sentence, *states: SheetState) -> Sort:
    return Sort(
        code, name, f"/sheets?state={states[0]}", Sheet.id, lambda by: Sheet.state.in_(states), _tell_sheets
    )


def _tell_sheets(waits: sa.ColumnElement[bool]) -> list[Item]:
    rows = db.session.scalars(sa.select(Sheet).where(waits).order_by(Sheet.id).limit(SHOWN)).unique()
    return [_sheet_item(sheet) for sheet in rows]


def _sheet_item(sheet: Sheet) -> Item:
    text = sentence(
        "%(fund)s · %(rows)s rows · %(households)s households",
        fund=sheet.fund.code, rows=sheet.row_count, households=sheet.household_count,
    )  # fmt: skip
    return Item(sheet.number or sheet.title or sheet.month, text, f"/sheets/{sheet.id}", False, None, sheet.total)


def _to_gather(by: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(Case.state == State.APPROVED, Case.on_hold.is_(False), Case.objection.is_(False))


def _tell_gather(waits: sa.ColumnElement[bool]) -> list[Item]:
    rows = db.session.execute(
        sa.select(Case.fund_id, sa.func.count(), sa.func.sum(Case.approved), sa.func.min(Case.due_on))
        .where(waits)
        .group_by(Case.fund_id)
        .order_by(Case.fund_id)
    )
    return [_gather_item(row[0] or 0, row[1], row[2] or Money(0), row[3]) for row in rows]


def _gather_item(fund_id: int, count: int, amount: Money | int, due_on: date | None) -> Item:
    from relief.funds.models import Fund

    fund = db.session.get_one(Fund, fund_id)
    total = amount if isinstance(amount, Money) else Money(int(amount))
    text = sentence("%(count)s awards", count=count)
    return Item(f"{fund.code} {fund.name}", text, f"/sheets/start?fund={fund_id}", False, due_on, total)


def _bounced(by: Actor) -> sa.ColumnElement[bool]:
    again = orm.aliased(Payment)
    newer = sa.select(again.id).where(again.instalment_id == Payment.instalment_id, again.attempt > Payment.attempt)
    ended = sa.select(Case.id).where(Case.id == Payment.case_id, Case.state.in_(ENDS))
    return sa.and_(Payment.state == PaymentState.BOUNCED, ~newer.exists(), ~ended.exists())


def _tell_bounced(waits: sa.ColumnElement[bool]) -> list[Item]:
    rows = db.session.scalars(sa.select(Payment).where(waits).order_by(Payment.id).limit(SHOWN))
    text = label("Came back from the bank: pay again")
    return [
        Item(one.payee_name, text, f"/sheets/{one.sheet_id}", True, one.settled_on, one.amount) for one in rows
    ]


def _proposed(by: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(within(Proposal.union_id, by), Proposal.state == "open")


def _tell_proposals(waits: sa.ColumnElement[bool]) -> list[Item]:
    rows = db.session.execute(
        sa.select(Proposal, Household.number, Person.name)
        .join(Household, Household.id == Proposal.household_id)
        .join(Person, Person.id == Household.head_id)
        .where(waits)
        .order_by(Proposal.made_at, Proposal.id)
        .limit(SHOWN)
    )
    return [
        Item(name, sentence("Change to file %(number)s", number=number), f"/households/{one.household_id}")
        for one, number, name in rows
    ]


def _promised(by: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(Promise.owner_id == by.person_id, Promise.state.in_(("open", "doing")))


def _tell_promises(waits: sa.ColumnElement[bool]) -> list[Item]:
    rows = db.session.execute(
        sa.select(Promise, Person.name)
        .join(Household, Household.id == Promise.household_id)
        .join(Person, Person.id == Household.head_id)
        .where(waits)
        .order_by(Promise.due_on, Promise.id)
        .limit(SHOWN)
    )
    return [Item(name, sentence("%(text)s", text=one.text), "/promises", True, one.due_on) for one, name in rows]


def _tell_papers(waits: sa.ColumnElement[bool]) -> list[Item]:
    rows = first_of(Transcript, waits, Transcript.id)
    return [_paper_item(paper, case.number, name) for paper, case, name, _unit in rows]


def _paper_item(paper: Transcript, number: str, name: str) -> Item:
    url, covered = f"/transcripts/{paper.id}", len(paper.given.get("rows") or ())
    if covered:
        text = sentence("%(step)s · rows: %(count)s", step=step_label(paper.verb), count=covered)
        return Item(label("A list on paper"), text, url, False)
    return Item(name, sentence("%(step)s · %(number)s", step=step_label(paper.verb), number=number), url)


_GATHER = Sort("gather", label("Awards that wait for a sheet"), "/sheets", Case.id, _to_gather, _tell_gather)
_BOUNCED = Sort("bounced", label("Payments that came back"), "/sheets", Payment.id, _bounced, _tell_bounced)
_PROPOSALS = Sort(
    "proposals", label("Changes to files to decide"), "/households", Proposal.id, _proposed, _tell_proposals
)
_PROMISES = Sort("promises", label("My promises"), "/promises", Promise.id, _promised, _tell_promises)

_PAPERS = Sort(
    "papers", label("Decisions on paper to compare"), "/transcripts?state=waiting", Transcript.id, waits_for,
    _tell_papers,
)  # fmt: skip

_QUEUES: tuple[tuple[str, Sort], ...] = (
    *WAYS,
    ("case.write", _cases("sent_back", label("Sent back to be mended"), [State.DRAFT], _sent_back, stopped=True)),
    ("case.write", _cases("drafts", label("My drafts"), [State.DRAFT], _never_sent)),
    ("case.read", LISTS),
    ("case.opinion", _cases("opinion", label("Waiting for the unit's opinion"), [State.SUBMITTED],
                            seen=opinion_is_of)),
    ("opinion.pass", _cases("orphaned", label("Opinions that nobody is left to give"), [State.SUBMITTED],
                            seen=orphaned)),
    ("case.notice", _cases("post", label("Waiting for notice"), [State.OPINION_GIVEN])),
    ("case.objection", _cases("objections", label("Objections to settle"),
                              [State.ON_NOTICE, State.FORWARDED, State.IN_APPROVAL], _objected, stopped=True)),
    ("case.review", _cases("passed_opinion", label("Opinions passed on to the reviewer"), [State.SUBMITTED],
                           seen=opinion_is_of)),
    ("case.review", _cases("review", label("Waiting for review"), [State.FORWARDED])),
    ("case.approve", _cases("approve", label("Waiting for my signature"), [State.IN_APPROVAL], _my_level)),
    ("case.approve", DECISIONS),
    ("sheet.make", _GATHER),
    ("sheet.make", _BOUNCED),
    ("sheet.make", _sheets("made", label("Sheets in the making"), SheetState.DRAFT)),
    ("sheet.release", _sheets("release", label("Sheets to release"), SheetState.SUBMITTED)),
    ("payment.record", _sheets("send", label("Sheets to send and to record"), SheetState.RELEASED, SheetState.SENT)),
    ("sheet.make", _sheets("finish", label("Sheets to close"), SheetState.RECONCILED)),
    ("case.follow_up", _cases("ask", label("Waiting for the follow-up"), [State.PAID], is_ratified)),
    ("case.follow_up", _cases("close", label("To be closed"), [State.FOLLOWED_UP])),
    ("transcript.compare", _PAPERS),
    ("proposal.decide", _PROPOSALS),
    ("visit.write", _PROMISES),
    ("case.read", DOUBTS),
    ("audit.doubt", ANSWERS),
    ("audit.doubt", INFORMED),
)  # fmt: skip
