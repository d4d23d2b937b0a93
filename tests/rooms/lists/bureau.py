"""A window with its lists for the tests: two units, households that are ready, by the real verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from relief import clock
from relief.accounts import service as accounts
from relief.accounts.queries import actor_of
from relief.cases import service as cases
from relief.cases.models import Case
from relief.consequences import run_due
from relief.db import db, transaction
from relief.domain.permissions import Actor, Role, system_actor
from relief.households.models import Household
from relief.lists import service as lists
from relief.persons.service import keep_person
from relief.policies.queries import load_calendar
from relief.windows.models import AidList, AidWindow
from relief.windows.service import open_window
from tests.build import PASSWORD, SYSTEM, Office, a_household, an_id
from tests.build_cases import a_visit

FESTIVAL = ("spring_festival", "2027-festival")
JANUARY = date(2027, 1, 4)


@dataclass
class Window:
    """An open window with the list of 东风 and its households."""

    window: AidWindow
    dongfeng: AidList
    households: list[Household]


def on_day(day: date) -> None:
    """Go to the morning of a day."""
    morning = datetime.combine(day, time(9, 30), tzinfo=clock.SHANGHAI)
    clock.set_shift(morning - datetime.now(UTC))


def ready_household(office: Office, name: str, **fields: object) -> Household:
    """A household that lacks nothing: reviewed file, consents, account, a visit by the system's hand."""
    household = a_household(office, name, **fields)
    with transaction():
        household.reviewed_on = clock.today()
    a_visit(household, office.wang, office.zhao)
    return household


def a_window(office: Office, names: tuple[str, ...] = ("张一", "张二", "张三"), *, kind: str = "spring_festival",
             code: str = "2027-festival", day: date = JANUARY) -> Window:  # fmt: skip
    """The window opened by the reviewer, and the list of 东风 proposed by its caseworker."""
    on_day(day)
    households = [ready_household(office, name) for name in names]
    window = open_window(kind, code, by=office.chen)
    aid_list = lists.propose(window.id, office.dongfeng.id, by=office.wang)
    return Window(window, aid_list, households)


def a_colleague(office: Office) -> Actor:
    """A second caseworker of 东风."""
    person = keep_person(name="张立新", resident_id=an_id(date(1975, 5, 5), 901), by=SYSTEM)
    user = accounts.create_user(
        person_id=person.id, union_id=office.dongfeng.id, username="zhang", roles=(Role.CASEWORKER,),
        password=PASSWORD, by=SYSTEM,
    )  # fmt: skip
    return actor_of(user)


def rows_of(aid_list: AidList) -> list[Case]:
    """The rows of a list, in the order of their numbers."""
    return list(db.session.scalars(db.select(Case).where(Case.list_id == aid_list.id).order_by(Case.id)))


def a_meeting(union_id: int, by: Actor, number: str = "会纪〔2027〕1号") -> int:
    """A meeting of a union today."""
    return cases.record_meeting(union_id, number=number, on=clock.today(), attendees=["李建国", "王秀兰"], by=by).id


def to_approval(office: Office, aid_list: AidList) -> None:
    """Take the whole list to the point where the chair decides."""
    lists.submit(aid_list.id, by=office.wang)
    lists.give_opinion(aid_list.id, meeting_id=a_meeting(office.dongfeng.id, office.li), note="同意", by=office.li)
    lists.post_notice(aid_list.id, place="林场公示栏", by=office.wang)
    over = load_calendar().add_working_days(clock.today(), 6).on
    on_day(over)
    run_due(over, by=system_actor())
    lists.review(aid_list.id, note="同意", by=office.chen)
