"""急难: what does sudden need allow, what is owed afterwards, and how late is it? (domain facts, 2.4)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from relief.domain.aid.kind import EmergencyRule
from relief.domain.calendar import Calendar
from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.money import ZERO, Money
from relief.domain.reasons import judge_reason
from relief.domain.sentences import Sentence, sentence

WAYS: dict[str, Sentence] = {"phone": label("By telephone"), "paper": label("In writing")}
RATIFIED, LOWERED, REFUSED = "ratified", "lowered", "refused"
OUTCOMES: dict[str, Sentence] = {
    RATIFIED: label("Ratified in full"),
    LOWERED: label("Ratified with a lower amount"),
    REFUSED: label("Not ratified: all of it is to be paid back"),
}


@dataclass(frozen=True)
class Duty:
    """Something that is owed by a day: done on which day, or missing; late by so many working days."""

    code: str
    label: Sentence
    due_on: date
    done_on: date | None
    late_by: int

    @property
    def is_late(self) -> bool:
        return self.late_by > 0

    @property
    def text(self) -> Sentence:
        """The duty in a sentence that may be read out to anybody: no name stands in it."""
        if self.done_on is not None and self.is_late:
            return sentence("%(what)s: done %(days)s working days late.", what=self.label, days=self.late_by)
        if self.done_on is not None:
            return sentence("%(what)s: done in time.", what=self.label)
        if self.is_late:
            return sentence("%(what)s: late by %(days)s working days.", what=self.label, days=self.late_by)
        return sentence("%(what)s: due by %(day)s.", what=self.label, day=self.due_on)


@dataclass(frozen=True)
class FileFacts:
    """What is known of an emergency file: its days, and on which day each part was done (None: not yet).

    `clean_on` is the first day after a notice that nobody stopped. `visit_by` and `complete_by` stand once the money
    is approved.
    """

    decide_by: date
    decided_on: date | None = None
    visit_by: date | None = None
    complete_by: date | None = None
    visited_on: date | None = None
    papers_on: date | None = None
    opinion_on: date | None = None
    noticed_on: date | None = None
    clean_on: date | None = None
    settled_on: date | None = None


def judge_urgent(rule: EmergencyRule | None, event_kind: str | None, why: str, ordered_by: str, way: str) -> None:
    """RuleBroken unless the kind knows sudden need, for this event, by the chair's order by phone or on paper."""
    if rule is None:
        raise RuleBroken(None, "This kind of aid knows no emergency.")
    if event_kind not in rule.events:
        raise RuleBroken("event", "This event is no emergency. Hand the application in the ordinary way.")
    if not why.strip():
        raise RuleBroken("why", "Say why it cannot wait.")
    if not ordered_by.strip():
        raise RuleBroken("ordered_by", "Name who ordered it at the bureau.")
    if way not in WAYS:
        raise RuleBroken("way", "Say whether it was ordered by telephone or in writing.")


def judge_ratified(amount: Money, paid: Money, *, is_paid: bool, is_upheld: bool, reason: str | None) -> str:
    """The outcome of ratifying so much of what was approved: ratified, lowered or refused.

    RuleBroken on `amount` above what was approved, below it while the money is still under way, or for all of it when
    an objection was upheld; on `reason` when less is ratified without one.
    """
    if amount > paid or amount < ZERO:
        raise RuleBroken("amount", "Approved were %(approved)s: ratify so much, less, or nothing.", approved=paid)
    if amount == paid:
        if is_upheld:
            raise RuleBroken("amount", "An objection was upheld: ratify less, or nothing.")
        return RATIFIED
    judge_reason("revoke", reason)
    if not is_paid:
        raise RuleBroken(
            "amount", "The money is not paid yet. Wait until it is, or revoke the award: nothing is to be paid back."
        )
    return LOWERED if amount > ZERO else REFUSED


def duties(known: FileFacts, today: date, calendar: Calendar) -> tuple[Duty, ...]:
    """What the file owes, in order: the decision, then visit, papers, opinion, notice and ratification."""
    found = [_duty("decide", label("Decision of the chair"), known.decide_by, known.decided_on, today, calendar)]
    if known.visit_by is not None:
        found.append(_duty("visit", label("Visit by two"), known.visit_by, known.visited_on, today, calendar))
    for code, name, done_on in _by_the_end(known):
        if known.complete_by is not None:
            found.append(_duty(code, name, known.complete_by, done_on, today, calendar))
    return tuple(found)


def next_due(known: FileFacts) -> date | None:
    """The day of the next thing that is owed; None when the file is settled."""
    if known.settled_on is not None:
        return None
    if known.decided_on is None:
        return known.decide_by
    return known.complete_by if known.visited_on is not None else known.visit_by


def _by_the_end(known: FileFacts) -> tuple[tuple[str, Sentence, date | None], ...]:
    return (
        ("papers", label("Papers"), known.papers_on),
        ("opinion", label("The unit's opinion"), known.opinion_on),
        ("notice", label("Public notice, ended clean"), known.clean_on),
        ("ratify", label("Ratified by the office meeting"), known.settled_on),
    )


def _duty(code: str, name: Sentence, due_on: date, done_on: date | None, today: date, calendar: Calendar) -> Duty:
    end = done_on or today
    late = int(calendar.working_days_between(due_on, end)) if end > due_on else 0
    return Duty(code, name, due_on, done_on, max(late, 1) if end > due_on else 0)
