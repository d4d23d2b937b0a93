"""What do the forms of windows and lists ask? The shape of input; rules are in the services."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from relief.cases.meeting_form import MeetingFields
from relief.web.forms import Form, LongTextField, Needed, PickField, TextField, VersionedForm


class WindowForm(Form):
    """A window to open: its kind and code, as `kind/code`."""

    window = PickField(_l("Window"), [Needed()])


class ProposeForm(Form):
    """The unit whose list is made."""

    union = PickField(_l("Unit"), [Needed()])


class ConfirmForm(VersionedForm):
    """An act on a window that asks nothing but to be confirmed."""


class StepForm(Form):
    """A step of a list that asks nothing but to be confirmed; `seen` says which rows and amounts stood on the page."""

    seen = HiddenField()


class OpinionForm(StepForm, MeetingFields):
    """The unit's opinion on a whole list."""

    note = LongTextField(_l("Opinion"), [Needed()], most=500)


class PlaceForm(StepForm):
    """Where the notice of the list hangs."""

    place = TextField(_l("Where it hangs"), [Needed()], most=80)


class RemarkForm(StepForm):
    """A step of a list with a remark."""

    note = LongTextField(_l("Remark"), most=500)


class DecisionForm(RemarkForm):
    """The decision on a window, below the office meeting."""

    fund = PickField(_l("Fund that pays"), [Needed()], looks="radio")
    why = LongTextField(_l("Why the marked rows are taken out"), most=300)


class MeetingDecisionForm(DecisionForm, MeetingFields):
    """The decision with the office meeting behind it."""


class WhyForm(VersionedForm):
    """A row leaves its list, or comes back."""

    why = LongTextField(_l("Why"), [Needed()], most=300)


class WhyForAllForm(Form):
    """Several rows leave their list, or come back."""

    why = LongTextField(_l("Why"), [Needed()], most=300)


class AddRowForm(Form):
    """A household that is put on the list by hand."""

    household = PickField(_l("Household"), [Needed()])
    why = LongTextField(_l("Why"), [Needed()], most=300)
