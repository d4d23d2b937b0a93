"""春节救助: what is Spring Festival relief? Money by category and a kit, handed over in person before 小年."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from relief.domain.aid.gates import (
    account_gate,
    consent_gate,
    file_gate,
    once_gate,
    review_gate,
    visit_gate,
    window_gate,
)
from relief.domain.aid.kind import AidPolicy, AmountLine, CaseFacts, Gate, Kind, Kit, Part
from relief.domain.aid.parts import cash, goods
from relief.domain.aid.windows import Window, WindowPlan, plan_window
from relief.domain.approval import Level, Tier
from relief.domain.calendar import Calendar, LunarYear, aid_day_limit
from relief.domain.household import Category
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.sentences import sentence


@dataclass(frozen=True, kw_only=True)
class SpringFestivalPolicy(AidPolicy):
    """Every number of Spring Festival relief (spine, 'Default policies')."""

    approval: tuple[Tier, ...] = (Tier(None, (Level("chair", needs_meeting=True),)),)
    household_year_cap: Money = field(default_factory=lambda: Money.yuan(2_000))
    by_category: Mapping[str, Money] = field(
        default_factory=lambda: MappingProxyType(
            {
                "deep": Money.yuan(1_500), "relative": Money.yuan(1_000), "accident": Money.yuan(1_000),
                "bureau": Money.yuan(600),
            }
        )
    )  # fmt: skip
    kit: Kit = field(default_factory=lambda: Kit("春节慰问品", Money.yuan(200)))
    review_within_days: int | None = 366
    opens_days_before_new_year: int = 60
    plan: WindowPlan = field(default_factory=WindowPlan)


class SpringFestival(Kind):
    """Spring Festival relief: once per lunar year and household, worked as a list, handed over in person."""

    code = "spring_festival"
    mark = "CJ"
    name = label("Spring Festival relief")
    short = label("Spring Festival")
    place = 3
    way = "list"

    def default_policy(self) -> SpringFestivalPolicy:
        return SpringFestivalPolicy()

    def standard_lines(self, facts: CaseFacts, policy: SpringFestivalPolicy) -> tuple[AmountLine, ...]:
        """By category, and the kit; none for a category that the table does not know."""
        by_category = policy.by_category.get(facts.category or "")
        if by_category is None:
            return ()
        text = sentence("By category: %(category)s", category=Category(facts.category or "").label)
        return (
            AmountLine(text, by_category),
            AmountLine(label("Festival kit"), policy.kit.price),
        )

    def parts(self, amount: Money, facts: CaseFacts, policy: SpringFestivalPolicy) -> tuple[Part, ...]:
        """The kit first, the rest in cash; an amount that does not reach the kit's price is cash alone."""
        if amount < policy.kit.price:
            return cash(amount, facts.on)
        return (*goods(policy.kit, facts.on), *cash(amount - policy.kit.price, facts.on))

    def gates(self, facts: CaseFacts, policy: SpringFestivalPolicy, calendar: Calendar) -> tuple[Gate, ...]:
        return (
            file_gate(facts), window_gate(facts), once_gate(facts), review_gate(facts, policy),
            visit_gate(facts, policy), consent_gate(facts, ("post_notice",)), account_gate(facts),
            _handover_gate(facts),
        )  # fmt: skip

    def windows(
        self, year: int, policy: SpringFestivalPolicy, calendar: Calendar, lunar: LunarYear
    ) -> tuple[Window, ...]:
        """The window of the lunar year: in hand by 小年, stepped back to a banking day."""
        window = plan_window(
            f"{year}-festival", label("Spring Festival"), year,
            opens_on=lunar.new_year - timedelta(days=policy.opens_days_before_new_year), apply_by=None,
            pay_by=aid_day_limit(lunar.little_new_year, calendar).on, notice_days=policy.notice.working_days,
            plan=policy.plan, calendar=calendar,
        )  # fmt: skip
        return (window,)


def _handover_gate(facts: CaseFacts) -> Gate:
    """Somebody brings it to the door: a visit on or after the day of the decision."""
    since = facts.approved_on
    done = since is not None and any(visit.on >= since for visit in facts.visits)
    missing = label("Bring it in person, and log the visit.")
    return Gate("handover", label("Handed over in person"), done, missing, ("follow_up",), "visits")


SPRING_FESTIVAL: Any = SpringFestival()
