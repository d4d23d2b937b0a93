"""Who works in the demo's office? One person per role, and a second caseworker for visits by two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from relief.accounts import service as accounts
from relief.accounts.models import Union, User
from relief.accounts.queries import actor_of, find_user
from relief.db import transaction
from relief.domain.identity import check_character
from relief.domain.permissions import Actor, Role, system_actor
from relief.persons.service import keep_person

BUREAU = ("兴隆林业局工会", "局工会", "XL")
UNITS = (
    "局机关", "东风林场", "红旗林场", "前进林场", "青峰林场", "双丫山林场",
    "太平经营所", "贮木场", "木材加工厂", "汽车运输处", "职工医院", "第一中学",
)  # fmt: skip


@dataclass(frozen=True)
class Player:
    """A person of the demo, signed in by a click."""

    key: str
    name: str
    unit: str
    role: Role


PLAYERS = (
    Player("wang", "王秀兰", "东风林场", Role.CASEWORKER),
    Player("zhang", "张立新", "东风林场", Role.CASEWORKER),
    Player("li", "李建国", "东风林场", Role.UNIT_CHAIR),
    Player("chen", "陈静", "", Role.REVIEWER),
    Player("liu", "刘志强", "", Role.VICE_CHAIR),
    Player("sun", "孙德福", "", Role.CHAIR),
    Player("zhou", "周慧", "", Role.ACCOUNTANT),
    Player("wu", "吴海生", "", Role.FINANCE_HEAD),
    Player("zheng", "郑丽娜", "", Role.CASHIER),
    Player("feng", "冯国栋", "", Role.AUDITOR),
    Player("chu", "褚卫东", "", Role.SYSTEM_ADMIN),
    Player("wei", "卫红", "", Role.SECURITY_ADMIN),
)
BUILDER = system_actor("演示")


def build_office() -> None:
    """The bureau, its twelve units and the people, all at once."""
    with transaction():
        bureau = _union(*BUREAU, None)
        units = {"": bureau}
        for place, name in enumerate(UNITS, 1):
            units[name] = _union(f"{name}工会", name, f"U{place:02d}", bureau.id)
        for place, player in enumerate(PLAYERS):
            _user(player, units[player.unit], place)


def person(key: str) -> Actor:
    """A player as an actor."""
    user = find_user(key)
    if user is None:
        raise LookupError(f"the demo has nobody called {key}")
    return actor_of(user)


def _union(name: str, short: str, code: str, parent: int | None) -> Union:
    return accounts.create_union(
        name=name, short_name=short, code=code, parent_id=parent, phone=f"0451-5780{len(code) * 100 + 12:04d}",
        address="黑龙江省哈尔滨市巴彦县兴隆镇", area="巴彦", aliases=(short,) if short != name else (), by=BUILDER,
    )  # fmt: skip


def _user(player: Player, union: Union, place: int) -> User:
    born = date(1972 + place, 3, 8)
    first = f"230126{born:%Y%m%d}{900 + place * 2 + (place % 2):03d}"
    number, phone = first + check_character(first), f"139451{place:05d}"
    staff = keep_person(name=player.name, resident_id=number, phone=phone, by=BUILDER)
    return accounts.create_user(
        person_id=staff.id, union_id=union.id, username=player.key, roles=(player.role,), by=BUILDER
    )
