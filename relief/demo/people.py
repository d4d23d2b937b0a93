"""Who works in the demo's office? One card per role, and the hands of all twelve units behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from relief.accounts import service as accounts
from relief.accounts.models import Union, User
from relief.accounts.queries import actor_of, find_user, get_root
from relief.db import transaction
from relief.demo.units import BUREAU, UNITS, Unit
from relief.domain.identity import check_character
from relief.domain.permissions import Actor, Role, system_actor
from relief.persons.service import keep_person
from relief.visits.given import VisitorGiven


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


@dataclass(frozen=True)
class Crew:
    """The hands of a unit. An office of two has no second caseworker: a named foreman goes along."""

    unit: Unit
    union_id: int
    caseworker: Actor
    second: Actor | None
    chair: Actor

    @property
    def visitors(self) -> list[VisitorGiven]:
        """Who makes a verification visit: two people, the chair never, since he gives the opinion."""
        beside = VisitorGiven(self.second.person_id) if self.second else VisitorGiven(name=self.unit.foreman)
        return [VisitorGiven(self.caseworker.person_id), beside]

    @property
    def names(self) -> list[str]:
        """Who sits in the unit's meeting."""
        return [self.chair.name, self.caseworker.name, self.second.name if self.second else self.unit.foreman]


def build_office() -> None:
    """The bureau, its twelve units and the people, all at once."""
    person.cache_clear()
    crew.cache_clear()
    with transaction():
        bureau = _union(*BUREAU, None)
        unions = {"": bureau}
        for place, unit in enumerate(UNITS, 1):
            unions[unit.name] = _union(f"{unit.name}工会", unit.name, f"U{place:02d}", bureau.id)
        for place, player in enumerate((*PLAYERS, *_staff())):
            _user(player, unions[player.unit], place)


@cache
def person(key: str) -> Actor:
    """Somebody of the office as an actor; looked up once, since roles do not change in the demo."""
    user = find_user(key)
    if user is None:
        raise LookupError(f"the demo has nobody called {key}")
    return actor_of(user)


@cache
def crew(union_id: int) -> Crew:
    """The hands of the unit with this number."""
    return next(found for found in crews() if found.union_id == union_id)


def crews() -> list[Crew]:
    """The hands of every unit, in the order of the units."""
    return [_crew(unit) for unit in UNITS]


def _crew(unit: Unit) -> Crew:
    caseworker = person(unit.caseworker[0])
    second = person(unit.second[0]) if unit.second else None
    return Crew(unit, caseworker.union_id or get_root().id, caseworker, second, person(unit.chair[0]))


def _staff() -> list[Player]:
    """Everybody of the units who is not on a card."""
    known = {one.key for one in PLAYERS}
    hands = [
        Player(*hand, unit.name, role)
        for unit in UNITS
        for hand, role in (
            (unit.caseworker, Role.CASEWORKER), (unit.second, Role.CASEWORKER), (unit.chair, Role.UNIT_CHAIR),
        ) if hand
    ]  # fmt: skip
    return [one for one in hands if one.key not in known]


def _union(name: str, short: str, code: str, parent: int | None) -> Union:
    return accounts.create_union(
        name=name, short_name=short, code=code, parent_id=parent, phone=f"0451-5780{len(code) * 100 + 12:04d}",
        address="黑龙江省哈尔滨市巴彦县兴隆镇", area="巴彦", aliases=(short,) if short != name else (), by=BUILDER,
    )  # fmt: skip


def _user(player: Player, union: Union, place: int) -> User:
    born = date(1962 + place % 30, 3, 8 + place // 30)
    first = f"230126{born:%Y%m%d}{900 + place * 2 + (place % 2):03d}"
    number, phone = first + check_character(first), f"139451{place:05d}"
    staff = keep_person(name=player.name, resident_id=number, phone=phone, by=BUILDER)
    return accounts.create_user(
        person_id=staff.id, union_id=union.id, username=player.key, roles=(player.role,), by=BUILDER
    )
