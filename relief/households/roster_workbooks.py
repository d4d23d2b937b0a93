"""Which workbooks are given out for rosters? An empty one to fill in, and the rejected rows to be mended."""

from __future__ import annotations

import json
from collections.abc import Sequence

import sqlalchemy as sa

from relief.audit.service import record_access
from relief.db import db
from relief.documents.roster_workbook import Listing, write_listings
from relief.domain.permissions import Actor
from relief.households.roster_headers import RETURNED, plain_header
from relief.households.roster_models import RosterImport, RosterRow
from relief.households.roster_queries import get_import
from relief.households.roster_stored import HOUSEHOLDS, MEMBERS, sentences_of
from relief.web.sentences import render

# The words of these sheets are read again when they come back: they are Chinese for every reader.
SHEET_NAMES = {HOUSEHOLDS: "困难职工", MEMBERS: "家庭成员"}
HOUSEHOLD_HEADING = (
    "序号", "*单位", "*姓名", "性别", "民族", "出生日期", "*身份证号", "联系电话", "家庭住址", "家庭人口",
    "近12个月总收入", "刚性支出", "*困难类别", "主要致困原因", "取暖方式", "开户银行", "银行卡号", "建档日期", "备注",
)  # fmt: skip
MEMBER_HEADING = (
    "*户主身份证号", "*成员姓名", "*与户主关系", "身份证号", "出生日期", "健康状况", "月收入", "单位或学校", "备注",
)  # fmt: skip
CHOICES = {
    "*困难类别": ("深度困难", "相对困难", "意外致困", "边缘困难", "局级困难"),
    "主要致困原因": (
        "无劳动能力", "有劳动能力而未就业", "下岗失业", "未参加社会保险", "社会保险待遇落实不到位", "患重特大疾病",
        "遭受自然灾害", "遭受意外事故", "子女上学", "其他",
    ),
    "取暖方式": ("集中供热", "电采暖", "烧煤", "烧柴", "其他", "无"),
    "*与户主关系": ("配偶", "子女", "父母", "兄弟姐妹", "祖父母", "孙子女", "其他"),
}  # fmt: skip


def empty_roster() -> bytes:
    """A workbook with the headings that an import reads; those that must be filled in are starred."""
    return write_listings([_empty(HOUSEHOLDS, HOUSEHOLD_HEADING), _empty(MEMBERS, MEMBER_HEADING)])


def rejected_rows(import_id: int, *, by: Actor) -> bytes:
    """The rows that were not taken, of both sheets, under their own headings, each with why in a last column.

    Mended, it can be sent again. NotYours outside the subtree; who took it away is on the record of access.
    """
    roster = get_import(import_id, by=by)
    household_heading, member_heading = roster.header
    listings = [_returned(roster, HOUSEHOLDS, household_heading)]
    if member_heading:
        listings.append(_returned(roster, MEMBERS, member_heading))
    record_access("download", "roster", import_id, by=by)
    return write_listings(listings)


def _empty(sheet: str, heading: Sequence[str]) -> Listing:
    choices = {place: CHOICES[words] for place, words in enumerate(heading) if words in CHOICES}
    return Listing(SHEET_NAMES[sheet], heading, choices=choices)


def _returned(roster: RosterImport, sheet: str, heading: Sequence[str]) -> Listing:
    rows = sa.select(RosterRow.body, RosterRow.reasons).where(
        RosterRow.import_id == roster.id, RosterRow.sheet == sheet, RosterRow.outcome == "rejected"
    )
    places = [place for place, words in enumerate(heading) if plain_header(words) != RETURNED]
    returned = []
    for body, reasons in db.session.execute(rows.order_by(RosterRow.row)):
        written = dict(enumerate(json.loads(body)["written"]))
        why = " ".join(render(one) for one in sentences_of(reasons))
        returned.append([*(written.get(place, "") for place in places), why])
    return Listing(SHEET_NAMES[sheet], [*(heading[place] for place in places), RETURNED], returned)
