"""Which workbooks are given out for past awards? A sample to fill in, and the rejected rows to be mended."""

from __future__ import annotations

from relief import clock
from relief.audit.service import record_access
from relief.documents.roster_workbook import Listing, write_listings
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.households.roster_headers import RETURNED, plain_header
from relief.opening.queries import get_import
from relief.opening.stored import StoredRow, report_of
from relief.web.sentences import render

# The words of these sheets are read again when they come back: they are Chinese for every reader.
PAID_HEADING = (
    "序号", "工作单位", "姓名", "*身份证号", "*救助类别", "项目", "*救助金额(元)", "所属期", "日期", "资金来源",
    "批次号/发放表号", "备注",
)  # fmt: skip
STANDING_HEADING = (
    "序号", "工作单位", "姓名", "*身份证号", "*救助类别", "*项目", "*起始月", "*截止月", "*每月金额", "资金来源",
    "备注",
)  # fmt: skip
KINDS = ("换季救助", "越冬救助", "春节救助", "日常救助", "特殊救助")
ITEMS = ("生活", "医疗", "助学")
SOURCES = ("中央财政", "省级", "上级工会", "本级工会经费", "行政补助", "社会捐助", "利息")
NOBODY = "11010119900101007X"  # fails its check: a row of the sample is rejected, never taken for a person


def sample_book() -> bytes:
    """A workbook with last year's sheet, this year's and the standing awards, each with a row that shows how."""
    year = clock.today().year
    return write_listings(
        [
            Listing(f"{year - 1}年发放表", PAID_HEADING, [_paid(year - 1)], _choices(PAID_HEADING)),
            Listing(f"{year}年发放表", PAID_HEADING, [_paid(year)], _choices(PAID_HEADING)),
            Listing("持续救助", STANDING_HEADING, [_standing(year)], _choices(STANDING_HEADING)),
        ]
    )


def rejected_rows(import_id: int, *, by: Actor) -> bytes:
    """The rows that were not taken, sheet by sheet under their own headings, each with why in a last column.

    Mended, it can be sent again. NotYours for an actor of a unit; who took it away is on the record of access.
    """
    report = report_of(get_import(import_id, by=by))
    rejected = list(report.rejected())
    listings = [
        _returned(sheet, heading, [row for row in rejected if row.sheet == sheet])
        for sheet, heading in report.headers.items()
        if any(row.sheet == sheet for row in rejected) or not rejected
    ]
    record_access("download", "opening", import_id, by=by)
    return write_listings(listings)


def _returned(sheet: str, heading: list[str], rows: list[StoredRow]) -> Listing:
    places = [place for place, words in enumerate(heading) if plain_header(words) != RETURNED]
    returned = []
    for row in rows:
        written = dict(enumerate(row.written))
        returned.append([*(written.get(place, "") for place in places), " ".join(map(render, row.said))])
    return Listing(sheet, [*(heading[place] for place in places), RETURNED], returned)


def _paid(year: int) -> list[str]:
    month = Month(year, 1)
    return ["1", "东风林场", "示例", NOBODY, KINDS[2], "", "1000", str(month), "", SOURCES[3], "第3批", "此行请删除"]


def _standing(year: int) -> list[str]:
    return ["1", "东风林场", "示例", NOBODY, KINDS[3], ITEMS[0], f"{year}-01", f"{year}-06", "300", "", "此行请删除"]


def _choices(heading: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    words = {"*救助类别": KINDS, "项目": ITEMS, "*项目": ITEMS, "资金来源": SOURCES}
    return {place: words[column] for place, column in enumerate(heading) if column in words}
