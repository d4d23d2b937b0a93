"""Which meeting decided this? One of the union's list, or a new one that is recorded in the same breath."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from relief import clock
from relief.cases import queries, service
from relief.cases.forms import MeetingApproveForm, OpinionForm
from relief.domain.errors import RuleBroken
from relief.domain.permissions import Actor
from relief.domain.sentences import sentence

NEW = "new"
OFFERED = 6


def offer_meetings(form: OpinionForm | MeetingApproveForm, by: Actor) -> None:
    """Put the latest meetings of the actor's union into the form; a new one is prefilled from the last."""
    meetings = queries.list_meetings(by.union_id or 0, OFFERED)
    listed = [(str(one.id), sentence("%(number)s, %(day)s", number=one.number, day=one.on)) for one in meetings]
    form.meeting.choices = [*listed, (NEW, _l("A meeting that is not recorded yet"))]
    if form.meeting_on.raw_data is None and form.meeting_on.data is None:
        form.meeting_on.data = clock.today()
    if form.attendees.raw_data is None and not form.attendees.data:
        form.attendees.data = "\n".join(meetings[0].attendees) if meetings else ""


def meeting_id_of(form: OpinionForm | MeetingApproveForm, by: Actor) -> int | None:
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
