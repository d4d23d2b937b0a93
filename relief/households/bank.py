"""Where does the household's money go? One active account; a doubtful change waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.db import db, transaction
from relief.domain.errors import RuleBroken
from relief.domain.identity import Card, judge_card, judge_name
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.households.membership import list_members
from relief.households.models import Account, Household, Proposal
from relief.households.open_cases import has_open_case
from relief.households.proposals import applies, find_proposal, propose
from relief.households.sight import OPEN, held_open
from relief.sealing import blind_index

CARD = "card"
OPEN_CASE = label("The household has an open case.")
SAME_HAND = label("The same person entered the account before.")


def set_account(
    household_id: int, *, holder: str, bank: str, number: object, payee_id: int | None = None, source: str = "form",
    by: Actor,
) -> Account:  # fmt: skip
    """The account that money goes to from now on; `state` says whether it is active or waits for a decision.

    It waits when a case is open, or when the hand that typed the present account types another. A roster never touches
    what was typed, and may leave the bank open. The payee is the head unless another member is named. RuleBroken on
    `card`, `holder`, `bank` or `payee_id`.
    """
    by.require("household.write")
    with transaction():
        household = held_open(household_id, by=by)
        card = judge_card(number)
        account = _new(household, card, _name(holder), bank.strip(), payee_id or household.head_id, by)
        if not account.bank and source != "roster":
            raise RuleBroken("bank", "Name the bank.")
        present = find_account(household.id)
        by_hand = source == "roster" and "account" in household.by_hand
        if present is not None and (by_hand or _says_the_same(present, account)):
            return present
        db.session.add(account)
        doubt = _doubt(household, present, source, by)
        if doubt is None:
            _replace(present, account)
        db.session.flush()
        if doubt is not None:
            propose(household, "account", {"account_id": account.id}, doubt, fingerprint=_mark(account), by=by)
        if source == "form":
            household.by_hand = sorted({*household.by_hand, "account"})
        record("account.set", "household", household.id, by=by, union_id=household.union_id,
               changes={"account": account.id, "state": account.state,
                        "tail": (present.number_tail if present else None, account.number_tail)})  # fmt: skip
        return account


def find_account(household_id: int) -> Account | None:
    """The active account."""
    return db.session.scalar(
        sa.select(Account).where(Account.household_id == household_id, Account.state == "active")
    )


def find_waiting(household_id: int, *, number: str, holder: str, bank: str, payee_id: int) -> Proposal | None:
    """The proposal of this very account, open or decided."""
    mark = "|".join((blind_index(number, CARD), holder, bank, str(payee_id)))
    return find_proposal(household_id, "account", {}, fingerprint=mark)


def list_sharing(account: Account) -> Sequence[Household]:
    """Other open files whose active or proposed account has the same number."""
    return db.session.scalars(
        sa.select(Household)
        .join(Account, Account.household_id == Household.id)
        .where(
            Account.number_index == account.number_index,
            Account.state.in_(("active", "proposed")),
            Household.id != account.household_id,
            Household.status.in_(OPEN),
        )
        .order_by(Household.id)
        .distinct()
    ).all()


def _new(household: Household, card: Card, holder: str, bank: str, payee_id: int, by: Actor) -> Account:
    if payee_id not in {member.person_id for member in list_members(household.id)}:
        raise RuleBroken("payee_id", "The payee is a member of the household.")
    return Account(
        household_id=household.id, payee_id=payee_id, holder=holder, bank=bank, number=card.number,
        number_index=blind_index(card.number, CARD), number_tail=card.number[-4:], passes_luhn=card.luhn_ok,
        state="proposed", entered_by=by.person_id, created_at=clock.now(),
    )  # fmt: skip


def _doubt(household: Household, present: Account | None, source: str, by: Actor) -> Sentence | None:
    if has_open_case(household.id):
        return OPEN_CASE
    by_same_hand = present is not None and present.entered_by is not None and present.entered_by == by.person_id
    return SAME_HAND if by_same_hand and source == "form" else None


def _replace(present: Account | None, account: Account) -> None:
    if present is not None:
        present.state = "replaced"
        db.session.flush()
    account.state = "active"


def _says_the_same(one: Account, other: Account) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ("number_index", "holder", "bank", "payee_id"))


def _mark(account: Account) -> str:
    return "|".join((account.number_index, account.holder, account.bank, str(account.payee_id)))


def _name(holder: str) -> str:
    try:
        return judge_name(holder)
    except RuleBroken as broken:
        broken.field = "holder"
        raise


@applies("account")
def _decide(household: Household, body: Mapping[str, Any], accept: bool, by: Actor) -> None:
    account = db.session.get_one(Account, body["account_id"])
    if not accept:
        account.state = "rejected"
        return
    _replace(find_account(household.id), account)
    account.confirmed_by = by.person_id
