"""What do the forms of a case ask? The shape of input; rules are in the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from relief.cases.given import Application
from relief.cases.meeting_form import MeetingFields
from relief.cases.words import MENDABLE, SATISFACTION, WAYS
from relief.domain.aid.kind import Kind
from relief.domain.reasons import REASONS
from relief.files.kinds import KINDS
from relief.web.forms import (
    CountField,
    DayField,
    Form,
    LongTextField,
    ManyPickField,
    MoneyField,
    Needed,
    NeededWhen,
    PickField,
    TextField,
    UploadField,
    VersionedForm,
    YesNoField,
)
from relief.web.picks import Choices

# The papers that hang on a case; those that the policy asks for come first.
OF_A_CASE = (
    "application", "identity", "event_proof", "income", "diagnosis", "study", "unit_proof", "invoice", "booklet",
    "living_allowance", "disability", "work", "visit_form", "check_report", "objection", "superior_opinion",
    "decision_paper", "commitment", "consent", "other",
)  # fmt: skip


# Field of an application → what the kind must ask for, so that the field is there.
_ASKED_BY = {
    "event_kind": "event", "event_on": "event", "grade": "grade", "item": "item", "months": "months", "cost": "cost",
    "beneficiary_id": "student",
}  # fmt: skip


class ApplicationForm(VersionedForm):
    """An application for aid that is worked one by one: the fields that the kind asks for, and no others."""

    item = PickField(_l("What the aid is for"), [Needed()], looks="radio")
    months = CountField(_l("For how many months"), [NeededWhen("item", "living")], least=1, most=12)
    cost = MoneyField(_l("Costs that the household bore itself"), [NeededWhen("item", "medical", "study")])
    beneficiary_id = PickField(_l("Who studies"), [NeededWhen("item", "study")])
    event_kind = PickField(_l("What happened"), [Needed()])
    event_on = DayField(_l("On which day"), [Needed()])
    story = LongTextField(_l("In a few sentences"), [Needed()], most=1000)
    grade = PickField(_l("Grade of loss"), [Needed()], looks="radio")
    requested = MoneyField(_l("Amount asked for, if it is less"))

    def __init__(self, *args: Any, of_kind: Kind, members: Sequence[tuple[str, str]] = (), **kw: Any) -> None:
        self._kind = of_kind
        offered: dict[str, Choices] = {
            "event_kind": list(of_kind.events.items()), "item": list(of_kind.items.items()),
            "beneficiary_id": list(members),
            "grade": [(str(grade), text) for grade, text in of_kind.grades.items()],
        }  # fmt: skip
        super().__init__(*args, choices=offered, **kw)

    def process(self, *args: Any, **kw: Any) -> None:
        super().process(*args, **kw)
        for name, asked in _ASKED_BY.items():
            if asked not in self._kind.asks:
                del self[name]
            elif asked == "event" and not self._kind.needs_event:
                self[name].validators, self[name].flags.required = (), False

    def said(self) -> Application:
        """The application as it is typed."""
        return Application(
            story=self.story.data or "", requested=self.requested.data, event_kind=self._code("event_kind"),
            event_on=self._typed("event_on"), grade=int(self._code("grade") or 0) or None,
            item=self._code("item") or None, months=self._typed("months"), cost=self._typed("cost"),
            beneficiary_id=int(self._code("beneficiary_id") or 0) or None,
        )  # fmt: skip

    def _typed(self, name: str) -> Any:
        return self[name].data if name in self else None

    def _code(self, name: str) -> str:
        return self[name].code or "" if name in self else ""


class StepForm(VersionedForm):
    """A step that asks nothing but to be confirmed."""


class NoteForm(VersionedForm):
    """A step with a note."""

    note = LongTextField(_l("Why"), [Needed()], most=500)


class OpinionForm(VersionedForm, MeetingFields):
    """The unit's opinion."""

    amount = MoneyField(_l("Amount that the unit proposes"), [Needed()])
    note = LongTextField(_l("Opinion"), [Needed()], most=500)


class PassOpinionsForm(Form):
    """Who gives a unit's opinions, from which day on."""

    to = PickField(_l("Who gives the opinion"), [Needed()], looks="radio")
    since = DayField(_l("From which day on"), [Needed()])
    until = DayField(_l("Up to which day"))
    why = TextField(_l("Why"), [Needed()], most=200)


class PassAgainForm(Form):
    """Who gives a unit's opinions where nobody is left who was named."""

    to = PickField(_l("Who gives the opinion"), [Needed()], looks="radio")
    why = TextField(_l("Why"), [Needed()], most=200)


