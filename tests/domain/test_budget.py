"""Can a fund promise or pay what it has not got? No sequence of movements may lead there."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from relief.domain.budget import DELTAS, Balance, Movement, apply, project
from relief.domain.errors import RuleBroken
from relief.domain.money import ZERO, Money, total

M = Movement
YUAN = Money.yuan


def a_fund(*movements: tuple[Movement, int]) -> Balance:
    return project([(movement, YUAN(amount)) for movement, amount in movements])


def refused(balance: Balance, movement: Movement, amount: Money) -> str:
    with pytest.raises(RuleBroken) as broken:
        apply(balance, movement, amount)
    assert broken.value.field == "amount"
    return str(broken.value.sentence)


def test_an_award_goes_from_promise_to_payment() -> None:
    fund = a_fund((M.ANNOUNCE, 10_000), (M.RECEIVE, 4_000), (M.COMMIT, 3_000))
    assert (fund.left_to_promise, fund.left_to_release) == (YUAN(7_000), YUAN(4_000))
    fund = apply(fund, M.RELEASE, YUAN(3_000))
    assert (fund.left_to_promise, fund.left_to_release) == (YUAN(7_000), YUAN(1_000))
    fund = apply(fund, M.PAY, YUAN(3_000))
    assert fund == Balance(YUAN(10_000), YUAN(4_000), ZERO, ZERO, YUAN(3_000))
    assert (fund.left_to_promise, fund.left_to_release) == (YUAN(7_000), YUAN(1_000))


def test_a_payment_that_bounces_leaves_the_promise() -> None:
    sent = a_fund((M.ANNOUNCE, 5), (M.RECEIVE, 5), (M.COMMIT, 3), (M.RELEASE, 3))
    assert apply(sent, M.BOUNCE, YUAN(3)) == a_fund((M.ANNOUNCE, 5), (M.RECEIVE, 5), (M.COMMIT, 3))
    paid = apply(sent, M.PAY, YUAN(3))
    assert apply(paid, M.BOUNCE_AFTER_PAY, YUAN(3)) == apply(sent, M.UNRELEASE, YUAN(3))


def test_a_dropped_award_frees_its_promise_and_recovered_money_can_be_promised_again() -> None:
    fund = a_fund((M.ANNOUNCE, 5), (M.RECEIVE, 5), (M.COMMIT, 3))
    assert apply(fund, M.UNCOMMIT, YUAN(3)).left_to_promise == YUAN(5)
    paid = apply(apply(fund, M.RELEASE, YUAN(3)), M.PAY, YUAN(3))
    assert apply(paid, M.RECOVER, YUAN(3)).left_to_promise == YUAN(5)


def test_the_last_fen_can_be_promised_and_no_more() -> None:
    fund = a_fund((M.ANNOUNCE, 3_000))
    assert apply(fund, M.COMMIT, YUAN(3_000)).left_to_promise == ZERO
    said = refused(fund, M.COMMIT, YUAN(3_000) + Money(1))
    assert said.startswith("The fund can still promise 3,000.00; this needs 3,000.01.")


def test_announced_money_can_be_promised_but_only_cash_is_released() -> None:
    fund = a_fund((M.ANNOUNCE, 5_000), (M.RECEIVE, 2_000), (M.COMMIT, 3_000))
    assert apply(fund, M.RELEASE, YUAN(2_000)).left_to_release == ZERO
    assert "holds 2,000.00 in cash" in refused(fund, M.RELEASE, YUAN(2_000) + Money(1))


@pytest.mark.parametrize(
    ("movement", "words"),
    [
        (M.RECEIVE, "Enter the announcement first"),
        (M.UNCOMMIT, "Promised are 3.00, of which 2.00 are released"),
        (M.RELEASE, "Promised are 3.00"),
        (M.UNRELEASE, "Released are 2.00"),
        (M.BOUNCE, "Released are 2.00"),
        (M.PAY, "Released are 2.00"),
        (M.BOUNCE_AFTER_PAY, "Paid are 1.00"),
        (M.RECOVER, "Paid are 1.00"),
        (M.ANNOUNCE_BACK, "can still promise 4.00"),
        (M.RECEIVE_BACK, "holds 3.00 in cash"),
    ],
)
def test_what_is_not_there_cannot_move_and_the_sentence_has_the_figures(movement: Movement, words: str) -> None:
    fund = Balance(YUAN(8), YUAN(6), YUAN(3), YUAN(2), YUAN(1))
    assert words in refused(fund, movement, YUAN(5))


@pytest.mark.parametrize("amount", [ZERO, Money(-1)])
@pytest.mark.parametrize("movement", Movement)
def test_nothing_moves_by_nothing_or_backwards(movement: Movement, amount: Money) -> None:
    assert "above zero" in refused(a_fund((M.ANNOUNCE, 5)), movement, amount)


def test_every_movement_has_its_deltas_and_its_name() -> None:
    assert set(DELTAS) == set(Movement)
    assert len({str(movement.label) for movement in Movement}) == len(Movement)


class FundLife(RuleBasedStateMachine):
    """Any movements in any order; beside the balance, the awards and payments that explain it."""

    def __init__(self) -> None:
        super().__init__()
        self.balance = Balance()
        self.journal: list[tuple[Movement, Money]] = []
        self.awards: dict[str, list[Money]] = {"committed": [], "released": [], "paid": []}

    def move(self, movement: Movement, amount: Money) -> bool:
        try:
            self.balance = apply(self.balance, movement, amount)
        except RuleBroken:
            return False
        self.journal.append((movement, amount))
        return True

    def carry(self, movement: Movement, source: str, target: str | None) -> None:
        amount = self.awards[source][0]
        allowed = movement is not M.RELEASE or self.balance.left_to_release >= amount
        assert self.move(movement, amount) is allowed
        if allowed:
            self.awards[source].pop(0)
            if target:
                self.awards[target].append(amount)

    @rule(
        movement=st.sampled_from([M.ANNOUNCE, M.RECEIVE, M.ANNOUNCE_BACK, M.RECEIVE_BACK]),
        fen=st.integers(1, 2000),
    )
    def money_comes_or_goes(self, movement: Movement, fen: int) -> None:
        self.move(movement, Money(fen))

    @rule(fen=st.integers(1, 500))
    def approve(self, fen: int) -> None:
        possible = self.balance.left_to_promise >= Money(fen)
        assert self.move(M.COMMIT, Money(fen)) is possible
        if possible:
            self.awards["committed"].append(Money(fen))

    @precondition(lambda self: self.awards["committed"])
    @rule()
    def release(self) -> None:
        self.carry(M.RELEASE, "committed", "released")

    @precondition(lambda self: self.awards["committed"])
    @rule()
    def drop(self) -> None:
        self.carry(M.UNCOMMIT, "committed", None)

    @precondition(lambda self: self.awards["released"])
    @rule()
    def succeed(self) -> None:
        self.carry(M.PAY, "released", "paid")

    @precondition(lambda self: self.awards["released"])
    @rule(movement=st.sampled_from([M.BOUNCE, M.UNRELEASE]))
    def come_back(self, movement: Movement) -> None:
        self.carry(movement, "released", "committed")

    @precondition(lambda self: self.awards["paid"])
    @rule(movement=st.sampled_from([M.BOUNCE_AFTER_PAY, M.RECOVER]))
    def come_back_late(self, movement: Movement) -> None:
        self.carry(movement, "paid", "committed" if movement is M.BOUNCE_AFTER_PAY else None)

    @invariant()
    def never_overdrawn(self) -> None:
        fund = self.balance
        assert fund.announced >= fund.received >= fund.paid >= ZERO
        assert fund.left_to_promise >= ZERO
        assert fund.left_to_release >= ZERO
        assert ZERO <= fund.released <= fund.committed

    @invariant()
    def the_awards_explain_the_balance(self) -> None:
        assert total(self.awards["paid"]) == self.balance.paid
        assert total(self.awards["released"]) == self.balance.released
        assert total(self.awards["committed"]) + self.balance.released == self.balance.committed

    @invariant()
    def the_journal_adds_up_to_the_balance(self) -> None:
        assert project(self.journal) == self.balance


FundLife.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestFundLife = FundLife.TestCase
