"""Do the parts of an award, and the months of each part, always add up to what was decided?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.domain.aid import kinds
from relief.domain.aid.kind import CaseFacts, Kit
from relief.domain.aid.parts import cash, goods, monthly
from relief.domain.money import Money, total
from relief.domain.month import Month
from tests.domain.aid.asking import ANY_FACTS, TODAY, yuan


@given(st.sampled_from(list(kinds().values())), ANY_FACTS, st.integers(1, 100))
def test_parts_and_instalments_add_up_to_the_amount(kind: Any, said: CaseFacts, percent: int) -> None:
    """Of any amount that may be decided: the whole, or a part where the kind is divisible."""
    policy = kind.default_policy()
    most = kind.amount(said, policy)
    decided = Money(-(-most.fen * percent // 100)) if kind.is_divisible else most
    if not decided:
        return
    kind.judge_amount(decided, said, policy)
    parts = kind.parts(decided, said, policy)
    assert total(part.amount for part in parts) == decided
    for part in parts:
        assert total(due.amount for due in part.dues) == part.amount
        assert all(due.amount > Money(0) for due in part.dues)
        assert (part.kit is not None) == (part.form == "goods")
        months = [due.month for due in part.dues]
        assert months == sorted(set(months)) and months[0] == Month.of(said.on)


@given(st.integers(1, 5_000_000).map(Money), st.integers(1, 12), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_months_are_equal_to_the_fen_and_follow_each_other(amount: Money, months: int, on: date) -> None:
    (part,) = monthly(amount, months, on)
    sums = [due.amount.fen for due in part.dues]
    assert sums == sorted(sums, reverse=True) and max(sums) - min(sums) <= 1 and sum(sums) == amount.fen
    assert len(sums) == min(months, amount.fen)
    for earlier, later in zip(part.dues, part.dues[1:], strict=False):
        assert later.month == earlier.month.next()


def test_months_go_over_the_year() -> None:
    (part,) = monthly(yuan(1_000), 3, date(2026, 11, 30))
    assert [(str(due.month), str(due.amount)) for due in part.dues] == [
        ("2026-11", "333.34"), ("2026-12", "333.33"), ("2027-01", "333.33"),
    ]  # fmt: skip


def test_a_sum_and_a_kit() -> None:
    (sum_,), (kit,) = cash(yuan(5), TODAY), goods(Kit("米面油", yuan(200)), TODAY)
    assert (sum_.form, sum_.kit, kit.form, kit.amount) == ("cash", None, "goods", yuan(200))


@pytest.mark.parametrize("parts", [cash(Money(0), TODAY), monthly(Money(0), 6, TODAY)])
def test_nothing_has_no_parts(parts: tuple[object, ...]) -> None:
    assert parts == ()
