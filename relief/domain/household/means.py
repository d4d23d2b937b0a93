"""Is the household poor, by the file's own figures? Income per head against the 低保 line of its area.

Monthly net income per head = (income of 12 months − rigid expenditure) ÷ persons ÷ 12. The comparison is
made exactly, on whole fen multiplied out; only the figure that is shown is rounded, half up, to a fen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from relief.domain.errors import RuleBroken
from relief.domain.household.codes import Category
from relief.domain.labels import label
from relief.domain.money import ZERO, Money, portion
from relief.domain.sentences import Sentence, sentence


class Comparison(StrEnum):
    """Whether a figure exactly on the line still fits (provinces write it both ways)."""

    BELOW = "below"
    AT_MOST = "at_most"

    @property
    def label(self) -> Sentence:
        return {Comparison.BELOW: label("below"), Comparison.AT_MOST: label("at most")}[self]


@dataclass(frozen=True)
class Means:
    """Figures of twelve months of a household, and the persons who live on them."""

    income: Money
    rigid: Money
    persons: int

    def __post_init__(self) -> None:
        if self.persons < 1:
            raise RuleBroken("members", "A household has at least one person.")
        if self.income < ZERO:
            raise RuleBroken("income", "An income is not below zero.")
        if self.rigid < ZERO:
            raise RuleBroken("rigid", "Expenditure is not below zero.")

    @property
    def net_per_head(self) -> Money:
        """Net income per head and month, rounded half up; below zero when expenditure exceeds income."""
        return portion(self.income - self.rigid, 1, 12 * self.persons)

    @property
    def gross_per_head(self) -> Money:
        """Income per head and month without any deduction, rounded half up."""
        return portion(self.income, 1, 12 * self.persons)


@dataclass(frozen=True)
class Standard:
    """The measures of a policy: multiples of the line, the share of income that an event must cost."""

    deep: Fraction = Fraction(1)
    relative: Fraction = Fraction(2)
    bureau: Fraction = Fraction(3, 2)
    event_cost: Fraction = Fraction(1, 2)
    comparison: Comparison = Comparison.BELOW


@dataclass(frozen=True)
class Assessment:
    """What the means test found: every category that fits, the gravest first, and each comparison made."""

    fits: tuple[Category, ...]
    net_per_head: Money
    gross_per_head: Money
    line: Money
    lines: tuple[Sentence, ...] = field(default=())

    @property
    def category(self) -> Category | None:
        return self.fits[0] if self.fits else None


def assess_category(
    means: Means, line: Money, *, standard: Standard | None = None, event_cost: Money = ZERO
) -> Assessment:
    """Deep and relative by net income, accident by what an event cost, bureau by gross income.

    `event_cost` is what was left after compensation, insurance and social relief. The bureau's measure and
    the event's always read "at most" and "more than"; deep and relative follow the policy's comparison.
    """
    if line <= ZERO:
        raise RuleBroken("line", "The minimum living standard of this area and day is not entered yet.")
    rule = standard or Standard()
    net = means.income - means.rigid
    tests = {
        Category.DEEP: _within(net, means, line, rule.deep, rule.comparison),
        Category.RELATIVE: _within(net, means, line, rule.relative, rule.comparison),
        Category.ACCIDENT: event_cost.fen > means.income.fen * rule.event_cost,
        Category.BUREAU: _within(means.income, means, line, rule.bureau, Comparison.AT_MOST),
    }
    fits = tuple(category for category, passed in tests.items() if passed)
    return Assessment(fits, means.net_per_head, means.gross_per_head, line, _explained(means, line, rule))


def _within(yearly: Money, means: Means, line: Money, times: Fraction, comparison: Comparison) -> bool:
    limit = line.fen * times * means.persons * 12
    return yearly.fen <= limit if comparison is Comparison.AT_MOST else yearly.fen < limit


def _explained(means: Means, line: Money, rule: Standard) -> tuple[Sentence, ...]:
    return (
        sentence(
            "(%(income)s − %(rigid)s) ÷ %(persons)s persons ÷ 12 months = %(net)s a month",
            income=means.income,
            rigid=means.rigid,
            persons=means.persons,
            net=means.net_per_head,
        ),
        sentence("Deep: %(comparison)s %(limit)s", comparison=rule.comparison.label, limit=_limit(line, rule.deep)),
        sentence(
            "Relative: %(comparison)s %(limit)s",
            comparison=rule.comparison.label,
            limit=_limit(line, rule.relative),
        ),
    )


def _limit(line: Money, times: Fraction) -> Money:
    return portion(line, times.numerator, times.denominator)
