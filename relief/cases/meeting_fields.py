"""Which meeting decided this? One of the union's list, or a new one that is recorded in the same breath."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from relief import clock
from relief.cases import queries, service
from relief.cases.meeting_form import MeetingFields
from relief.domain.errors import RuleBroken
from relief.domain.permissions import Actor
from relief.web.formatting import day, in_chinese

NEW = "new"
OFFERED = 6
IN_CHINESE = Markup('<span lang="zh-Hans">{}</span>{}{}')


@dataclass(frozen=True)
class OfferedMeetings:
    """What a form offers: the latest meetings of the actor's union, and how a new one is prefilled."""

    choices: list[tuple[str, object]]
    begins: dict[str, Any]


def offered_meetings(by: Actor) -> OfferedMeetings:
    """The latest meetings, and a new one of today with those who met last."""
    meetings = queries.list_meetings(by.union_id or 0, OFFERED)
    comma = "，" if in_chinese() else ", "
    listed = [(str(one.id), IN_CHINESE.format(one.number, comma, day(one.on))) for one in meetings]
    last = "\n".join(meetings[0].attendees) if meetings else ""
    return OfferedMeetings(
        [*listed, (NEW, _l("A meeting that is not recorded yet"))],
        {"meeting_on": clock.today(), "attendees": last, "meeting": None if meetings else NEW},
    )


def meeting_id_of(form: MeetingFields, by: Actor) -> int | None:
    """The chosen meeting, recorded first when it is new. Call it inside the verb's transaction."""
    if form.meeting.code != NEW:
        return int(form.meeting.code) if form.meeting.code else None
    if by.union_id is None or form.meeting_on.data is None:
        raise RuleBroken("meeting", "Choose the meeting that decided this, or record it.")
    meeting = service.record_meeting(
        by.union_id, number=form.number.data or "", on=form.meeting_on.data,
        attendees=(form.attendees.data or "").splitlines(), by=by,
    )  # fmt: skip
    return meeting.id
