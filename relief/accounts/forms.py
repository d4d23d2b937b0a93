"""What shape has the input of accounts? Signing in, one's own account, users, roles, unions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField
from wtforms.validators import EqualTo

from relief.domain.kinship import Kinship
from relief.domain.permissions import Role
from relief.web.forms import (
    DayField,
    Form,
    ManyPickField,
    Needed,
    PhoneField,
    PickField,
    TextField,
    TickField,
    VersionedForm,
)
from relief.web.locale import LANGUAGES


class SignInForm(Form):
    """User name and password; `next` is where the person wanted to go."""

    username = TextField(_l("User name"), [Needed()], most=60)
    password = PasswordField(_l("Password"), [Needed()])
    next = HiddenField()


class CodeForm(Form):
    """The one-time code that the phone shows."""

    code = TextField(_l("One-time code"), [Needed()], most=10)
    next = HiddenField()


class ConfirmForm(Form):
    """The password again, before money moves."""

    password = PasswordField(_l("Your password"), [Needed()])
    next = HiddenField()


class NewPasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(_l("New password"), [Needed()])
    again = PasswordField(
        _l("New password again"), [Needed(), EqualTo("password", _l("The two passwords differ."))]
    )


class ChangePasswordForm(NewPasswordForm):
    """The same, after the current one."""

    current = PasswordField(_l("Current password"), [Needed()])


class InvitationCodeForm(Form):
    """The code of a printed slip, typed by hand."""

    code = TextField(_l("Code of the slip"), [Needed()], most=40)


class SecondFactorForm(Form):
    """The first code of a new second factor; the secret travels sealed."""

    offered = HiddenField()
    code = TextField(_l("One-time code"), [Needed()], most=10)


class LooksForm(VersionedForm):
    """How this user reads: language and size of type."""

    language = PickField(_l("Language"), [Needed()], choices=tuple(LANGUAGES.items()), looks="radio")
    large_type = TickField(_l("Large type"))


class UserForm(Form):
    """A new account."""

    name = TextField(_l("Name"), [Needed()], most=60)
    resident_id = TextField(_l("Resident ID"), [Needed()], most=24)
    phone = PhoneField(_l("Phone"))
    union_id = PickField(_l("Union"), [Needed()])
    username = TextField(_l("User name"), most=60)
    roles = ManyPickField(_l("Roles"), [Needed()], codes=Role)


class GrantForm(Form):
    """A role with its days."""

    role = PickField(_l("Role"), [Needed()], codes=Role)
    since = DayField(_l("From"), [Needed()])
    until = DayField(_l("Until"))


class EndGrantForm(Form):
    """The day on which a role ends."""

    until = DayField(_l("Ends on"), [Needed()])


class RelativeForm(Form):
    """A declared relative, known by name and resident ID."""

    name = TextField(_l("Name of the relative"), [Needed()], most=60)
    resident_id = TextField(_l("Resident ID of the relative"), [Needed()], most=24)
    relation = PickField(_l("How related"), [Needed()], codes=Kinship)


class WithdrawRelativeForm(Form):
    """Why a declaration was wrong."""

    reason = TextField(_l("Why the declaration was wrong"), [Needed()], most=200)


class UnionForm(VersionedForm):
    """A union of the tree. The code is given once."""

    name = TextField(_l("Full name"), [Needed()], most=80)
    short_name = TextField(_l("Short name"), [Needed()], most=40)
    phone = TextField(_l("Phone"), most=30)
    address = TextField(_l("Office address"), most=120)
    area = TextField(_l("Area"), most=40)


class NewUnionForm(UnionForm):
    """The same, with its place in the tree and its code."""

    parent_id = PickField(_l("Union above"), [Needed()])
    code = TextField(_l("Union code"), [Needed()], most=20)


class AliasForm(Form):
    """Another spelling of a union's name."""

    alias = TextField(_l("Another spelling"), [Needed()], most=80)
