"""On which days do the lunar feasts fall? Facts from the lunar library, for deadlines and provisional years."""

from __future__ import annotations

from datetime import date
from functools import cache

from relief.domain.calendar import LunarYear, statutory_days


@cache
def lunar_year(year: int) -> LunarYear:
    """正月初一 of the year, and the 小年 (northern, 腊月廿三) and 腊八 before it."""
    return LunarYear(year, _lunar(year, 1, 1), _lunar(year - 1, 12, 23), _lunar(year - 1, 12, 8))


@cache
def lawful_days_off(year: int) -> dict[date, str]:
    """The days off that the law gives in a year without a notice."""
    from lunar_python import Solar

    terms = Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable()
    bright = terms["清明"]
    return statutory_days(
        year,
        new_year=lunar_year(year).new_year,
        qingming=date(bright.getYear(), bright.getMonth(), bright.getDay()),
        dragon_boat=_lunar(year, 5, 5),
        mid_autumn=_lunar(year, 8, 15),
    )


def _lunar(year: int, month: int, day: int) -> date:
    from lunar_python import Lunar

    solar = Lunar.fromYmd(year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
