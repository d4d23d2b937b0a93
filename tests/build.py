"""Who and what do the tests speak of? Plain builders and a fixed, named cast.

The bureau (兴隆林业局工会) has two grassroots unions, 东风林场 and 红旗林场. The cast, by role: 王秀兰 caseworker and
李建国 unit chair of 东风; 赵敏 caseworker of 红旗; at the bureau 陈静 reviewer, 刘志强 vice-chair, 孙德福 chair,
周会 accountant, 吴才 finance head, 郑纳 cashier, 冯审 auditor, 褚维 system and 卫安 security administrator.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import ClassVar

from flask import session
from flask.testing import FlaskClient

from relief.accounts import service as accounts
from relief.accounts import sessions
from relief.accounts.models import Union, User
from relief.accounts.queries import actor_of
from relief.db import db, transaction
from relief.domain.household import Relation
from relief.domain.identity import check_character
from relief.domain.permissions import Actor, Role, system_actor
from relief.households import service as households
from relief.households.bank import set_account
from relief.households.consents import record_consent
from relief.households.member_service import add_member
from relief.households.membership import PersonGiven
from relief.households.models import Household
from relief.households.purposes import Purpose
from relief.persons.service import keep_person
from tests.standing import laid_again

PASSWORD = "correct horse battery"
SYSTEM = system_actor("tests")
_PLACES = count(1)
CAST = {
    "wang": ("王秀兰", "dongfeng", Role.CASEWORKER),
    "li": ("李建国", "dongfeng", Role.UNIT_CHAIR),
    "zhao": ("赵敏", "hongqi", Role.CASEWORKER),
    "he": ("何伟", "hongqi", Role.UNIT_CHAIR),
    "chen": ("陈静", "bureau", Role.REVIEWER),
    "liu": ("刘志强", "bureau", Role.VICE_CHAIR),
    "sun": ("孙德福", "bureau", Role.CHAIR),
    "zhou": ("周会", "bureau", Role.ACCOUNTANT),
    "wu": ("吴才", "bureau", Role.FINANCE_HEAD),
    "zheng": ("郑纳", "bureau", Role.CASHIER),
    "feng": ("冯审", "bureau", Role.AUDITOR),
    "chu": ("褚维", "bureau", Role.SYSTEM_ADMIN),
    "wei": ("卫安", "bureau", Role.SECURITY_ADMIN),
}


def an_id(born: date = date(1980, 1, 1), sequence: int = 1, area: str = "230126") -> str:
    """A resident ID that passes its check; an odd sequence is a man's."""
    first = f"{area}{born:%Y%m%d}{sequence:03d}"
    return first + check_character(first)


def a_card(number: int = 1) -> str:
    """A bank card of 19 digits that passes Luhn."""
    first = f"622848{number:012d}"
    digits = [int(sign) for sign in reversed(first)]
    total = sum(sum(divmod(d * 2, 10)) if place % 2 == 0 else d for place, d in enumerate(digits))
    return f"{first}{-total % 10}"


@dataclass
class Office:
    """A bureau with two units and the cast; `office.wang` is an Actor, `office.users["wang"]` the account."""

    is_the_cast: ClassVar = True  # there is one of them in a database

    bureau: Union
    dongfeng: Union
    hongqi: Union
    users: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        if name not in CAST:
            raise AttributeError(name)
        return actor_of(self.users[name])


def the_office() -> Office:
    """The office that stands in the database, read back."""
    bureau, dongfeng, hongqi = (
        db.session.scalars(db.select(Union).where(Union.code == code)).one() for code in ("XL", "DF", "HQ")
    )
    users = {user.username: user for user in db.session.scalars(db.select(User))}
    return Office(bureau, dongfeng, hongqi, users)


@laid_again(lambda _: the_office())
def an_office() -> Office:
    """The bureau, its units and the whole cast."""
    with transaction():
        bureau = _union("兴隆林业局工会", "局机关", "XL", None)
        dongfeng = _union("东风林场工会", "东风林场", "DF", bureau.id)
        hongqi = _union("红旗林场工会", "红旗林场", "HQ", bureau.id)
        office = Office(bureau, dongfeng, hongqi)
        for place, (key, (name, union, role)) in enumerate(CAST.items()):
            office.users[key] = _user(key, name, getattr(office, union), role, place)
    return office


def _union(name: str, short: str, code: str, parent: int | None) -> Union:
    return accounts.create_union(
        name=name, short_name=short, code=code, parent_id=parent, phone="0451-57801234", aliases=(short, name), by=SYSTEM
    )


def _user(key: str, name: str, union: Union, role: Role, place: int) -> User:
    person = keep_person(name=name, resident_id=an_id(date(1975, 5, 5), place * 2 + 1), by=SYSTEM)
    return accounts.create_user(
        person_id=person.id, union_id=union.id, username=key, roles=(role,), password=PASSWORD, by=SYSTEM
    )


@laid_again(lambda key: db.session.get_one(Household, key))
def a_household(
    office: Office, name: str = "张桂兰", *, union: Union | None = None, members: int = 2, account: bool = True,
    consent: bool = True, number: int | None = None, **fields: object,
) -> Household:  # fmt: skip
    """An open file through the room's own verbs, kept by the system: head, spouse, children, account, consents.

    `number` tells households apart (IDs, phone, card); `fields` are those of a file, such as `heating="wood"`.
    """
    place = number if number is not None else next(_PLACES)
    given = {"declared_category": "deep", "heating": "coal", "main_cause": 6, "address": f"东风路{place}号"} | fields
    born, sequence = date(1970, 1, 1) + timedelta(days=place // 400), place % 400 * 2 + 1
    head = PersonGiven(name, an_id(born, sequence), f"138{place:08d}")
    household = households.open_file(
        union_id=(union or office.dongfeng).id, head=head, fields=given, source="roster", by=SYSTEM
    )
    for order in range(1, members):
        relation = Relation.SPOUSE if order == 1 else Relation.CHILD
        person = PersonGiven(f"{name[0]}{'明丽强芳'[order % 4]}", an_id(born + timedelta(days=4000 * order), sequence))
        add_member(household.id, person=person, relation=relation, source="roster", by=SYSTEM)
    if account:
        card, bank = a_card(place), "中国农业银行兴隆支行"
        set_account(household.id, holder=name, bank=bank, number=card, source="roster", by=SYSTEM)
    for purpose in Purpose if consent else ():
        record_consent(household.id, purpose=purpose, by=SYSTEM)
    return household


def sign_in(client: FlaskClient, office: Office, who: str) -> None:
    """Sign one of the cast in, in this browser, without the sign-in page."""
    user = office.users[who]
    with client.application.test_request_context():
        sessions.start(user, "127.0.0.1", "tests")
        token = session[sessions.TOKEN]
    with client.session_transaction() as kept:
        kept[sessions.TOKEN] = token
