"""A hundred thousand cases in a fresh database: rows laid by Core, names as real as a register's."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.cases.models import Case
from relief.db import db
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.households.grams import pieces
from relief.households.models import Household, SearchGram
from relief.persons.models import Person
from relief.policies.queries import get_policy_version

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红云梅志文建国海波春燕建华小红"
STATES = [state.value for state in (State.SUBMITTED, State.FORWARDED, State.REFUSED, State.WITHDRAWN, State.DRAFT)]
BATCH = 5_000


def lay(count: int, unions: int = 200, seed: int = 7, start: int = 0) -> None:
    """Lay the cases from number `start` up to `count`, of as many households in `unions` grassroots unions."""
    dice = random.Random(seed + start)
    root = db.session.scalars(sa.select(Union.id).where(Union.parent_id.is_(None))).one()
    ids = list(db.session.scalars(sa.select(Union.id).where(Union.code.like("B%")).order_by(Union.id)))
    ids = ids or [_union(root, number) for number in range(unions)]
    policy = get_policy_version("special", clock.today()).id
    fund_start = clock.now() - timedelta(days=900)
    for first in range(start, count, BATCH):
        rows = [_row(first + n, dice, ids, fund_start, policy) for n in range(min(BATCH, count - first))]
        for table, part in ((Person, 0), (Household, 1), (Case, 2)):
            db.session.execute(sa.insert(table), [row[part] for row in rows])
        grams = [gram for row in rows for gram in row[3]]
        db.session.execute(sa.insert(SearchGram), grams)
        db.session.commit()


def _union(root: int, number: int) -> int:
    union = Union(
        name=f"第{number}林场工会", short_name=f"第{number}林场", code=f"B{number:03d}", parent_id=root,
        level="grassroots", path=f"/{root}/b{number}/",
    )  # fmt: skip
    db.session.add(union)
    db.session.flush()
    return union.id


def _row(
    number: int, dice: random.Random, unions: list[int], since: datetime, policy: int
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    key, union = 1_000_000 + number, dice.choice(unions)
    name = dice.choice(SURNAMES) + "".join(dice.choice(GIVEN) for _ in range(dice.choice((1, 2, 2, 2))))
    at = since + timedelta(minutes=13 * number)
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
