"""What would a step do to a list? The numbers first: how many rows take it, with which sum, and who stays behind."""

from __future__ import annotations

from dataclasses import dataclass

from relief.cases.models import Case
from relief.cases.service.grounds import grounds_of
from relief.db import db
from relief.domain.money import ZERO, Money, total
from relief.domain.permissions import Actor, roles_with
from relief.domain.sentences import Sentence
from relief.domain.workflow import CASE_STEPS
from relief.lists.queries import Row, list_rows
from relief.lists.service.stepping import OPINION, rows_of_step, waiting_rows, why_not
from relief.lists.sight import rows_passed_to
from relief.windows.models import AidList

SHOWN = 100
STEPS = ("submit", "give_opinion", "post_notice", "review", "follow_up", "close")


@dataclass(frozen=True)
class Preview:
    """What a step would do to a list: the rows that take it with their sum, and how many stay behind, some with why."""

    verb: str
    label: Sentence
    rows: int
    amount: Money
    behind: int
    first_behind: tuple[tuple[Row, Sentence], ...]

    @property
    def page(self) -> str:
        """The endpoint of the page that takes the step."""
        return "lists.close_rows" if self.verb == "close" else f"lists.{self.verb}"

    @property
    def not_shown(self) -> int:
        """How many stay behind beside the first of them."""
        return self.behind - len(self.first_behind)


def preview_of(aid_list: AidList, verb: str, by: Actor) -> Preview:
    """The numbers of a step before it is taken; nothing is written."""
    cases = [db.session.get_one(Case, case_id) for case_id in rows_of_step(aid_list, verb, by)]
    grounds = grounds_of(cases, by) if cases else []
    reasons = {case.id: why_not(case, ground, verb, by) for case, ground in zip(cases, grounds, strict=True)}
    ready = [case for case in cases if reasons[case.id] is None]
    behind = [case_id for case_id, why in reasons.items() if why]
    shown = list_rows(behind[:SHOWN], aid_list.window)
    return Preview(
        verb, _label(verb), len(ready), total(case.proposed or ZERO for case in ready), len(behind),
        tuple((row, why) for row in shown if (why := reasons[row.id]) is not None),
    )  # fmt: skip


def _label(verb: str) -> Sentence:
    return next(step.label for step in CASE_STEPS if step.verb == verb)


def open_steps(aid_list: AidList, by: Actor) -> list[Preview]:
    """The steps of the list that wait for this actor's roles, with their numbers."""
    return [
        preview_of(aid_list, verb, by) for verb in STEPS
        if _is_mine(aid_list, verb, by) and rows_of_step(aid_list, verb, by)
    ]  # fmt: skip


def turns_of_others(aid_list: AidList, by: Actor) -> list[tuple[Sentence, int, tuple[Sentence, ...]]]:
    """What rows wait for that others do: the step, how many rows, and whose turn it is."""
    found: list[tuple[Sentence, int, tuple[Sentence, ...]]] = []
    for verb in (*STEPS, "approve"):
        waiting = len(waiting_rows([aid_list.id], verb))
        if waiting and not _is_mine(aid_list, verb, by):
            found.append((_label(verb), waiting, tuple(role.label for role in roles_with(_permission(verb)))))
    return found


def _is_mine(aid_list: AidList, verb: str, by: Actor) -> bool:
    """A step of the actor's role, or the opinion that was passed on to the actor."""
    return by.can(_permission(verb)) or (verb == OPINION and bool(rows_passed_to(aid_list.id, by)))


def _permission(verb: str) -> str:
    return next(step.permission for step in CASE_STEPS if step.verb == verb)
