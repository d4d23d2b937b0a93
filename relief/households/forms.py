"""What does a file's form ask? The shape of input; rules are in the services."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from relief.domain.household import Category, Cause, FileTier, Heating, Relation
from relief.households.closing import CLOSING, REOPENING
from relief.households.fields import MOST_OTHER_CAUSES
from relief.households.purposes import Purpose
from relief.households.reveals import REASONS
from relief.web.forms import (
    CountField,
    DayField,
    Form,
    LongTextField,
    ManyPickField,
    MoneyField,
    Needed,
    NeededWhen,
    PhoneField,
    PickField,
    TextField,
    TickField,
    VersionedForm,
    YesNoField,
)

RELATIONS = [(one.value, one.label) for one in Relation if one is not Relation.HEAD]


class FileFieldsForm(VersionedForm):
    """The fields of the household itself."""

    declared_category = PickField(_l("Declared category"), codes=Category)
    file_tier = PickField(_l("File tier"), codes=FileTier)
    main_cause = PickField(_l("Main cause of hardship"), codes=Cause)
    other_causes = ManyPickField(_l("Further causes"), codes=Cause, most=MOST_OTHER_CAUSES)
    cause_note = TextField(_l("The cause in words"), [NeededWhen("main_cause", "10")], most=200)
    heating = PickField(_l("Heating"), codes=Heating)
    address = TextField(_l("Address"), most=120)
    declared_size = CountField(_l("Members declared"), least=1, most=30)
    income_12 = MoneyField(_l("Income of the last 12 months"))
    rigid_12 = MoneyField(_l("Rigid expenditure of the last 12 months"))
    remark = LongTextField(_l("Remark"), most=1000)


class PersonForm(VersionedForm):
    """A person as a member."""

    name = TextField(_l("Name"), [Needed()], most=30)
    resident_id = TextField(_l("ID number"), most=30)
    phone = PhoneField(_l("Telephone"), most=24)
    nation = TextField(_l("Ethnic group"), most=30)
    born_on = DayField(_l("Born on"))
    health = LongTextField(_l("Health"), most=500)
    monthly_income = MoneyField(_l("Monthly income"))
    occupation = TextField(_l("Work or school"), most=60)


class OpenForm(FileFieldsForm):
    """A new file: its union, its head, and what is known already."""

    union_id = PickField(_l("Unit"), [Needed()])
    name = TextField(_l("Name of the head"), [Needed()], most=30)
    resident_id = TextField(_l("ID number"), [Needed()], most=30)
    phone = PhoneField(_l("Telephone"), most=24)
    nation = TextField(_l("Ethnic group"), most=30)
    occupation = TextField(_l("Work or school"), most=60)
    opened_on = DayField(_l("File opened on"))


class AddMemberForm(PersonForm):
    """A new member."""

    relation = PickField(_l("Relation to the head"), [Needed()], choices=RELATIONS)
    since = DayField(_l("Member since"))


class EditMemberForm(PersonForm):
    """A member as it stands; the ID only where none stood."""

    relation = PickField(_l("Relation to the head"), choices=RELATIONS)


class DayForm(VersionedForm):
    """A day for a step: leaving, death."""

    on = DayField(_l("Day"), [Needed()])


class HeadForm(VersionedForm):
    """The new head, and what the old one becomes."""

    member_id = PickField(_l("New head"), [Needed()], looks="radio")
    old_head_is = PickField(_l("What the old head is to the new one"), choices=RELATIONS)


class MoveForm(VersionedForm):
    """The union that the file goes to."""

    union_id = PickField(_l("To which unit"), [Needed()])
    on = DayField(_l("From which day"), [Needed()])


class AccountForm(VersionedForm):
    """Where the money goes."""

    payee_id = PickField(_l("Who receives the money"), [Needed()], looks="radio")
    holder = TextField(_l("Name of the account holder"), [Needed()], most=30)
    bank = TextField(_l("Bank and branch"), [Needed()], most=80)
    card = TextField(_l("Card or account number"), [Needed()], most=40)


class ConsentForm(VersionedForm):
    """A signed consent."""

    purposes = ManyPickField(_l("The household consents to"), [Needed()], codes=Purpose)
    person_id = PickField(_l("Signed by"), [Needed()], looks="radio")
    signed_on = DayField(_l("Signed on"), [Needed()])


class DecideForm(VersionedForm):
    """A second person's decision on a proposed change."""

    accept = YesNoField(_l("Decision"), [Needed()], choices=(("yes", _l("Accept the change")), ("no", _l("Decline"))))
    phoned = TickField(_l("I confirmed the account with the household by phone"))
    retyped = TextField(_l("The ID number, typed again from the card"), most=30)
    note = TextField(_l("Note"), most=200)


class NumberForm(VersionedForm):
    """The right ID number of a person, and why the one on file is wrong."""

    resident_id = TextField(_l("The right ID number"), [Needed()], most=30)
    reason = TextField(_l("Why is the number on file wrong?"), [Needed()], most=200)


class NotDeadForm(VersionedForm):
    """Why a death was recorded in error."""

    reason = TextField(_l("Why was the death recorded in error?"), [Needed()], most=200)
    relation = PickField(_l("Relation to the head"), choices=RELATIONS)


class CloseForm(VersionedForm):
    """Why the file ends."""

    reason = PickField(_l("Why is the file closed?"), [Needed()], choices=list(CLOSING.items()), looks="radio")


class ReopenForm(VersionedForm):
    """Why the file begins again."""

    reason = PickField(_l("Why is it opened again?"), [Needed()], choices=list(REOPENING.items()), looks="radio")


class RevealForm(Form):
    """Why somebody looks behind a mask."""

    reason = PickField(_l("Why do you look at it?"), [Needed()], choices=list(REASONS.items()))
