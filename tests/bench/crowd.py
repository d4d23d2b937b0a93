"""A hundred thousand cases in a fresh database: rows laid by Core, names as real as a register's."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.cases.models import AwardPart, Case, Instalment
from relief.db import db
from relief.domain.money import Money
from relief.domain.workflow import PaymentState, SheetState, State
from relief.funds.models import Fund
from relief.households.grams import pieces
from relief.households.models import Household, SearchGram
from relief.payments import service as payments
from relief.payments.models import Payment, Sheet
from relief.persons.models import Person
from relief.policies.queries import get_policy_version

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红云梅志文建国海波春燕建华小红"
STATES = [state.value for state in (State.SUBMITTED, State.FORWARDED, State.REFUSED, State.WITHDRAWN, State.DRAFT)]
BATCH = 5_000
AMOUNT = Money.yuan(3_000)


def lay(
    count: int, unions: int = 200, seed: int = 7, start: int = 0, apart: timedelta = timedelta(minutes=13)
) -> None:
    """Lay the cases from number `start` up to `count`, each `apart` from the one before, of as many households."""
    dice = random.Random(seed + start)
    root = db.session.scalars(sa.select(Union.id).where(Union.parent_id.is_(None))).one()
    ids = list(db.session.scalars(sa.select(Union.id).where(Union.code.like("B%")).order_by(Union.id)))
    ids = ids or [_union(root, number) for number in range(unions)]
    policy = get_policy_version("special", clock.today()).id
    fund_start = clock.now() - timedelta(days=900)
    for first in range(start, count, BATCH):
        rows = [_row(first + n, dice, ids, fund_start + apart * (first + n), policy) for n in range(min(BATCH, count - first))]
        for table, part in ((Person, 0), (Household, 1), (Case, 2)):
            db.session.execute(sa.insert(table), [row[part] for row in rows])
        grams = [gram for row in rows for gram in row[3]]
        db.session.execute(sa.insert(SearchGram), grams)
        db.session.commit()


def lay_paid(share: float = 0.75, seed: int = 7) -> int:
    """Pay `share` of the cases that were laid, each some weeks after its need, a sheet for each batch; how many."""
    dice = random.Random(seed)
    fund, maker, releaser = (
        db.session.scalars(sa.select(one).order_by(one).limit(1).offset(nth)).one()
        for one, nth in ((Fund.id, 0), (Person.id, 0), (Person.id, 1))
    )
    cases = sa.select(Case.id, Case.household_id, Case.union_id, Case.applicant_id, Case.need_on).where(
        Case.number.like("B-TS-%")
    )
    paid = 0
    for batch in db.session.execute(cases.order_by(Case.id)).partitions(BATCH):
        some = [case for case in batch if dice.random() < share]
        sheet = _sheet(fund, maker, releaser, len(some), paid)
        _pay(some, sheet, fund, dice)
        paid += len(some)
    db.session.commit()
    payments.recount()
    return paid


def _sheet(fund: int, maker: int, releaser: int, count: int, number: int) -> int:
    row = {
        "number": f"B-{number}", "fund_id": fund, "month": "2026-01", "title": "", "way": "transfer", "tails": 0,
        "state": SheetState.RECONCILED.value, "row_count": count, "household_count": count, "makers": [], "version": 1,
        "total": AMOUNT * count, "made_by": maker, "released_by": releaser, "created_at": clock.now(),
    }  # fmt: skip
    return int(db.session.execute(sa.insert(Sheet).values(row).returning(Sheet.id)).scalar_one())


def _pay(cases: list[Any], sheet: int, fund: int, dice: random.Random) -> None:
    """A part, an instalment and a payment that arrived for each case, all under the case's own number."""
    parts = [{"id": case.id, "case_id": case.id, "form": "cash", "label": "", "amount": AMOUNT} for case in cases]
    instalments = [
        {"id": case.id, "part_id": case.id, "number": 1, "amount": AMOUNT, "due_month": f"{case.need_on:%Y-%m}"}
        for case in cases
    ]
    arrived = [
        {
            "id": case.id, "instalment_id": case.id, "attempt": 1, "case_id": case.id, "household_id": case.household_id,
            "union_id": case.union_id, "fund_id": fund, "sheet_id": sheet, "state": PaymentState.SUCCEEDED.value,
            "way": "transfer", "amount": AMOUNT, "payee_id": case.applicant_id, "payee_name": "", "version": 1,
            "planned_at": clock.now(), "settled_on": case.need_on + timedelta(days=dice.randint(9, 40)),
        }
        for case in cases
    ]  # fmt: skip
    for table, rows in ((AwardPart, parts), (Instalment, instalments), (Payment, arrived)):
        db.session.execute(sa.insert(table), rows)


def _union(root: int, number: int) -> int:
    union = Union(
        name=f"第{number}林场工会", short_name=f"第{number}林场", code=f"B{number:03d}", parent_id=root,
        level="grassroots", path=f"/{root}/b{number}/",
    )  # fmt: skip
    db.session.add(union)
    db.session.flush()
    return union.id


def _row(
    number: int, dice: random.Random, unions: list[int], at: datetime, policy: int
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    key, union = 1_000_000 + number, dice.choice(unions)
    name = dice.choice(SURNAMES) + "".join(dice.choice(GIVEN) for _ in range(dice.choice((1, 2, 2, 2))))
    person = {"id": key, "name": name, "pinyin": "", "created_at": at, "version": 1}
    household = {
        "id": key, "number": f"B-D{key}", "union_id": union, "head_id": key, "opened_on": date(2024, 1, 1),
        "created_at": at, "version": 1, "status": "active", "file_tier": "bureau", "source": "bench", "by_hand": [],
    }  # fmt: skip
    case = {
        "id": key, "number": f"B-TS-{key}", "kind": "special", "lane": "ordinary", "state": dice.choice(STATES),
        "household_id": key, "union_id": union, "applicant_id": key, "policy_id": policy, "need_on": at.date(),
        "due_on": at.date() + timedelta(days=5), "month": f"{at:%Y-%m}", "created_at": at, "proposed": Money.yuan(3_000),
        "details": {}, "mend_fields": [], "on_hold": False, "objection": False, "level": 0, "version": 1,
    }  # fmt: skip
    grams = [{"gram": piece, "household_id": key, "union_id": union} for piece in pieces([name])]
    return person, household, case, grams
