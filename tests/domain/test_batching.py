"""What may go on a sheet, when is it fixed, and does a changed row show?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from relief.domain.batching import (
    ControlTotals,
    PaymentFacts,
    SheetRow,
    control_totals,
    judge_open_for_rows,
    judge_totals,
    may_gather,
)
from relief.domain.calendar import Deadline
from relief.domain.errors import RuleBroken, WrongState
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.month import Month

ENDED = Deadline(date(2026, 2, 26), provisional=False)
TODAY = date(2026, 2, 27)
READY = PaymentFacts("F4", notice_ends=ENDED)


def test_a_ready_payment_goes_on_a_sheet_of_its_fund() -> None:
    assert may_gather(READY, "F4", TODAY) is None


@pytest.mark.parametrize(
    ("way", "of_sheet", "goes"),
    [("transfer", "transfer", True), ("goods", "goods", True), ("goods", "transfer", False), ("transfer", "goods", False),
     ("cash", "transfer", False), ("goods", None, True)],
)  # fmt: skip
def test_a_sheet_has_one_way(way: str, of_sheet: str | None, goes: bool) -> None:
    why = may_gather(replace(READY, way=way, has_account=way == "transfer"), "F4", TODAY, way=of_sheet)
    assert why is None if goes else "a sheet has one way" in str(why)


@pytest.mark.parametrize(("due", "goes"), [("2026-01", True), ("2026-02", True), ("2026-03", False)])
def test_an_instalment_goes_out_from_its_month_on(due: str, goes: bool) -> None:
    why = may_gather(replace(READY, due=Month.parse(due)), "F4", TODAY, month=Month(2026, 2))
    assert why is None if goes else "falls due in 2026-03 only" in str(why)
    assert may_gather(replace(READY, due=Month.parse(due)), "F4", TODAY) is None


def test_what_its_kind_stops_does_not_go_and_a_death_is_told_first() -> None:
    stopped = replace(READY, stopped=label("The re-check is missing."))
    assert str(may_gather(stopped, "F4", TODAY)) == "The re-check is missing."
    assert "has died" in str(may_gather(replace(stopped, payee_deceased=True), "F4", TODAY))
    assert "re-check" in str(may_gather(replace(stopped, matches_decision=False), "F4", TODAY))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": "on_sheet"}, "not waiting"),
        ({"fund": "F6"}, "paid from F6"),
        ({"payee_deceased": True}, "has died"),
        ({"objection_open": True}, "objection is open"),
        ({"on_hold": True}, "on hold"),
        ({"matches_decision": False}, "decided anew"),
        ({"has_account": False}, "no bank account"),
        ({"account_in_change": True}, "second person"),
        ({"notice_ends": None}, "notice is missing"),
        ({"notice_ends": Deadline(TODAY, provisional=False)}, "not over"),
        ({"notice_ends": Deadline(date(2026, 2, 26), provisional=True)}, "provisional"),
    ],
)
def test_one_thing_amiss_keeps_it_off(change: dict[str, Any], words: str) -> None:
    assert words in str(may_gather(replace(READY, **change), "F4", TODAY))


@pytest.mark.parametrize("way", ["cash", "goods"])
def test_cash_and_goods_need_no_account(way: str) -> None:
    assert may_gather(replace(READY, way=way, has_account=False), "F4", TODAY) is None


def test_in_the_emergency_lane_the_notice_follows() -> None:
    assert may_gather(replace(READY, needs_notice=False, notice_ends=None), "F4", TODAY) is None


def test_rows_are_fixed_once_submitted() -> None:
    judge_open_for_rows("draft")
    for state in ("submitted", "released", "sent", "reconciled", "closed"):
        with pytest.raises(WrongState):
            judge_open_for_rows(state)


ROWS = [
    SheetRow(1, Money.yuan(3_000), "4873"),
    SheetRow(1, Money.yuan(200)),
    SheetRow(2, Money.yuan(1_000), "0004"),
]
SIGNED = ControlTotals(rows=3, households=2, amount=Money.yuan(4_200), tails=4877)


def test_totals_count_rows_households_money_and_account_tails() -> None:
    assert control_totals(ROWS) == control_totals(reversed(ROWS)) == SIGNED
    judge_totals(SIGNED, control_totals(ROWS))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "no rows"),
        (ROWS[:2], "3 rows were submitted, there are 2"),
        ([*ROWS[:2], SheetRow(2, Money.yuan(1_001), "0004")], "4,200.00 were submitted"),
        ([*ROWS[:2], SheetRow(1, Money.yuan(1_000), "0004")], "2 households were submitted"),
        ([*ROWS[:2], SheetRow(2, Money.yuan(1_000), "0005")], "An account on the sheet"),
    ],
)
def test_a_row_changed_after_submission_is_named(rows: list[SheetRow], words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        judge_totals(SIGNED, control_totals(rows))
