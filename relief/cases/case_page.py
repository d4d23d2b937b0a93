"""What does a case's page show? The whole case, read once, in as much detail as the reader's role opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.cases import facts, passing, queries
from relief.cases.amounts import AmountShown, amount_shown
from relief.cases.besides import Beside, list_besides
from relief.cases.follow_up_models import FollowUp
from relief.cases.gating import ShownGate, gates_shown
from relief.cases.models import Case, CaseStep, Meeting, Notice, Objection, Snapshot
from relief.cases.offers import Turn, gates_of, offers_for, turns_of_others
from relief.cases.panels import PaymentRow, list_payment_rows
from relief.cases.service.notices import cause_of
from relief.cases.service.steps import policy_for
from relief.cases.story import StoryItem, story_of
from relief.cases.turns import FORWARD
from relief.cases.ways import Ways, ways_of
from relief.cases.ways_models import OpinionPassed
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.aid.kind import CaseFacts
from relief.domain.aid.special import SPECIAL, visit_is_late
from relief.domain.notice import generic_cause
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import ENDS, Offer, State
from relief.files.kinds import KINDS, SUBJECTS
from relief.files.queries import list_attachments
from relief.files.shown import ShownPaper, shown_papers
from relief.funds.models import Fund
from relief.households.models import Account
from relief.policies.queries import load_calendar
from relief.visits.models import Visit

# The road as the header draws it; a state off the road is told by its badge.
ROAD = (
    State.DRAFT, State.SUBMITTED, State.OPINION_GIVEN, State.ON_NOTICE, State.FORWARDED, State.IN_APPROVAL,
    State.APPROVED, State.IN_PAYMENT, State.PAID, State.FOLLOWED_UP, State.CLOSED,
)  # fmt: skip


@dataclass(frozen=True)
class Sight:
    """What the reader's role opens: story and papers with the file; the account's figures with the money.

    `file`: the household's own pages too; whoever sees this case alone, for its opinion, does not follow links there.
    """

    story: bool
    account: bool
    file: bool = True


@dataclass(frozen=True)
class PaperGroup:
    """The papers of one kind; `asked` when the policy wants it, `on_file` when the household's file holds one."""

    kind: str
    label: Sentence
    asked: bool
    on_file: bool
    papers: Sequence[ShownPaper]

    @property
    def is_missing(self) -> bool:
        return self.asked and not self.papers and not self.on_file


@dataclass(frozen=True)
class CasePage:
    """All that the page prints."""

    case: Case
    sight: Sight
    kind: Any
    cause: Sentence
    days_since_need: int
    working_days_left: int | None
    visit_is_late: bool
    amount: AmountShown
    gates: Sequence[ShownGate]
    offers: Sequence[Offer]
    others: Sequence[Turn]
    evidence: Sequence[PaperGroup]
    may_attach: bool
    visits: Sequence[Visit]
    notices: Sequence[Notice]
    objections: Sequence[Objection]
    levels: Sequence[queries.SignedLevel]
    steps: Sequence[CaseStep]
    story: Sequence[StoryItem]
    meetings: dict[int, Meeting]
    snapshots: dict[int, Snapshot]
    follow_ups: Sequence[FollowUp]
    payments: Sequence[PaymentRow]
    account: Account | None
    fund: Fund | None
    passed: Sentence | None
    passed_lost: int | None
    besides: Sequence[Beside]
    open_meetings: frozenset[int]
    ways: Ways

    @property
    def road_place(self) -> int:
        """Where on the road the case stands; −1 off the road."""
        return ROAD.index(State(self.case.state)) if self.case.state in ROAD else -1

    @property
    def is_over(self) -> bool:
        return self.case.state in ENDS

    @property
    def has_provisional_end(self) -> bool:
        """The notice that counts ends on a day that a notice of holidays may still move."""
        return bool(self.notices) and self.notices[0].provisional

    @property
    def not_received(self) -> bool:
        """The household was asked last, and had not got the money."""
        return self.case.state == State.PAID and bool(self.follow_ups) and not self.follow_ups[0].received_it

    @property
    def primary(self) -> str:
        """The verb of the main button: the first open step forward; `none` where nothing goes forward by the reader."""
        there = {offer.verb for offer in self.offers if offer.is_open}
        return next((verb for verb in FORWARD if verb in there), "none")

    @property
    def opinion(self) -> CaseStep | None:
        """The unit's last opinion."""
        return self._last("give_opinion")

    @property
    def sent_back(self) -> CaseStep | None:
        """Why a draft came back; None for one that never left."""
        return self._last("send_back") if self.case.resume_to else None

    @property
    def ending(self) -> CaseStep | None:
        """The refusal, withdrawal or revocation that ended the case."""
        ends = ("refused", "withdrawn", "revoked")
        return next((step for step in self.steps if step.led_to in ends and step.left != step.led_to), None)

    @property
    def decisions(self) -> list[tuple[CaseStep, Snapshot]]:
        """The steps that froze what they rested on, the newest first."""
        return [(step, self.snapshots[step.id]) for step in self.steps if step.id in self.snapshots]

    @property
    def first_missing(self) -> str | None:
        """The first kind of paper that the policy asks for and that is not there."""
        return next((group.kind for group in self.evidence if group.is_missing), None)

    def _last(self, verb: str) -> CaseStep | None:
        return next((step for step in self.steps if step.verb == verb), None)


