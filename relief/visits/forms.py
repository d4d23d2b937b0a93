"""What does the form of a visit ask? The shape of input; rules are in the services."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, FormField, HiddenField
from wtforms import Form as Part
from wtforms.validators import StopValidation

from relief.domain.visit_codes import Aspect, Place, PromiseState, Theme, VisitKind
from relief.visits.given import Told
from relief.web.forms import (
    DayField,
    LongTextField,
    ManyPickField,
    Needed,
    PickField,
    TextField,
    UploadField,
    VersionedForm,
    YesNoField,
)

People = list[tuple[str, object]]
PHOTOS = ".jpg,.jpeg,.png"
PROMISES = ("promise_0", "promise_1", "promise_2")


class Answered:
    """Yes or no must be said; a no is an answer."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is None:
            raise StopValidation(_("Say whether anything is different from last time."))


class NeededBeside:
    """This must be filled in when the other field of the same row is."""

    field_flags = {"sometimes": True}

    def __init__(self, other: str) -> None:
        self.other = other

    def __call__(self, form: Any, field: Field) -> None:
        if form[self.other].data and not field.data:
            raise StopValidation(_("A promise has words, somebody who keeps it, and a day."))


class OtherPerson(Part):
    """Somebody who came along and has no account."""

    name = TextField(_l("Name of another person"), most=30)
    resident_id = TextField(_l("ID number"), most=30)


class TellForm(VersionedForm):
    """What is told of a visit, now or when it is mended."""

    on = DayField(_l("Day of the visit"), [Needed()])
    place = PickField(_l("Where"), [Needed()], codes=Place, looks="radio")
    talked_to = TextField(_l("Whom did you talk to?"), most=60)
    unchanged = YesNoField(
        _l("Compared with last time"), [Answered()],
        choices=(("yes", _l("Unchanged since last time")), ("no", _l("Something is different"))),
    )  # fmt: skip
    themes = ManyPickField(_l("What do they need?"), codes=Theme)
    note = LongTextField(_l("Note"), most=2000)
    next_on = DayField(_l("Next visit"))
    photos = UploadField(_l("Photos"), accept=PHOTOS)
    signed_form = UploadField(_l("Photo of the signed visit form"), accept=PHOTOS + ",.pdf")


for _aspect in Aspect:
    setattr(TellForm, f"seen_{_aspect.value}", TextField(_aspect.label, most=300))
for _theme in Theme:
    setattr(TellForm, f"need_{_theme.value}", TextField(_l("In their words"), most=300))


def told_by(form: Any) -> Told:
    """What the form says, in the shape that the verbs take."""
    return Told(
        on=form.on.data, place=form.place.data, talked_to=form.talked_to.data or "",
        unchanged="unchanged" in form and form.unchanged.data is True,
        seen={one: form[f"seen_{one.value}"].data or "" for one in Aspect},
        needs={one: form[f"need_{one.value}"].data or "" for one in form.themes.data},
        next_on=form.next_on.data, note=form.note.data or "",
    )  # fmt: skip


class LogForm(TellForm):
    """A new visit; `log_form` adds those who may be chosen."""

    client_uuid = HiddenField()
    kind = PickField(_l("What for"), [Needed()], codes=VisitKind, looks="radio")
    other = FormField(OtherPerson)


def log_form(people: People, me: str) -> type[LogForm]:
    """The form of a new visit with these people as visitors and keepers of promises."""

    class PromisePart(Part):
        text = TextField(_l("What was promised"), [NeededBeside("due_on")], most=300)
        owner_id = PickField(_l("Who keeps it"), [NeededBeside("text")], choices=people, default=me)
        due_on = DayField(_l("By when"), [NeededBeside("text")])

    class ForThese(LogForm):
        visitors = ManyPickField(_l("Who went"), choices=people)

    for name in PROMISES:
        setattr(ForThese, name, FormField(PromisePart))
    return ForThese


class AnswerForm(VersionedForm):
    """How a promise stands."""

    state = PickField(_l("How does it stand?"), [Needed()], codes=PromiseState, looks="radio")
    answer = LongTextField(_l("What was done, or why it cannot be done"), most=500)
    told_on = DayField(_l("The household was told on"))
    confirmed = YesNoField(
        _l("What does the household say?"), choices=(("yes", _l("It agrees")), ("no", _l("It does not agree")))
    )
