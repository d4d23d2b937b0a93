"""Does each kind of list go its whole road in a browser, from the opened window to the last closed case?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from relief.db import db, transaction
from relief.domain.money import ZERO, Money
from relief.policies.models import CalendarDay, CalendarYear
from tests.browser.conftest import Sitting
from tests.browser.list_road import ListRoad
from tests.browser.site import Site
from tests.build import the_office
from tests.build_cases import some_money
from tests.rooms.lists.bureau import JANUARY, ready_household

# Name, household; three of them with what makes the kinds differ: category, heating, number of members.
HOUSEHOLDS = (
    ("贺一", {"declared_category": "deep", "heating": "central", "members": 2}),
    ("贺二", {"declared_category": "bureau", "heating": "coal", "members": 4}),
    ("贺三", {"declared_category": "relative", "heating": "wood", "members": 3}),
)
# kind, window, the day on which it is worked, what a household lacks that nobody visited, who decides,
# and what goes out as money and as goods
KINDS = (
    ("seasonal", "2026-spring", date(2026, 3, 11), "走访", "liu", ZERO, Money.yuan(200 + 300 + 300)),
    ("winter", "2026-winter", date(2026, 8, 5), "走访", "liu", Money.yuan(500 + 900 + 800), ZERO),
    ("spring_festival", "2027-festival", JANUARY, "复核", "sun", Money.yuan(1_500 + 600 + 1_000), Money.yuan(3 * 200)),
)


def prepared(site: Site, day: date) -> None:
    """Three households that lack nothing; the two others of the site were never visited."""
    site.move_to(day)
    with site.app.app_context():
        office = the_office()
        for name, fields in HOUSEHOLDS:
            ready_household(office, name, **fields)
        some_money("F4", 100_000)
        if day.year == 2027:
            _holidays_announced(day.year)


def _holidays_announced(year: int) -> None:
    """The notice of the year's holidays came; until then no money is released on the end of a notice."""
    notice = f"国务院办公厅关于{year}年部分节假日安排的通知"
    with transaction():
        db.session.add(CalendarYear(year=year, notice=notice))
        db.session.add(CalendarDay(day=date(year, 1, 1), is_working=False, name="元旦", notice=notice))


@pytest.mark.parametrize(
    ("kind", "code", "day", "lacks", "decides", "money", "goods"), KINDS, ids=[kind[0] for kind in KINDS]
)
def test_a_list_goes_from_its_window_to_closed_cases(
    sit: Sitting, site: Site, tmp_path: Path, kind: str, code: str, day: date, lacks: str, decides: str, money: Money,
    goods: Money,
) -> None:  # fmt: skip
    prepared(site, day)
    road = ListRoad(sit())
    road.open_window(kind, code)
    road.make([name for name, _fields in HOUSEHOLDS], off={"张桂兰": "全家已迁往外地"})
    road.hand_in(behind="单雄信", lacks=lacks)
    road.to_the_board()
    road.decide(decides, meeting=decides == "sun")
    road.all_stand("待发放")
    if money:
        road.pay(money, tmp_path)
    if goods:
        road.hand_over(goods, tmp_path)
    road.all_stand("已发放")
    if kind == "spring_festival":
        road.bring()
    road.ask_and_close()
    road.all_stand("办结")
