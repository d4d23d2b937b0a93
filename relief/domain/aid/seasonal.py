"""换季救助: what is seasonal relief? A kit of goods in spring and in autumn, by the size of the household."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from relief.domain.aid.gates import consent_gate, file_gate, once_gate, visit_gate, window_gate
from relief.domain.aid.kind import AidPolicy, AmountLine, CaseFacts, Gate, Kind, Kit, Part
from relief.domain.aid.parts import goods
from relief.domain.aid.windows import Window, WindowPlan, plan_window
from relief.domain.approval import Level, Tier
from relief.domain.calendar import Calendar, LunarYear
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.sentences import sentence


@dataclass(frozen=True)
class SeasonDays:
    """A season's days of the year, as (month, day)."""

    opens: tuple[int, int]
    apply_by: tuple[int, int]
    pay_by: tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class SeasonalPolicy(AidPolicy):
    """Every number of seasonal relief (spine, 'Default policies')."""

    approval: tuple[Tier, ...] = (Tier(None, (Level("vice_chair"),)),)
    household_year_cap: Money = field(default_factory=lambda: Money.yuan(600))
    visit_within_days: int = 366
    small_kit: Kit = field(default_factory=lambda: Kit("换季物资包（小）", Money.yuan(200)))
    large_kit: Kit = field(default_factory=lambda: Kit("换季物资包（大）", Money.yuan(300)))
    large_from_members: int = 3
    spring: SeasonDays = SeasonDays((3, 1), (4, 10), (4, 30))
    autumn: SeasonDays = SeasonDays((8, 10), (9, 10), (9, 30))
    plan: WindowPlan = field(default_factory=WindowPlan)


class Seasonal(Kind):
    """Seasonal relief: one kit per window and household, worked as a list."""

    code = "seasonal"
    mark = "HJ"
    name = label("Seasonal relief")
    short = label("Seasonal")
    place = 1
    way = "list"
    is_divisible = False

    def default_policy(self) -> SeasonalPolicy:
        return SeasonalPolicy()

    def standard_lines(self, facts: CaseFacts, policy: SeasonalPolicy) -> tuple[AmountLine, ...]:
        members = facts.household_members
        text = sentence("Kit for a household of %(members)s", members=members)
        return (AmountLine(text, kit_for(members, policy).price),)

    def parts(self, amount: Money, facts: CaseFacts, policy: SeasonalPolicy) -> tuple[Part, ...]:
        return goods(kit_for(facts.household_members, policy), facts.on)

    def gates(self, facts: CaseFacts, policy: SeasonalPolicy, calendar: Calendar) -> tuple[Gate, ...]:
        return (
            file_gate(facts), window_gate(facts), once_gate(facts), visit_gate(facts, policy),
            consent_gate(facts, ("post_notice",)),
        )  # fmt: skip

    def windows(
        self, year: int, policy: SeasonalPolicy, calendar: Calendar, lunar: LunarYear
    ) -> tuple[Window, ...]:
        """A spring and an autumn window."""
        names = (("spring", label("Spring"), policy.spring), ("autumn", label("Autumn"), policy.autumn))
        return tuple(
            plan_window(
                f"{year}-{code}", name, year, opens_on=date(year, *days.opens), apply_by=date(year, *days.apply_by),
                pay_by=date(year, *days.pay_by), notice_days=policy.notice.working_days, plan=policy.plan,
                calendar=calendar,
            )
            for code, name, days in names
        )  # fmt: skip


def kit_for(members: int, policy: SeasonalPolicy) -> Kit:
    """The large kit from three members on."""
    return policy.large_kit if members >= policy.large_from_members else policy.small_kit


SEASONAL: Any = Seasonal()
