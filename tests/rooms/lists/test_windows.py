"""Open and close a window: its days are computed once; after it closed no row enters, and rows on their way go on."""

from datetime import date

import pytest

from relief import clock
from relief.audit.models import AuditEntry
from relief.db import db
from relief.domain.errors import NotAllowed, RuleBroken, Stale, WrongState
from relief.lists import service as lists
from relief.windows.models import AidWindow
from relief.windows.queries import unopened_windows
from relief.windows.service import close_window, open_window
from tests.build import an_office
from tests.rooms.lists.bureau import FESTIVAL, JANUARY, a_window, on_day, ready_household, rows_of


@pytest.fixture
def office(app):
    return an_office()


def told(verb):
    return db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == verb)).one()


def test_a_window_opens_with_the_days_of_every_step(office):
    on_day(JANUARY)
    window = open_window(*FESTIVAL, by=office.chen)
    days = [window.apply_by, window.post_by, window.notice_over_by, window.approve_by, window.sheet_by, window.bank_by]
    assert days == sorted(days) and window.bank_by <= window.pay_by
    assert window.post_by <= window.last_safe_day and window.award_year == 2027
    assert told("window.open").changes["code"] == "2027-festival"
    assert FESTIVAL not in [(one.kind.code, one.window.code) for one in unopened_windows(clock.today())]


def test_twice_unknown_over_or_by_another_hand_it_does_not_open(office):
    on_day(JANUARY)
    with pytest.raises(NotAllowed):
        open_window(*FESTIVAL, by=office.wang)
    for kind, code in (("spring_festival", "1999-festival"), ("special", "2027-festival"), ("nothing", "x")):
        with pytest.raises(RuleBroken, match="no such window"):
            open_window(kind, code, by=office.chen)
    open_window(*FESTIVAL, by=office.chen)
    with pytest.raises(RuleBroken, match="opened before"):
        open_window(*FESTIVAL, by=office.chen)


def test_a_closed_window_takes_no_row_and_lets_the_others_go_on(office):
    opened = a_window(office, ("张一",))
    late = ready_household(office, "张二")
    with pytest.raises(NotAllowed):
        close_window(opened.window.id, version=opened.window.version, by=office.wang)
    with pytest.raises(Stale):
        close_window(opened.window.id, version=opened.window.version + 1, by=office.chen)
    window = close_window(opened.window.id, version=opened.window.version, by=office.chen)
    assert window.closed_at is not None and told("window.close").changes["code"] == "2027-festival"
    for act in (
        lambda: lists.propose(window.id, office.dongfeng.id, by=office.wang),
        lambda: lists.add_row(opened.dongfeng.id, late.id, why="补录", by=office.wang),
        lambda: close_window(window.id, version=window.version, by=office.chen),
    ):
        with pytest.raises(WrongState, match="closed"):
            act()
    assert lists.submit(opened.dongfeng.id, by=office.wang).rows == 1
    assert rows_of(opened.dongfeng)[0].state == "submitted"


def test_no_list_is_made_before_the_window_opens(office):
    on_day(JANUARY)
    ready_household(office, "张一")
    window_id = open_window(*FESTIVAL, by=office.chen).id
    window = db.session.get_one(AidWindow, window_id)
    on_day(date.fromordinal(window.opens_on.toordinal() - 1))
    with pytest.raises(RuleBroken, match="opens on"):
        lists.propose(window_id, office.dongfeng.id, by=office.wang)
