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


STOPS: dict[str, Sentence] = {
    "objection": label("An objection is open."),
    "on_hold": label("The case is on hold."),
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


def find_step(steps: Sequence[Step], verb: str, state: str) -> Step:
    """The row for a verb out of a state; WrongState with a sentence where there is none."""
    named = [step for step in steps if step.verb == verb]
    for step in named:
        if state in step.leaves:
            return step
    raise WrongState(None, "“%(step)s” is not possible now: the state has moved on.", step=named[0].label)


def take(steps: Sequence[Step], verb: str, state: str, by: Actor, stops: Iterable[str] = ()) -> Step:
    """The step, judged for state, role and stops; raises WrongState or NotAllowed with the reason."""
    step = find_step(steps, verb, state)
    by.require(step.permission)
    for stop in stops:
        if stop in step.stopped_by:
            raise WrongState(None, STOPS[stop].message)
    return step


def offers(
    steps: Sequence[Step], state: str, by: Actor, stops: Iterable[str] = (), reasons: dict[str, Sentence] | None = None
) -> list[Offer]:
    """Every step out of this state as a button for this actor, closed ones with the reason.

    `reasons` (verb → sentence) are the findings of gates and hands; role and stops are judged here. A step of
    another role is told as whose turn it is.
    """
    stops, reasons = tuple(stops), reasons or {}
    found: list[Offer] = []
    for step in steps:
        if state not in step.leaves or step.by_itself:
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
