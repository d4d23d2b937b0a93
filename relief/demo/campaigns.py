"""How does a list live in the demo? A window opens, the unit's list takes its common steps, money and kits follow."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.cases import service as cases
from relief.cases.models import Case
from relief.db import db
from relief.demo.people import person
from relief.demo.steps import SIGNED, working_days_on
from relief.domain.aid import kinds
from relief.domain.aid.kind import Window
from relief.domain.visit_codes import Aspect
from relief.domain.workflow import State
from relief.funds.queries import find_fund
from relief.households.consents import record_consent
from relief.households.models import Account, Consent, Household
from relief.households.purposes import Purpose
from relief.households.service import review_file
from relief.lists import service as lists
from relief.lists.service.deciding import rows_to_decide
from relief.policies.lunar import lunar_year
from relief.policies.queries import load_calendar
from relief.visits.given import VisitorGiven
from relief.visits.models import Visit
from relief.visits.service import log_visit
from relief.windows.service import open_window

HOME = "东风林场"
TOLD = timedelta(days=350)
OPENS_AFTER = timedelta(days=3)
SEEN_WITHIN = timedelta(days=150)


def campaigns(today: date) -> list[Iterator[date]]:
    """The life of every window that opened within the year that is told, the earliest first."""
    calendar = load_calendar()
    found = [
        (kind.code, window)
        for kind in kinds().values() if kind.way == "list"
        for year in (today.year - 1, today.year, today.year + 1)
        for window in kind.windows(year, kind.default_policy(), calendar, lunar_year(year))
        if today - TOLD < window.opens_on < today - OPENS_AFTER
    ]  # fmt: skip
    return [_live(kind, window) for kind, window in sorted(found, key=lambda one: one[1].opens_on)]


def _live(kind: str, window: Window) -> Iterator[date]:
    """Each step on its day: opened, visited, proposed, handed in, discussed, posted, reviewed, decided."""
    yield _working(window.opens_on)
    window_id = open_window(kind, window.code, by=person("chen")).id
    yield _working(window.opens_on + timedelta(days=1))
    _prepare()
    aid_list = lists.propose(window_id, _home().id, by=person("wang"))
    list_id = aid_list.id
    yield _working(max(window.apply_by - timedelta(days=3), clock.today() + timedelta(days=1)))
    lists.submit(list_id, by=person("wang"))
    yield working_days_on(1)
    _discuss(list_id)
    yield working_days_on(1)
    lists.post_notice(list_id, place="林场办公楼公示栏", by=person("wang"))
    yield working_days_on(6)
    lists.review(list_id, note="材料齐全，程序合规。", by=person("chen"))
    yield working_days_on(1)
    _decide(window_id, list_id)
    yield working_days_on(25)
    _ask(list_id)


def _prepare() -> None:
    """What a list asks of a household: a reviewed file, its consents, and a visit that saw the heating."""
    wang, zhang = person("wang"), person("zhang")
    for household in _households():
        review_file(household.id, by=wang)
        for purpose in _missing_consents(household.id):
            record_consent(household.id, purpose=purpose, by=wang)
        if not _was_seen(household.id):
            log_visit(
                household.id, client_uuid=str(uuid.uuid4()), kind="verification", on=clock.today(),
                visitors=[VisitorGiven(wang.person_id), VisitorGiven(zhang.person_id)], talked_to="户主",
                note="入户核实，情况属实。", by=wang,
                seen={Aspect.HOUSING: "自有平房，保暖一般", Aspect.HEATING: "烧柴取暖，储柴够用", Aspect.FOOD: "够吃"},
            )  # fmt: skip


def _households() -> list[Household]:
    """Households of the unit that the newcomer works in, with an account."""
    return list(
        db.session.scalars(
            sa.select(Household)
            .join(Account, Account.household_id == Household.id)
            .where(Household.union_id == _home().id, Account.state == "active", Household.status == "active")
            .order_by(Household.id)
        ).unique()
    )


def _missing_consents(household_id: int) -> list[Purpose]:
    signed = set(db.session.scalars(sa.select(Consent.purpose).where(Consent.household_id == household_id)))
    return [one for one in SIGNED if one.value not in signed]


def _was_seen(household_id: int) -> bool:
    """Whether a visit of the last months looked at the heating already: nobody goes twice for one winter."""
    since = clock.today() - SEEN_WITHIN
    seen = sa.select(Visit.id).where(Visit.household_id == household_id, Visit.on >= since)
    return db.session.scalar(seen.limit(1)) is not None


def _discuss(list_id: int) -> None:
    li = person("li")
    meeting = cases.record_meeting(
        li.union_id or 0, number=f"东风工会会纪〔{clock.today().year}〕名单{list_id:02d}号", on=clock.today(),
        attendees=["李建国", "王秀兰", "张立新"], resolution="逐户讨论，同意上报。", by=li,
    )  # fmt: skip
    lists.give_opinion(list_id, meeting_id=meeting.id, note="情况属实，同意上报。", by=li)


def _decide(window_id: int, list_id: int) -> None:
    """The vice-chair signs what is his, the chair the rest with the office meeting behind it; one row is taken out."""
    fund, sun = find_fund("F4"), person("sun")
    meeting = cases.record_meeting(
        sun.union_id or 0, number=f"兴林工办纪〔{clock.today().year}〕批次{window_id:02d}号", on=clock.today(),
        attendees=["孙德福", "刘志强", "陈静", "吴海生"], resolution="会议同意名单。", by=sun,
    )  # fmt: skip
    for signer in (person("liu"), sun):
        waiting = rows_to_decide(window_id, signer)
        if not waiting:
            continue
        out = {waiting[0]: "与人社部门核实就业情况后再议。"} if signer is sun and len(waiting) > 5 else {}
        lists.decide(
            window_id, taken_out=out, fund_id=fund.id if fund else None,
            meeting_id=meeting.id if signer is sun else None, note="同意", by=signer,
        )  # fmt: skip


def _ask(list_id: int) -> None:
    """Every fifth household is asked whether it came."""
    paid = db.session.scalars(
        sa.select(Case.id).where(Case.list_id == list_id, Case.state == State.PAID).order_by(Case.id)
    ).all()
    chen = person("chen")
    for case_id in paid[::5]:
        case = db.session.get_one(Case, case_id)
        if case.kind == "spring_festival":
            continue  # handed over in person first: the caseworkers are still on their way
        cases.follow_up(
            case_id, version=case.version, on=clock.today(), way="phone", received_it=True, satisfaction=5,
            words="收到了，谢谢组织。", by=chen,
        )  # fmt: skip


def _home() -> Union:
    return db.session.scalars(sa.select(Union).where(Union.short_name == HOME)).one()


def _working(day: date) -> date:
    return load_calendar().next_working_day(day).on