def get_case_page(case_id: int, *, by: Actor) -> CasePage:
    """The page of a case; NotYours outside the subtree."""
    case = queries.get_case(case_id, by=by)
    known = facts.facts_of(case, clock.today())
    sight = Sight(by.can("household.read"), by.can("account.read"), by.sees(case.union_id))
    steps, calendar = queries.list_steps(case.id), load_calendar()
    meetings, passed, reader = _meetings(steps), passing.passed_of(case), passing.as_reader(case, by)
    return CasePage(
        case=case, sight=sight, kind=find_kind(case.kind), cause=generic_cause(cause_of(case)),
        days_since_need=(clock.today() - case.need_on).days,
        working_days_left=_days_left(case.due_on, calendar) if case.state not in ENDS else None,
        visit_is_late=case.kind == SPECIAL.code and visit_is_late(known, policy_for(case), calendar),
        amount=amount_shown(case, known), gates=gates_shown(case, by, known=known) if case.state not in ENDS else (),
        offers=offers_for(case, by), others=turns_of_others(case, by),
        evidence=_evidence(case, known, reader) if sight.story else (),
        may_attach=sight.file and _may_attach(case, by),
        visits=_visits(case, known) if by.can("visit.read") else (),
        notices=queries.list_notices_of(case.id), objections=queries.list_objections(case.id),
        levels=queries.list_levels(case.id), steps=steps, story=story_of(steps, sight.story), meetings=meetings,
        snapshots={one.step_id: one for one in queries.list_snapshots(case.id)},
        follow_ups=queries.list_follow_ups(case.id), payments=list_payment_rows(case.id, by=by),
        account=facts.find_account(case.household_id),
        fund=db.session.get(Fund, case.fund_id) if case.fund_id else None,
        passed=passing.whom(passed) if passed and _still_counts(case, passed) else None,
        passed_lost=_lost(case, passed), besides=list_besides(case, by=by),
        open_meetings=frozenset(number for number, meeting in meetings.items() if by.sees(meeting.union_id)),
        ways=ways_of(case),
    )  # fmt: skip


def _still_counts(case: Case, passed: OpinionPassed) -> bool:
    """An opinion that was given before it was passed on again was given by whom the story names."""
    return passed.instead_of is None or case.state in (State.DRAFT, State.SUBMITTED)


def _lost(case: Case, passed: OpinionPassed | None) -> int | None:
    """The passing by which this case waits for nobody."""
    is_lost = passed is not None and case.state == State.SUBMITTED and passing.nobody_left(passed, clock.today())
    return passed.id if passed is not None and is_lost else None


def _days_left(due_on: date | None, calendar: Any) -> int | None:
    """Working days up to the deadline, below zero when it has passed."""
    if due_on is None:
        return None
    today = clock.today()
    if due_on >= today:
        return int(calendar.working_days_between(today, due_on))
    return -max(1, int(calendar.working_days_between(due_on, today)))


def _evidence(case: Case, known: CaseFacts, by: Actor) -> list[PaperGroup]:
    """The papers by kind, those that the policy asks for first."""
    rows = list_attachments("case", case.id, by=by)
    shown = dict(zip((row.id for row in rows), shown_papers(rows, by=by), strict=True))
    asked = [gate.code.removeprefix("evidence.") for gate in gates_of(case, known) if gate.code.startswith("evidence.")]
    kinds = [*asked, *(kind for kind in dict.fromkeys(row.kind for row in rows) if kind not in asked)]
    return [
        PaperGroup(
            kind, KINDS[kind], kind in asked, kind in known.evidence,
            [shown[row.id] for row in rows if row.kind == kind],
        )
        for kind in kinds
    ]  # fmt: skip


def _may_attach(case: Case, by: Actor) -> bool:
    return case.state not in ENDS and any(by.can(name) for name in SUBJECTS["case"].write)


def _visits(case: Case, known: CaseFacts) -> Sequence[Visit]:
    """The visits since the event, the newest first."""
    return db.session.scalars(
        sa.select(Visit)
        .where(Visit.household_id == case.household_id, Visit.on >= (known.event_on or case.need_on))
        .order_by(Visit.on.desc(), Visit.id.desc())
        .limit(20)
    ).all()


def _meetings(steps: Sequence[CaseStep]) -> dict[int, Meeting]:
    wanted = {step.meeting_id for step in steps if step.meeting_id}
    found = db.session.scalars(sa.select(Meeting).where(Meeting.id.in_(wanted))) if wanted else ()
    return {meeting.id: meeting for meeting in found}
