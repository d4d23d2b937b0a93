"""How does a window live in the demo? It opens, each unit's list takes its common steps, money and kits follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from relief import clock
from relief.db import db
from relief.demo import finance, road
from relief.demo.book import Book
from relief.demo.listing import FUNDS, unit_list
from relief.demo.people import Crew, crews, person
from relief.demo.steps import case_of, fund_id, working_days_on, working_from
from relief.demo.units import HOME
from relief.domain.aid import kinds
from relief.domain.aid.kind import Window
from relief.domain.ways import Way
from relief.domain.workflow import State
from relief.lists import service as lists
from relief.lists.service.deciding import rows_to_decide
from relief.policies.lunar import lunar_year
from relief.policies.queries import load_calendar
from relief.windows.models import AidWindow
from relief.windows.service import close_window, open_window

TOLD = timedelta(days=725)
A_YEAR = timedelta(days=365)
CLOSES_AFTER = timedelta(days=20)
# Which units work in a window of the last year, beside the newcomer's.
TURNS = {
    "spring_festival": ("局机关", "红旗林场", "太平经营所", "青峰林场", "贮木场", "职工医院"),
    "winter": ("汽车运输处",), "spring": ("前进林场",), "autumn": ("第一中学",),
}  # fmt: skip
BEFORE = ("spring_festival",)


@dataclass
class Campaign:
    """A window with the units that work in it; `window_id` once it is open."""

    kind: str
    window: Window
    units: list[Crew]
    window_id: int = 0


def campaigns(today: date, book: Book) -> list[Iterator[date]]:
    """The lives of every window that opened within the two years that are told, the earliest first."""
    lives: list[Iterator[date]] = []
    for one in _campaigns(today):
        lives.append(_decided(one))
        lives += [_paid(one, way, book) for way in (Way.TRANSFER, Way.GOODS)]
        lives += [unit_list(one.kind, one.window, of, place, len(one.units)) for place, of in enumerate(one.units)]
    return lives


def _campaigns(today: date) -> list[Campaign]:
    calendar = load_calendar()
    found = [
        Campaign(kind.code, window, _units(kind.code, window, today))
        for kind in kinds().values() if kind.way == "list"
        for year in range(today.year - 1, today.year + 2)
        for window in kind.windows(year, kind.default_policy(), calendar, lunar_year(year))
        if today - TOLD < window.opens_on < today
    ]  # fmt: skip
    return sorted((one for one in found if one.units), key=lambda one: one.window.opens_on)


def _units(kind: str, window: Window, today: date) -> list[Crew]:
    """All twelve where the window is open today, a few in those of the last year, one in those before."""
    home = [of for of in crews() if of.unit.name == HOME]
    others = [of for of in crews() if of.unit.name != HOME]
    if window.pay_by >= today:
        return home + others
    if window.opens_on < today - A_YEAR:
        return home if kind in BEFORE else []
    turn = kind if kind in TURNS else window.code.rpartition("-")[2]
    return home + [of for of in others if of.unit.name in TURNS[turn]]


def _decided(campaign: Campaign) -> Iterator[date]:
    """Opened by the reviewer, decided in one sitting, a row taken out and looked at again, closed after its days."""
    window = campaign.window
    yield working_from(window.opens_on)
    row = open_window(campaign.kind, window.code, by=person("chen"))
    campaign.window_id = row.id
    yield window.approve_by
    out = _decide(campaign)
    yield working_days_on(8)
    for case_id in out:
        if case_of(case_id).state == State.IN_APPROVAL:
            road.approve(case_id, FUNDS[campaign.kind])
    yield working_from(max(window.pay_by + CLOSES_AFTER, clock.today()))
    close_window(campaign.window_id, version=_version(campaign.window_id), by=person("chen"))


def _decide(campaign: Campaign) -> list[int]:
    """The vice-chair signs what is his, the chair the rest with the office meeting behind it; the rows taken out."""
    out: list[int] = []
    meeting = road.office_meeting("会议同意名单。")
    for signer in (person("liu"), person("sun")):
        waiting = rows_to_decide(campaign.window_id, signer)
        if not waiting:
            continue
        taken = {waiting[-1]: "与人社部门核实就业情况后再议。"} if len(waiting) > 5 and not out else {}
        lists.decide(
            campaign.window_id, taken_out=taken, fund_id=fund_id(FUNDS[campaign.kind]), note="同意", by=signer,
            meeting_id=meeting if signer is person("sun") else None,
        )  # fmt: skip
        out += taken
    return out


def _paid(campaign: Campaign, way: Way, book: Book) -> Iterator[date]:
    """The window's own sheet of this way, so that the aid is in hand on its day; what came later has another."""
    yield working_from(campaign.window.sheet_by)
    yield from finance.pay(FUNDS[campaign.kind], way, book, campaign.window_id)
    yield working_days_on(12)
    yield from finance.pay(FUNDS[campaign.kind], way, book, campaign.window_id)


def _version(window_id: int) -> int:
    db.session.flush()
    return db.session.get_one(AidWindow, window_id).version
