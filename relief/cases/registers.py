"""Which notices hang or hung, and which meetings were held? Page by page, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.cases.models import Meeting, Notice, NoticeRow
from relief.db import db
from relief.domain.permissions import Actor
from relief.web.paging import Ask, Page, page_of


@dataclass(frozen=True)
class ListedNotice:
    """One notice of the list."""

    id: int
    number: str
    unit: str
    state: str
    place: str
    posted_on: date | None
    ends_on: date | None
    provisional: bool
    rows: int

    @property
    def is_to_come_down(self) -> bool:
        """Its time is over, and the paper still hangs."""
        return self.state in ("ended", "stopped") or (
            self.state == "posted" and self.ends_on is not None and self.ends_on < clock.today()
        )


@dataclass(frozen=True)
class ListedMeeting:
    """One meeting of the list."""

    id: int
    number: str
    unit: str
    on: date
    attendees: list[str]


def list_notices(chosen: Mapping[str, object], *, by: Actor, ask: Ask) -> Page[ListedNotice]:
    """A page of notices. `chosen` may hold state and unit."""
    by.require("case.read")
    rows = sa.select(sa.func.count()).where(NoticeRow.notice_id == Notice.id).scalar_subquery()
    wanted = (
        sa.select(
            Notice.id, Notice.number, Union.short_name, Notice.state, Notice.place, Notice.posted_on, Notice.ends_on,
            Notice.provisional, rows,
        )
        .join(Union, Union.id == Notice.union_id)
        .where(within(Notice.union_id, by))
    )  # fmt: skip
    if "state" in chosen:
        wanted = wanted.where(Notice.state == chosen["state"])
    if "unit" in chosen:
        wanted = wanted.where(Notice.union_id == int(str(chosen["unit"])))
    return _paged(wanted, Notice, ask, ListedNotice)


def list_all_meetings(chosen: Mapping[str, object], *, by: Actor, ask: Ask) -> Page[ListedMeeting]:
    """A page of meetings. `chosen` may hold unit."""
    by.require("household.read")
    wanted = (
        sa.select(Meeting.id, Meeting.number, Union.short_name, Meeting.on, Meeting.attendees)
        .join(Union, Union.id == Meeting.union_id)
        .where(within(Meeting.union_id, by))
    )
    if "unit" in chosen:
        wanted = wanted.where(Meeting.union_id == int(str(chosen["unit"])))
    return _paged(wanted, Meeting, ask, ListedMeeting)


def _paged(wanted: Any, model: Any, ask: Ask, shape: type[Any]) -> Page[Any]:
    key = ask.key[0] if ask.key and isinstance(ask.key[0], int) else None
    if key is not None:
        wanted = wanted.where(model.id > key if ask.backwards else model.id < key)
    wanted = wanted.order_by(model.id if ask.backwards else model.id.desc()).limit(ask.size + 1)
    return page_of([shape(*row) for row in db.session.execute(wanted)], ask, lambda row: (row.id,))
