"""How does each open window stand? One line on the desk of whoever makes, judges or decides its lists."""

from __future__ import annotations

from dataclasses import dataclass

from relief.domain.aid import find_kind
from relief.domain.money import Money, total
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.lists.next_days import NextDay, next_day
from relief.lists.oddities import oddities_of
from relief.lists.queries import paying_funds, running_rows, unit_lines
from relief.lists.routes import window_words
from relief.windows.models import AidWindow
from relief.windows.queries import list_windows

STEPS = ("case.write", "case.opinion", "case.review", "case.approve")
SHOWN = 4


@dataclass(frozen=True)
class Glance:
    """A window: its lists by number, rows and sum; the money left and the exceptions for who decides."""

    window: AidWindow
    kind: Sentence
    season: Sentence
    units: int
    rows: int
    amount: Money
    left: Money | None
    odd: int | None
    coming: NextDay | None


def glances_for(by: Actor) -> list[Glance]:
    """The open windows, the one to be paid next first, for those whose hands their lists go through."""
    if not any(by.can(permission) for permission in STEPS):
        return []
    windows = sorted(list_windows(only_open=True), key=lambda window: window.pay_by)
    return [_glance(window, by) for window in windows[:SHOWN]]


def _glance(window: AidWindow, by: Actor) -> Glance:
    lines = unit_lines(window, by=by)
    decides = by.can("case.approve")
    return Glance(
        window, find_kind(window.kind).name, window_words(window), len(lines), sum(line.count for line in lines),
        total(line.amount for line in lines),
        total(one.balance.left_to_promise for one in paying_funds(window)) if by.can("fund.read") else None,
        len(oddities_of(running_rows([line.list_id for line in lines]))) if decides else None,
        next_day(window, {state for line in lines for state in line.rows}, by=by),
    )  # fmt: skip
