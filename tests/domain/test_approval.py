"""Does the right person sign for the amount, and nobody decide where their hands were already?"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from relief.domain.approval import (
    BARRED_BY,
    Hands,
    Level,
    Tier,
    amount_for_threshold,
    chain_for,
    judge_tiers,
    may_decide,
    require_hand,
)
from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.money import Money

VICE, CHAIR, MEETING = Level("vice_chair"), Level("chair"), Level("chair", needs_meeting=True)
TIERS = (
    Tier(Money.yuan(3_000), (VICE,)),
    Tier(Money.yuan(5_000), (VICE, CHAIR)),
    Tier(Money.yuan(10_000), (MEETING,)),
)
ON = date(2026, 2, 12)


@pytest.mark.parametrize(
    ("amount", "levels"),
    [
        ("0.01", (VICE,)),
        ("3000.00", (VICE,)),
        ("3000.01", (VICE, CHAIR)),
        ("5000.00", (VICE, CHAIR)),
        ("5000.01", (MEETING,)),
        ("10000.00", (MEETING,)),
    ],
)
def test_the_amount_names_who_signs(amount: str, levels: tuple[Level, ...]) -> None:
    assert chain_for(Money.parse(amount), TIERS) == levels


def test_above_the_last_limit_it_is_filed_upward() -> None:
    with pytest.raises(RuleBroken, match=r"above 10,000\.00") as refused:
        chain_for(Money.parse("10000.01"), TIERS)
    assert refused.value.field == "amount"
    assert "File it to the union above" in str(refused.value)


def test_an_open_last_tier_takes_any_amount() -> None:
    assert chain_for(Money.yuan(10**6), (*TIERS, Tier(None, (CHAIR,)))) == (CHAIR,)


@pytest.mark.parametrize(
    "tiers",
    [
        (),
        (TIERS[1], TIERS[0]),
        (TIERS[0], TIERS[0]),
        (Tier(None, (CHAIR,)), TIERS[0]),
        (Tier(Money.yuan(1), ()),),
    ],
)
def test_a_policy_with_muddled_limits_is_refused(tiers: tuple[Tier, ...]) -> None:
    judge_tiers(TIERS)
    with pytest.raises(RuleBroken):
        judge_tiers(tiers)


@pytest.mark.parametrize(
    ("earlier", "counts"),
    [
        (date(2025, 2, 12), False),
        (date(2025, 2, 13), True),
        (ON, True),
        (date(2026, 2, 13), False),
    ],
)
def test_split_requests_of_twelve_months_count_together(earlier: date, counts: bool) -> None:
    summed = amount_for_threshold(Money.yuan(2_000), [(earlier, Money.parse("1000.01"))], ON)
    assert (chain_for(summed, TIERS) == (VICE, CHAIR)) is counts


def test_the_year_before_a_leap_day() -> None:
    earlier = [(date(2027, 3, 1), Money(1)), (date(2027, 2, 28), Money(10))]
    assert amount_for_threshold(Money(0), earlier, date(2028, 2, 29)) == Money(1)


@pytest.mark.parametrize(
    ("step", "barred"),
    [
        ("enter", {"household", "relatives", "opinion", "reviewed", "decided", "released"}),
        ("visit", {"household", "relatives"}),
        ("opinion", {"household", "relatives", "entered", "visited", "reviewed", "decided"}),
        ("review", {"household", "relatives", "entered", "visited", "opinion", "decided"}),
        ("decide", {"household", "relatives", "entered", "visited", "opinion", "reviewed", "decided", "released"}),
        ("settle", {"household", "relatives", "entered", "visited"}),
        ("undo", {"household", "relatives"}),
        ("follow_up", {"household", "relatives", "visited"}),
        ("make", {"released"}),
        ("release", {"household", "relatives", "entered", "reviewed", "decided", "made", "paid"}),
        ("pay", {"decided", "released"}),
    ],
)  # fmt: skip
def test_each_step_bars_exactly_these_hands(step: str, barred: set[str]) -> None:
    found = {
        hand.name
        for hand in fields(Hands)
        if may_decide(7, replace(Hands(), **{hand.name: frozenset({7})}), step) is not None
    }
    assert found == barred


@pytest.mark.parametrize("step", BARRED_BY)
def test_a_stranger_to_the_case_may(step: str) -> None:
    others = Hands(*(frozenset({8}) for _ in fields(Hands)))
    assert may_decide(7, others, step) is None
    require_hand(7, others, step)


def test_who_gave_an_opinion_before_may_give_it_again_after_a_correction() -> None:
    assert may_decide(7, Hands(opinion=frozenset({7})), "opinion") is None
    assert may_decide(7, Hands(reviewed=frozenset({7})), "review") is None


def test_nobody_decides_at_two_levels_or_on_their_own() -> None:
    assert "another level" in str(may_decide(7, Hands(decided=frozenset({7})), "decide"))
    assert "own household" in str(may_decide(7, Hands(household=frozenset({7})), "decide"))
    with pytest.raises(NotAllowed, match="declared to be near"):
        require_hand(7, Hands(relatives=frozenset({7})), "review")