class NoticeForm(VersionedForm):
    """Where the notice hangs."""

    place = TextField(_l("Where it hangs"), [Needed()], most=80)


class ObjectionForm(VersionedForm):
    """What somebody objects."""

    received_on = DayField(_l("Received on"), [Needed()])
    text = LongTextField(_l("What is objected"), [Needed()], most=1000)
    who = TextField(_l("Who objects, and how to reach them"), most=120)


class SettleForm(VersionedForm):
    """What came of looking into it."""

    outcome = PickField(
        _l("What was found"),
        [Needed()],
        looks="radio",
        choices=(
            ("go_on", _l("The objection is not upheld; the notice counts as it is")),
            ("repost", _l("The objection is not upheld; post the notice anew")),
            ("upheld", _l("The objection is upheld; the case is refused")),
        ),
    )
    finding = LongTextField(_l("How it was looked into, and what was found"), [Needed()], most=1000)


class ReviewForm(VersionedForm):
    """The bureau's review."""

    amount = MoneyField(_l("Amount that passes the review"), [Needed()])
    note = LongTextField(_l("Opinion of the review"), most=500)


class ApproveForm(VersionedForm):
    """A signature below the office meeting."""

    amount = MoneyField(_l("Amount approved"), [Needed()])
    fund = PickField(_l("Fund that pays"), looks="radio")
    note = LongTextField(_l("Remark"), most=500)


class MeetingApproveForm(ApproveForm, MeetingFields):
    """A signature with the office meeting behind it."""


class SendBackForm(VersionedForm):
    """Why it goes back, and what is to be mended."""

    reason = PickField(_l("Reason"), [Needed()], choices=list(REASONS["return"].items()), looks="radio")
    fields = ManyPickField(_l("What has to be mended"), [Needed()], choices=list(MENDABLE.items()))
    note = LongTextField(_l("What exactly is to be done"), [Needed()], most=500)


class RefuseForm(VersionedForm):
    """Why not, as the applicant reads it."""

    reason = PickField(
        _l("Reason"), [Needed()], looks="radio",
        choices=[(code, text) for code, text in REASONS["refuse"].items() if code != "J08"],
    )  # fmt: skip
    note = LongTextField(_l("The reason in a sentence, for the applicant"), [Needed()], most=300)


class WithdrawForm(VersionedForm):
    """Why the applicant gives it up."""

    reason = PickField(_l("Reason"), [Needed()], choices=list(REASONS["withdraw"].items()), looks="radio")
    note = LongTextField(_l("Remark"), most=300)


class RevokeForm(VersionedForm):
    """Why the award is taken away."""

    reason = PickField(_l("Reason"), [Needed()], choices=list(REASONS["revoke"].items()), looks="radio")
    note = LongTextField(_l("What was found"), [Needed()], most=500)


class FollowUpForm(VersionedForm):
    """What the household said."""

    on = DayField(_l("Day of the call or visit"), [Needed()])
    way = PickField(_l("How they were asked"), [Needed()], choices=list(WAYS.items()), looks="radio")
    received_it = YesNoField(_l("Did they receive the money?"), [Needed()])
    satisfaction = PickField(_l("How satisfied are they?"), choices=list(SATISFACTION.items()), looks="radio")
    words = LongTextField(_l("In their own words"), most=500)


class PaperForm(Form):
    """Papers for the case."""

    kind = PickField(_l("Kind of paper"), [Needed()], choices=[(kind, KINDS[kind]) for kind in OF_A_CASE])
    files = UploadField(_l("Photos or PDF files"), [Needed()])


class MeetingForm(Form):
    """A meeting and its minutes."""

    union_id = PickField(_l("Unit"), [Needed()])
    number = TextField(_l("Number of the minutes"), [Needed()], most=40)
    meeting_on = DayField(_l("Day of the meeting"), [Needed()])
    attendees = LongTextField(_l("Who took part, one on each line"), [Needed()], most=600)
    resolution = LongTextField(_l("What was decided"), most=2000)
    minutes = UploadField(_l("Minutes (scan or photo)"), most=10)
    photos = UploadField(_l("Photos of the meeting"), most=5)


class MeetingPaperForm(Form):
    """Minutes or a photo of a meeting."""

    kind = PickField(
        _l("Kind of paper"), [Needed()], choices=[(kind, KINDS[kind]) for kind in ("minutes", "meeting_photo")]
    )
    files = UploadField(_l("Photos or PDF files"), [Needed()])


class NoticePhotoForm(Form):
    """A photo of the board."""

    files = UploadField(_l("Photo of the board"), [Needed()], most=5)


class TakeDownForm(VersionedForm):
    """The paper came off the board."""
