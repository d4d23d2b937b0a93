"""What is a step, and may it be taken? Buttons, checks and the record read the same row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from relief.domain.errors import WrongState
from relief.domain.labels import label
from relief.domain.permissions import Actor, roles_with
from relief.domain.sentences import Sentence, sentence


@dataclass(frozen=True)
class Step:
    """One row of a step table: who may take what out of which states, and where it leads.

    `leads_to` None means that the state stays, or that the step computes it (send back and resubmit, the last
    approval). `hand` names the part that the actor plays, for the rule of incompatible hands. `reasons` names
    the family of reason codes that must be given. `by_itself`: a consequence or a job takes it, nobody clicks.
    `lane` binds a step to one lane, ordinary or emergency; None is both.
    """

    verb: str
    label: Sentence
    permission: str
    leaves: tuple[str, ...]
    leads_to: str | None = None
    hand: str | None = None
    reasons: str | None = None
    stopped_by: tuple[str, ...] = ()
    danger: bool = False
    by_itself: bool = False
    lane: str | None = None

    def leaves_from(self, state: str, lane: str | None) -> bool:
        """Whether the step goes out of this state, in this lane."""
        return state in self.leaves and (self.lane is None or self.lane == lane)


ORDINARY, EMERGENCY = "ordinary", "emergency"
STOPS: dict[str, Sentence] = {
    "objection": label("An objection is open."),
    "on_hold": label("The case is on hold."),
    "no_opinion": label("The unit's opinion comes first."),
    "has_opinion": label("The unit's opinion is given already."),
    "has_notice": label("The notice is posted already."),
    "no_notice": label("The public notice has not ended clean yet."),
    "unratified": label("The emergency file is not ratified yet: visit, papers, opinion and notice come first."),
    "settled": label("The emergency file is settled."),
    "appeal": label("An appeal is open."),
    "no_appeal": label("No appeal is open."),
    "final": label("An appeal was answered: the decision is final."),
}


@dataclass(frozen=True)
class Offer:
    """A button: what it does, and why it is not there (`why_not` None: it is)."""

    verb: str
    label: Sentence
    why_not: Sentence | None = None
    danger: bool = False

    @property
    def is_open(self) -> bool:
        return self.why_not is None


def find_step(steps: Sequence[Step], verb: str, state: str, lane: str | None = None) -> Step:
    """The row for a verb out of a state, in a lane; WrongState with a sentence where there is none."""
    named = [step for step in steps if step.verb == verb]
    for step in named:
        if step.leaves_from(state, lane):
            return step
    raise WrongState(None, "“%(step)s” is not possible now: the state has moved on.", step=named[0].label)


def take(
    steps: Sequence[Step], verb: str, state: str, by: Actor, stops: Iterable[str] = (), lane: str | None = None
) -> Step:
    """The step, judged for state, lane, role and stops; raises WrongState or NotAllowed with the reason."""
    step = find_step(steps, verb, state, lane)
    by.require(step.permission)
    for stop in stops:
        if stop in step.stopped_by:
            raise WrongState(None, STOPS[stop].message)
    return step


def offers(
    steps: Sequence[Step], state: str, by: Actor, stops: Iterable[str] = (),
    reasons: dict[str, Sentence] | None = None, lane: str | None = None,
) -> list[Offer]:  # fmt: skip
    """Every step out of this state and lane as a button for this actor, closed ones with the reason.

    `reasons` (verb → sentence) are the findings of gates and hands; role and stops are judged here. A step of
    another role is told as whose turn it is.
    """
    stops, reasons = tuple(stops), reasons or {}
    found: list[Offer] = []
    for step in steps:
        if not step.leaves_from(state, lane) or step.by_itself:
            continue
        found.append(Offer(step.verb, step.label, _why_not(step, by, stops, reasons), step.danger))
    return found


def _why_not(step: Step, by: Actor, stops: tuple[str, ...], reasons: dict[str, Sentence]) -> Sentence | None:
    if not by.can(step.permission):
        who = tuple(role.label for role in roles_with(step.permission))
        return sentence("This is done by: %(roles)s.", roles=who)
    for stop in stops:
        if stop in step.stopped_by:
            return STOPS[stop]
    return reasons.get(step.verb)
