"""越冬救助: what is winter relief? Money for heating before the cold, by heating and size of the household."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from relief.domain.aid.gates import (
    account_gate,
    consent_gate,
    file_gate,
    once_gate,
    visits_that_count,
    window_gate,
)
from relief.domain.aid.kind import AidPolicy, AmountLine, CaseFacts, Gate, Kind
from relief.domain.aid.windows import Window, WindowPlan, plan_window
from relief.domain.approval import Level, Tier
from relief.domain.calendar import Calendar, LunarYear
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.sentences import Sentence, sentence


@dataclass(frozen=True, kw_only=True)
class WinterPolicy(AidPolicy):
    """Every number of winter relief (spine, 'Default policies'). The heating start is that of the bureau's area."""

    approval: tuple[Tier, ...] = (
        Tier(Money.yuan(1_000), (Level("vice_chair"),)),
        Tier(None, (Level("chair"),)),
    )
    household_year_cap: Money = field(default_factory=lambda: Money.yuan(1_500))
    with_central_heating: Money = field(default_factory=lambda: Money.yuan(500))
    without_central_heating: Money = field(default_factory=lambda: Money.yuan(800))
    members_included: int = 3
    per_further_member: Money = field(default_factory=lambda: Money.yuan(100))
    most_for_members: Money = field(default_factory=lambda: Money.yuan(300))
    opens: tuple[int, int] = (8, 1)
    heating_starts: tuple[int, int] = (10, 20)
    apply_days_before_heating: int = 40
    pay_days_before_heating: int = 10
    plan: WindowPlan = field(default_factory=WindowPlan)


class Winter(Kind):
    """Winter relief: once per winter and household, worked as a list."""

    code = "winter"
    mark = "YD"
    name = label("Winter relief")
    short = label("Winter")
    place = 2
    way = "list"
    no_amount = label("The file does not say how the home is heated.")

    def default_policy(self) -> WinterPolicy:
        return WinterPolicy()

    def standard_lines(self, facts: CaseFacts, policy: WinterPolicy) -> tuple[AmountLine, ...]:
        """By heating, and a sum for each member above three; none while the heating is not on file."""
        if facts.heating is None:
            return ()
        central = facts.heating == "central"
        text = label("Home with central heating") if central else label("Home without central heating")
        lines = (AmountLine(text, policy.with_central_heating if central else policy.without_central_heating),)
        further = facts.household_members - policy.members_included
        if further <= 0:
            return lines
        more = min(policy.per_further_member * further, policy.most_for_members)
        return (*lines, AmountLine(_members_text(further, policy), more))

    def gates(self, facts: CaseFacts, policy: WinterPolicy, calendar: Calendar) -> tuple[Gate, ...]:
        return (
            file_gate(facts), window_gate(facts), once_gate(facts), _heating_gate(facts, policy),
            consent_gate(facts, ("post_notice",)), account_gate(facts),
        )  # fmt: skip

    def windows(
        self, year: int, policy: WinterPolicy, calendar: Calendar, lunar: LunarYear
    ) -> tuple[Window, ...]:
        """The winter that begins in the year."""
        heating = date(year, *policy.heating_starts)
        window = plan_window(
            f"{year}-winter", label("Winter"), year, opens_on=date(year, *policy.opens),
            apply_by=heating - timedelta(days=policy.apply_days_before_heating),
            pay_by=heating - timedelta(days=policy.pay_days_before_heating),
            notice_days=policy.notice.working_days, plan=policy.plan, calendar=calendar,
        )  # fmt: skip
        return (window,)


def _members_text(further: int, policy: WinterPolicy) -> Sentence:
    return sentence("%(count)s members above %(included)s", count=further, included=policy.members_included)


def _heating_gate(facts: CaseFacts, policy: WinterPolicy) -> Gate:
    """A visit, young enough, that looked at the heating."""
    done = any(visit.saw_heating for visit in visits_that_count(facts, policy))
    text = sentence("Heating seen at a visit within %(days)s days", days=policy.visit_within_days)
    missing = sentence(
        "No visit of the last %(days)s days tells how the home is heated. Visit it, and log the heating.",
        days=policy.visit_within_days,
    )
    return Gate("visit", text, done, missing, ("submit",), "visits")


WINTER: Any = Winter()
