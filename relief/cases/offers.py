"""Which buttons does a case have for this person, and why is one not there? From the step table alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from relief import clock
from relief.cases import facts, passing
from relief.cases.hands import hands_of
from relief.cases.models import Case, ChainLevel
from relief.cases.service.chains import open_level
from relief.cases.service.steps import policy_for, stops_of
from relief.cases.ways_models import OpinionPassed
from relief.domain.aid import find_kind
from relief.domain.aid.kind import CaseFacts, Gate
from relief.domain.approval import may_decide
from relief.domain.passing import is_opinion
from relief.domain.permissions import ROLE_LABELS, Actor, Role, roles_with
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import Offer, Step, offers
from relief.policies.queries import load_calendar


@dataclass(frozen=True)
class Turn:
    """A step forward that is not the reader's: what is done, and by which roles."""

    label: Sentence
    who: tuple[Sentence, ...]


def offers_for(case: Case, by: Actor) -> list[Offer]:
    """The steps out of the case's state that this actor's roles hold, each open or with the reason why not.

    Role and stops are judged by the table; gates, hands and the level whose turn it is come from the case.
    """
    passed = passing.passed_of(case)
    steps = _steps_of(case, passed)
    known = facts.facts_of(case, clock.today())
    reasons = _hands(case, steps, by) | _missing(gates_of(case, known)) | _level(open_level(case), by)
    elsewhere = {step.verb: why for step in steps if (why := passing.why_not(step, case, passed, by))}
    mine = [step for step in steps if _is_shown(step, case, by, elsewhere)]
    found = offers(mine, case.state, by, stops_of(case), reasons, case.lane)
    return [replace(offer, why_not=elsewhere.get(offer.verb, offer.why_not)) for offer in found]


def _is_shown(step: Step, case: Case, by: Actor, elsewhere: Mapping[str, Sentence]) -> bool:
    """A step of the actor's roles, and the opinion that was passed on: its own chair reads to whom it went."""
    if not by.sees(case.union_id):
        return is_opinion(step) and by.can(step.permission)
    return by.can(step.permission) or (is_opinion(step) and step.verb in elsewhere and by.can(passing.OPINION))


def turns_of_others(case: Case, by: Actor) -> list[Turn]:
    """The steps of this state that other roles take: the forward ones, so that a reader knows who is waited for."""
    level, passed = open_level(case), passing.passed_of(case)
    found = []
    for step in _steps_of(case, passed):
        is_level = step.verb == "approve" and level is not None
        roles = [Role(level.role)] if is_level and level is not None else roles_with(step.permission)
        if step.danger or step.verb in _ASIDE or set(roles) & by.roles:
            continue
        who = (passing.whom(passed),) if passed and is_opinion(step) else tuple(ROLE_LABELS[role] for role in roles)
        found.append(Turn(step.label, who))
    return found


def gates_of(case: Case, known: CaseFacts | None = None) -> Sequence[Gate]:
    """What must be there before which step, done or missing."""
    known = known or facts.facts_of(case, clock.today())
    return find_kind(case.kind).gates(known, policy_for(case), load_calendar())


# That the money did not arrive can be recorded whatever is missing; the gate is asked when it did.
_OPEN_BEFORE_GATES = {"follow_up"}
_ASIDE = ("hold", "resume", "record_objection", "send_back", "edit", "ask_urgently", "record_appeal")


def _steps_of(case: Case, passed: OpinionPassed | None) -> list[Step]:
    """The rows of the table that leave this state and have a point now: no resuming of what is not on hold."""
    idle = {
        "settle_objection": not case.objection, "record_objection": case.objection,
        "resume": not case.on_hold, "hold": case.on_hold,
        "discard": case.submitted_at is not None, "withdraw": case.submitted_at is None,
        "edit": find_kind(case.kind).way == "list",
        "ask_urgently": not _may_be_urgent(case),
    } | _idle_by_stops(stops_of(case))  # fmt: skip
    return [
        step for step in passing.table_of(passed)
        if step.leaves_from(case.state, case.lane) and not step.by_itself and not idle.get(step.verb)
    ]  # fmt: skip


def _idle_by_stops(stops: tuple[str, ...]) -> dict[str, bool]:
    """What was made up is not offered again, nor an appeal where none can be."""
    return {
        "give_opinion": "has_opinion" in stops, "post_notice": "has_notice" in stops, "ratify": "settled" in stops,
        "judge_appeal": "no_appeal" in stops, "record_appeal": "appeal" in stops or "final" in stops,
    }  # fmt: skip


def _may_be_urgent(case: Case) -> bool:
    """Whether the kind helps this event first and files it after."""
    rule = find_kind(case.kind).emergency(policy_for(case))
    return rule is not None and case.event is not None and case.event.kind in rule.events


def _hands(case: Case, steps: Sequence[Step], by: Actor) -> dict[str, Sentence]:
    if by.person_id is None:
        return {}
    hands = hands_of(case, by.person_id)
    judged = {step.verb: may_decide(by.person_id, hands, step.hand) for step in steps if step.hand}
    return {verb: why_not for verb, why_not in judged.items() if why_not is not None}


def _missing(gates: Sequence[Gate]) -> dict[str, Sentence]:
    waiting: dict[str, list[Sentence]] = {}
    for gate in gates:
        for verb in () if gate.done else set(gate.before) - _OPEN_BEFORE_GATES:
            waiting.setdefault(verb, []).append(gate.label)
    return {verb: sentence("Missing: %(what)s.", what=tuple(labels)) for verb, labels in waiting.items()}


def _level(level: ChainLevel | None, by: Actor) -> dict[str, Sentence]:
    if level is None or Role(level.role) in by.roles:
        return {}
    return {"approve": sentence("This amount is approved by: %(role)s.", role=ROLE_LABELS[Role(level.role)])}
