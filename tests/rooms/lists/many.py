"""How does a test get hundreds of households in a dozen units? Added in bulk through the models, complete as files."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from relief import clock
from relief.accounts import service as accounts
from relief.accounts.models import Union
from relief.accounts.queries import actor_of
from relief.cases import service as cases
from relief.consequences import run_due
from relief.db import db, transaction
from relief.domain.household import Relation
from relief.domain.permissions import Actor, Role, system_actor
from relief.households.models import Account, Consent, Household, HouseholdCause, HouseholdUnion, Member
from relief.households.purposes import Purpose
from relief.lists import service as lists
from relief.persons.models import Person
from relief.persons.service import keep_person
from relief.policies.queries import load_calendar
from relief.sealing import blind_index
from relief.visits.models import Visit, Visitor
from relief.windows.models import AidList, AidWindow
from tests.build import PASSWORD, SYSTEM, Office, a_card, an_id
from tests.rooms.lists.bureau import on_day

PLACES = ("金沟", "新青", "红星", "五营", "上甘", "友好", "翠峦", "美溪", "带岭", "朗乡", "桃山", "南岔")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "桂兰国强淑芬志明玉梅长河秀英德福春生立新"
CATEGORIES = ("deep", "relative", "accident", "bureau")


@dataclass
class Unit:
    """A unit with its caseworker, its colleague of the visits, and its chair."""

    union: Union
    caseworker: Actor
    chair: Actor


def some_units(office: Office, number: int = 12, *, begin: int = 0) -> list[Unit]:
    """Units below the bureau, each with a caseworker `jb0` … and a chair `zx0` … counted from `begin`."""
    found = []
    with transaction():
        for place in range(begin, begin + number):
            name = PLACES[place % len(PLACES)] + "一二三四五六七八九"[place // len(PLACES)] + "场"
            union = accounts.create_union(
                name=f"{name}工会", short_name=name, code=f"U{place}", parent_id=office.bureau.id, by=SYSTEM,
                phone="0451-57801234", aliases=(name, f"{name}工会"),
            )  # fmt: skip
            hands = [_user(union, f"jb{place}", Role.CASEWORKER, place), _user(union, f"zx{place}", Role.UNIT_CHAIR, place)]
            found.append(Unit(union, *hands))
    return found


def _user(union: Union, username: str, role: Role, place: int) -> Actor:
    sequence = place * 4 + (1 if role is Role.CASEWORKER else 3)
    name = PLACES[place % len(PLACES)][0] + ("经办" if role is Role.CASEWORKER else "主席")
    person = keep_person(name=name, resident_id=an_id(date(1971, 7, 7), sequence), by=SYSTEM)
    return actor_of(
        accounts.create_user(
            person_id=person.id, union_id=union.id, username=username, roles=(role,), password=PASSWORD, by=SYSTEM
        )
    )


def many_households(
    union: Union, number: int, visitors: Sequence[Actor], *, begin: int = 0, categories: Sequence[str] = CATEGORIES
) -> list[Household]:
    """Complete files of one unit: two members, consents, an account, a visit by two people; the categories in turn."""
    today, now = clock.today(), clock.now()
    with transaction():
        heads = [_person(begin + place) for place in range(number)]
        spouses = [_person(begin + place, "丽") for place in range(number)]
        _keep(heads + spouses)
        files = [
            Household(
                number=f"XLGH-{union.code}-{begin + place:05d}", union_id=union.id, head_id=head.id, heating="coal",
                declared_category=categories[place % len(categories)], opened_on=today, reviewed_on=today, source="roster",
                created_at=now,
            )
            for place, head in enumerate(heads)
        ]  # fmt: skip
        _keep(files)
        visits = [_visit(one) for one in files]
        _keep(visits)
        _keep([Visitor(visit_id=visit.id, person_id=one.person_id) for visit in visits for one in visitors])
        for place, (one, spouse) in enumerate(zip(files, spouses, strict=True)):
            _fill(one, spouse, begin + place)
    return files


def _keep(rows: Sequence[object]) -> None:
    db.session.add_all(rows)
    db.session.flush()


def name_of(place: int, end: str = "") -> str:
    """The name of the head with this number: no two of a few thousand are the same."""
    first, rest = SURNAMES[place % 20], place // 20
    return first + GIVEN[rest % 20] + (end or GIVEN[rest // 20 % 20])


def _person(place: int, end: str = "") -> Person:
    return Person(
        name=name_of(place, end), pinyin="", sex="female" if end else "male", created_at=clock.now(),
        phone=f"139{place:08d}", phone_index=blind_index(f"139{place:08d}", "phone"), phone_masked="139****0000",
    )  # fmt: skip


def _visit(one: Household) -> Visit:
    return Visit(
        client_uuid=str(uuid.uuid4()), household_id=one.id, union_id=one.union_id, kind="verification",
        on=clock.today(), place="home", seen='{"heating": "烧煤取暖"}', entered_at=clock.now(),
    )  # fmt: skip


def _fill(one: Household, spouse: Person, place: int) -> None:
    today, now, card = clock.today(), clock.now(), a_card(500_000 + place)
    db.session.add_all([
        HouseholdUnion(household_id=one.id, union_id=one.union_id, since=today),
        HouseholdCause(household_id=one.id, code="6", is_main=True),
        Member(household_id=one.id, person_id=one.head_id, relation=Relation.HEAD.value, since=today),
        Member(household_id=one.id, person_id=spouse.id, relation=Relation.SPOUSE.value, since=today),
        Account(household_id=one.id, payee_id=one.head_id, holder=name_of(place), bank="中国农业银行兴隆支行",
                number=card, number_index=blind_index(card, "card"), number_tail=card[-4:], created_at=now),
        *(Consent(household_id=one.id, person_id=one.head_id, purpose=purpose.value, wording="1", signed_on=today,
                  recorded_at=now) for purpose in Purpose),
    ])  # fmt: skip


def through_notice(made: AidList, unit: Unit) -> None:
    """Take a unit's list from its proposal to the day on which its notice hangs."""
    lists.submit(made.id, by=unit.caseworker)
    meeting = cases.record_meeting(
        unit.union.id, number=f"会纪{made.number}", on=clock.today(), attendees=["甲某某", "乙某某"], by=unit.chair
    )
    lists.give_opinion(made.id, meeting_id=meeting.id, note="同意", by=unit.chair)
    lists.post_notice(made.id, place="林场公示栏", by=unit.caseworker)


def after_notices() -> None:
    """Go to the day after the notices, and do what falls due."""
    over = load_calendar().add_working_days(clock.today(), 6).on
    on_day(over)
    run_due(over, by=system_actor())


def festival(office: Office, window: AidWindow, units: int, households: int) -> list[AidList]:
    """The window's lists of so many units, each with so many households, reviewed by the bureau."""
    made = []
    for place, unit in enumerate(some_units(office, units)):
        many_households(unit.union, households, [unit.caseworker, office.zhao], begin=place * households)
        made.append(lists.propose(window.id, unit.union.id, by=unit.caseworker))
        through_notice(made[-1], unit)
    after_notices()
    for one in made:
        lists.review(one.id, note="同意", by=office.chen)
    return made
