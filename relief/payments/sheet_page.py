"""What does a sheet's page show: rows, totals, buttons with their reasons, and what stands in the way of release?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from relief import clock
from relief.cases.models import AwardPart, Case, Instalment
from relief.db import db
from relief.domain.approval import may_decide
from relief.domain.batching import ControlTotals, judge_totals, may_gather
from relief.domain.budget import Balance
from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.money import Money, in_capitals
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.ways import Way
from relief.domain.workflow import SHEET_STEPS, Offer, SheetState, offers
from relief.funds.queries import get_fund
from relief.households.models import Account
from relief.payments.facts import Waiting, facts_of, list_waiting, waiting_rows
from relief.payments.hands import hands_on
from relief.payments.models import Payment, Sheet
from relief.payments.parts_shown import month_of_award
from relief.payments.queries import get_sheet
from relief.payments.service.releasing import signed_totals
from relief.persons.models import Person

CANDIDATES = 500
HANDS = {"release": "release", "send": "pay", "record": "pay"}
GOODS_WORDS = {
    "release": label("Release the goods"),
    "send": label("Mark as being handed out"),
    "record": label("Record who signed"),
}


@dataclass(frozen=True)
class SheetPage:
    """A sheet as its page prints it."""

    sheet: Sheet
    totals: ControlTotals
    offers: Sequence[Offer]
    maker: str
    releaser: str
    payer: str

    @property
    def capitals(self) -> str:
        return in_capitals(self.totals.amount)

    @property
    def is_draft(self) -> bool:
        return self.sheet.state == SheetState.DRAFT


@dataclass(frozen=True)
class Candidate:
    """An instalment that waits, with its payee's account, and why it may not go on the sheet yet."""

    instalment_id: int
    case: Case
    payee: str
    tail: str
    amount: Money
    attempt: int
    why_not: Sentence | None
    kit: str = ""
    month_of_award: Sentence | None = None


@dataclass(frozen=True)
class ReleaseCheck:
    """What the releaser reads before giving the password: the fund before and after, and what stands in the way."""

    before: Balance
    after: Money
    blocks: Sequence[Sentence]


def get_sheet_page(sheet_id: int, *, by: Actor) -> SheetPage:
    """The sheet, its totals as they stand (a draft) or as they were submitted, and its buttons for this actor."""
    sheet = get_sheet(sheet_id, by=by)
    totals = live_totals(sheet.id) if sheet.state == SheetState.DRAFT else signed_totals(sheet)
    offered = offers(SHEET_STEPS, sheet.state, by, reasons=_reasons(sheet, totals, by))
    return SheetPage(
        sheet, totals, [_of_goods(offer) for offer in offered] if sheet.is_goods else offered,
        *(_name(person) for person in (sheet.made_by, sheet.released_by, sheet.sent_by)),
    )  # fmt: skip


def _of_goods(offer: Offer) -> Offer:
    """The button in the words of goods."""
    return replace(offer, label=GOODS_WORDS.get(offer.verb, offer.label))


def list_candidates(sheet: Sheet) -> list[Candidate]:
    """What waits for a sheet of this fund, the oldest award first, each judged."""
    month = Month.parse(sheet.month)
    waiting = list_waiting(sheet.fund_id, limit=CANDIDATES, until=month, goods=sheet.is_goods)
    facts = facts_of(waiting)
    names = _receivers_shown(sheet, waiting)
    return [
        Candidate(
            one.instalment.id, one.case, *names[one.case.id], one.instalment.amount,
            one.payment.attempt if one.payment else 1,
            may_gather(facts[one.instalment.id], sheet.fund.code, clock.today(), way=sheet.way, month=month),
            (one.part.kit or {}).get("name", ""),
            month_of_award(one.case.kind, one.case.months, one.instalment.number, one.instalment.due_month),
        )
        for one in waiting
    ]  # fmt: skip


def other_sheets(sheet: Sheet) -> tuple[int, str]:
    """How many instalments of the fund wait for a sheet of the other way by this month, and that way."""
    other = Way.TRANSFER if sheet.is_goods else Way.GOODS
    rows = waiting_rows().where(
        Case.fund_id == sheet.fund_id, Instalment.due_month <= sheet.month,
        (AwardPart.form == "goods") == sa.literal(not sheet.is_goods),
    )  # fmt: skip
    counted = sa.select(sa.func.count()).select_from(rows.with_only_columns(Instalment.id).subquery())
    return db.session.scalar(counted) or 0, other.value


