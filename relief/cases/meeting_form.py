"""What does a form ask about the meeting behind a decision? One of the list, or a new one with its fields."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from relief.web.fields import DayField, LongTextField, Needed, NeededWhen, TextField
from relief.web.picks import PickField


class MeetingFields:
    """A meeting of the list, or a new one."""

    meeting = PickField(_l("Which meeting decided this"), [Needed()], looks="radio")
    number = TextField(_l("Number of the minutes"), [NeededWhen("meeting", "new")], most=40)
    meeting_on = DayField(_l("Day of the meeting"), [NeededWhen("meeting", "new")])
    attendees = LongTextField(_l("Who took part, one on each line"), [NeededWhen("meeting", "new")], most=600)
