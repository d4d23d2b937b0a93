"""When may one apply, and by when must each step be done, so that the aid is in hand on its day?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Protocol

from relief.domain.calendar import Calendar, Deadline
from relief.domain.labels import label
from relief.domain.sentences import Sentence, sentence

WARN_WORKING_DAYS = 5


@dataclass(frozen=True)
class WindowPlan:
    """How many working days each step keeps before the next, counted back from the day in hand.

    Sheet to bank, bank to hand, decision to sheet, clean notice to decision (review and meeting), and the unit's
    own days (opinion) from the last application to the notice.
    """

    bank_days: int = 1
    sheet_days: int = 1
    decision_days: int = 1
    review_days: int = 3
    unit_days: int = 5


@dataclass(frozen=True)
class Window:
    """A window of one kind, with its days. `last_safe_day` is the last on which a notice can still go up.

    After `post_by` no day is left over; after `last_safe_day` the aid comes too late. `provisional`: a year on the
    way has no notice of holidays yet.
    """

    code: str
    name: Sentence
    award_year: int
    opens_on: date
    apply_by: date
    post_by: date
    notice_over_by: date
    approve_by: date
    sheet_by: date
    bank_by: date
    pay_by: date
    last_safe_day: date
    provisional: bool

    @property
    def days(self) -> tuple[tuple[str, Sentence, date], ...]:
        """The table of the window's days: code, name, last day."""
        return tuple((code, name, getattr(self, code)) for code, name in DAY_NAMES)

    @property
    def is_too_tight(self) -> bool:
        """Whether the last applications come in after the day on which the notice should hang."""
        return self.apply_by > self.last_safe_day


DAY_NAMES = (
    ("opens_on", label("Applications from")),
    ("apply_by", label("Applications until")),
    ("post_by", label("Notice up by")),
    ("last_safe_day", label("Last safe day for the notice")),
    ("notice_over_by", label("Notice over by")),
    ("approve_by", label("Decision by")),
    ("sheet_by", label("Sheet by")),
    ("bank_by", label("To the bank by")),
    ("pay_by", label("In hand by")),
)


# A step that is late may still be done until this other day, when everything after it follows on one day.
_LAST_CHANCE: Mapping[str, str] = MappingProxyType({"post_by": "last_safe_day", "approve_by": "sheet_by"})


class WindowDays(Protocol):
    """A window as it was planned, or as it is kept in a row: its days by their codes."""

    @property
    def opens_on(self) -> date: ...
    @property
    def pay_by(self) -> date: ...


def window_warning(window: WindowDays, step: str, today: date, calendar: Calendar) -> Sentence | None:
    """What to say of a step that is not done yet (a code of `DAY_NAMES`): days left, late, or too late.

    None before the window opens, and while more than `WARN_WORKING_DAYS` working days are left.
    """
    name, day = dict(DAY_NAMES)[step], _day(window, step)
    if today < window.opens_on:
        return None
    if today <= day:
        return _days_left(name, day, calendar.working_days_between(today, day))
    last = _day(window, _LAST_CHANCE.get(step, step))
    if today <= last:
        return sentence(
            "%(step)s %(day)s: this day has passed. It can still be done until %(last)s; then it is too late.",
            step=name, day=day, last=last,
        )  # fmt: skip
    return _too_late(window, step, name, last)


def _days_left(name: Sentence, day: date, left: int) -> Sentence | None:
    if left > WARN_WORKING_DAYS:
        return None
    if not left:
        return sentence("%(step)s %(day)s: today is the last day.", step=name, day=day)
    return sentence("%(step)s %(day)s: working days left: %(left)s.", step=name, day=day, left=left)


def _too_late(window: WindowDays, step: str, name: Sentence, last: date) -> Sentence:
    if step == "apply_by":
        return sentence("Too late: applications closed on %(day)s.", day=last)
    if step == "pay_by":
        return sentence("Too late: the aid should have been in hand on %(day)s.", day=last)
    return sentence(
        "%(step)s: too late since %(last)s. The aid will not be in hand on %(pay_by)s.",
        step=name, last=last, pay_by=window.pay_by,
    )  # fmt: skip


def _day(window: WindowDays, code: str) -> date:
    day: date = getattr(window, code)
    return day


def plan_window(
    code: str, name: Sentence, award_year: int, *, opens_on: date, pay_by: date, apply_by: date | None,
    notice_days: int, plan: WindowPlan, calendar: Calendar,
) -> Window:  # fmt: skip
    """The window counted back from `pay_by`, which steps back to a banking day. `apply_by` None: computed too."""
    hand = calendar.previous_working_day(pay_by)
    bank = calendar.subtract_working_days(hand.on, plan.bank_days)
    sheet = calendar.subtract_working_days(bank.on, plan.sheet_days)
    decision = calendar.subtract_working_days(sheet.on, plan.decision_days)
    over = calendar.subtract_working_days(decision.on, plan.review_days)
    post = calendar.subtract_working_days(over.on, notice_days)
    apply = calendar.subtract_working_days(post.on, plan.unit_days)
    return Window(
        code=code, name=name, award_year=award_year, opens_on=opens_on, apply_by=apply_by or apply.on, post_by=post.on,
        notice_over_by=over.on, approve_by=decision.on, sheet_by=sheet.on, bank_by=bank.on, pay_by=hand.on,
        last_safe_day=_last_safe_day(sheet, notice_days, calendar).on,
        provisional=any(day.provisional for day in (hand, bank, sheet, decision, over, post, apply)),
    )  # fmt: skip


def _last_safe_day(sheet: Deadline, notice_days: int, calendar: Calendar) -> Deadline:
    """Review, decision and sheet on one day, the first after the notice: no later day can be made good."""
    over = calendar.subtract_working_days(sheet.on, 1)
    return calendar.subtract_working_days(over.on, notice_days)