def get_release_check(sheet: Sheet, *, by: Actor) -> ReleaseCheck:
    """The fund's cash before and after, and every block: hands, rows, totals, cash."""
    before = get_fund(sheet.fund_id, by=by).balance
    after = before.left_to_release - sheet.total
    blocks = [*_hand_blocks(sheet, by), *_total_blocks(sheet), *_row_blocks(sheet)]
    if after < Money(0):
        blocks.append(
            sentence("The fund holds %(left)s in cash that is free; the sheet needs %(amount)s.",
                     left=before.left_to_release, amount=sheet.total)
        )  # fmt: skip
    return ReleaseCheck(before, after, blocks)


def live_totals(sheet_id: int) -> ControlTotals:
    """The control totals of the rows as they stand."""
    row = db.session.execute(
        sa.select(
            sa.func.count(), sa.func.count(sa.distinct(Payment.household_id)),
            sa.func.sum(sa.type_coerce(Payment.amount, sa.BigInteger)),
        ).where(Payment.sheet_id == sheet_id)
    ).one()  # fmt: skip
    tails = db.session.scalars(sa.select(Payment.account_tail).where(Payment.sheet_id == sheet_id))
    return ControlTotals(row[0], row[1], Money(int(row[2] or 0)), sum(int(tail) for tail in tails if tail))


def _reasons(sheet: Sheet, totals: ControlTotals, by: Actor) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    if by.person_id is not None and sheet.state in (SheetState.SUBMITTED, SheetState.RELEASED, SheetState.SENT):
        hands = hands_on(sheet, by.person_id)
        judged = {verb: may_decide(by.person_id, hands, step) for verb, step in HANDS.items()}
        found |= {verb: why for verb, why in judged.items() if why is not None}
    if not totals.rows:
        found["submit"] = sentence("The sheet has no rows.")
    if sheet.number is not None:
        found["discard"] = sentence("This sheet has a number. Take its rows off, or submit it again.")
    return found


def _hand_blocks(sheet: Sheet, by: Actor) -> list[Sentence]:
    if by.person_id is None:
        return []
    why_not = may_decide(by.person_id, hands_on(sheet, by.person_id), "release")
    return [why_not] if why_not else []


def _total_blocks(sheet: Sheet) -> list[Sentence]:
    try:
        judge_totals(signed_totals(sheet), live_totals(sheet.id))
    except RuleBroken as broken:
        return [broken.sentence]
    return []


def _row_blocks(sheet: Sheet) -> list[Sentence]:
    rows = db.session.execute(
        sa.select(Instalment, Case, Payment, AwardPart)
        .join(Payment, Payment.instalment_id == Instalment.id)
        .join(Case, Case.id == Payment.case_id)
        .join(AwardPart, AwardPart.id == Instalment.part_id)
        .where(Payment.sheet_id == sheet.id)
        .order_by(Payment.line)
    )
    waiting = [Waiting(*row) for row in rows]
    facts = facts_of(waiting)
    judged = [
        (one, may_gather(facts[one.instalment.id], sheet.fund.code, clock.today(), way=sheet.way)) for one in waiting
    ]
    return [sentence("%(case)s: %(why)s", case=one.case.number, why=why) for one, why in judged if why is not None]


def _receivers_shown(sheet: Sheet, waiting: Sequence[Waiting]) -> dict[int, tuple[str, str]]:
    """Name and last digits of the account by case; the applicant's name where no account stands, and for goods."""
    accounts = {} if sheet.is_goods else _accounts_shown({one.case.household_id for one in waiting})
    people = sa.select(Person.id, Person.name).where(Person.id.in_({one.case.applicant_id for one in waiting}))
    names = {row.id: row.name for row in db.session.execute(people)}
    return {
        one.case.id: accounts.get(one.case.household_id) or (names.get(one.case.applicant_id, ""), "")
        for one in waiting
    }


def _accounts_shown(household_ids: set[int]) -> dict[int, tuple[str, str]]:
    """Holder and last digits of the active account, by household."""
    rows = db.session.execute(
        sa.select(Account.household_id, Account.holder, Account.number_tail).where(
            Account.household_id.in_(household_ids), Account.state == "active"
        )
    )
    return {row.household_id: (row.holder, row.number_tail) for row in rows}


def _name(person_id: int | None) -> str:
    return db.session.get_one(Person, person_id).name if person_id else ""
