"""What is asked for a new visit sheet, in a row of it, and for its photos? The shape of input."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import FormField

from relief.domain.visit_codes import Aspect, VisitKind
from relief.visits.forms import PHOTOS, OtherPerson
from relief.web.forms import DayField, Form, ManyPickField, Needed, PickField, TextField, UploadField

COMPANIONS = ("other_1", "other_2")


class NewSheetForm(Form):
    """Whom, when, by whom: what the paper is printed from. `find` adds households by name or number."""

    union_id = PickField(_l("Unit"), [Needed()])
    on = DayField(_l("Day of the round"), [Needed()])
    kind = PickField(_l("What for"), [Needed()], codes=VisitKind, looks="radio")
    visitors = ManyPickField(_l("Who goes"))
    households = ManyPickField(_l("Households of the round"), [Needed(_l("Tick at least one household."))])
    find = TextField(_l("Add a household"), most=60)


for _name in COMPANIONS:
    setattr(NewSheetForm, _name, FormField(OtherPerson))


class RowForm(Form):
    """One row of the paper, in its order; figures stand for its boxes."""

    result = TextField(_l("Result of the visit"), most=4)
    hands = TextField(_l("Who went"), most=12)
    on = TextField(_l("Day"), most=12)
    place = TextField(_l("Where"), most=4)
    talked_to = TextField(_l("Whom did you talk to?"), most=60)
    themes = TextField(_l("What do they need?"), most=20)
    note = TextField(_l("In their words, and what else was seen"), most=1000)
    promise = TextField(_l("What was promised"), most=300)
    due = TextField(_l("By when"), most=12)
    owner = TextField(_l("Who keeps it"), most=4)
    next = TextField(_l("Next visit"), most=12)


for _aspect in Aspect:
    setattr(RowForm, f"seen_{_aspect.value}", TextField(_aspect.label, most=300))

FIELDS = (
    "result", "hands", "on", "place", "talked_to", *(f"seen_{one.value}" for one in Aspect), "themes", "note",
    "promise", "due", "owner", "next",
)  # fmt: skip
"""The fields of a row in the order of the paper: the order in which Tab and Enter go."""


class PhotosForm(Form):
    """The photos of a round, and how each finds its row."""

    photos = UploadField(_l("Photos of the visits"), accept=PHOTOS, most=40)
    way = PickField(_l("Where they belong"), [Needed()], looks="radio")
    signed = UploadField(_l("Photos of the signed sheet"), accept=PHOTOS + ",.pdf", most=20)
