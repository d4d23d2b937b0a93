"""What do the forms of the unusual ways ask? Emergency aid, appeals, and money that must come back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from relief.cases.meeting_form import MeetingFields
from relief.domain.emergency import OUTCOMES, WAYS
from relief.domain.reasons import REASONS
from relief.web.forms import (
    DayField,
    LongTextField,
    MoneyField,
    Needed,
    NeededWhen,
    PickField,
    TextField,
    VersionedForm,
)

_LESS = ("lowered", "refused")


class UrgentForm(VersionedForm):
    """Why it cannot wait, and who ordered it."""

    why = LongTextField(_l("Why it cannot wait"), [Needed()], most=500)
    ordered_by = TextField(_l("Who ordered it at the bureau"), [Needed()], most=30)
    way = PickField(_l("How it was ordered"), [Needed()], choices=list(WAYS.items()), looks="radio")


class RatifyForm(VersionedForm, MeetingFields):
    """What the office meeting ratified."""

    outcome = PickField(_l("What the meeting decided"), [Needed()], choices=list(OUTCOMES.items()), looks="radio")
    amount = MoneyField(_l("Amount ratified"), [NeededWhen("outcome", "lowered")])
    reason = PickField(
        _l("Reason"), [NeededWhen("outcome", *_LESS)], choices=list(REASONS["revoke"].items()), looks="radio"
    )
    note = LongTextField(_l("The reason in a sentence, for the household"), [NeededWhen("outcome", *_LESS)], most=300)


class AppealForm(VersionedForm):
    """What the household says against the decision."""

    received_on = DayField(_l("Received on"), [Needed()])
    text = LongTextField(_l("What the household says against it"), [Needed()], most=1000)


class AnswerForm(VersionedForm):
    """The answer to an appeal."""

    outcome = PickField(
        _l("What was found"), [Needed()], looks="radio",
        choices=(
            ("upheld", _l("The appeal is upheld")),
            ("dismissed", _l("The appeal is not upheld: the decision is final")),
        ),
    )  # fmt: skip
    answer = LongTextField(_l("The answer, as the household reads it"), [Needed()], most=600)


class RecoveryForm(VersionedForm):
    """Money that came back."""

    amount = MoneyField(_l("Amount that came back"), [Needed()])
    on = DayField(_l("Day on which it came"), [Needed()])
    document_number = TextField(_l("Number of the receipt"), [Needed()], most=40)


class WriteOffForm(VersionedForm):
    """Money that is given up."""

    amount = MoneyField(_l("Amount given up"), [Needed()])
    reason = LongTextField(_l("Why it is given up"), [Needed()], most=300)
