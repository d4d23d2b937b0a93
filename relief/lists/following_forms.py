"""What is asked on the page of a list's follow-ups? One answer for many on top, one for each row, and how they meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form as Part
from wtforms import FormField, IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from relief import clock
from relief.cases.given import Answer
from relief.cases.words import SATISFACTION, WAYS
from relief.lists.answers import RowAnswer, name_of
from relief.web.forms import DayField, Form, PickField, TextField, TickField, YesNoField

TYPED = ("way", "received_it", "satisfaction", "words", "on")
"""The fields of an answer in the order in which Tab goes."""


class AnswerPart(Part):
    """What a household said, or many."""

    way = PickField(_l("How they were asked"), choices=list(WAYS.items()), blank="")
    received_it = YesNoField(_l("Did they receive the money?"), blank="")
    satisfaction = PickField(_l("How satisfied are they?"), choices=list(SATISFACTION.items()), blank="")
    words = TextField(_l("In their own words"), most=500)
    on = DayField(_l("Day of the call or visit"))


class RowPart(AnswerPart):
    """What the household of one row said; `same` takes the answer on top for what is left empty."""

    same = TickField(_l("Takes the answer above"))
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class AnswersForm(Form):
    """The answer for many; `answers_form` adds the rows."""

    all = FormField(AnswerPart)

    @property
    def answers(self) -> dict[int, RowAnswer]:
        """The rows that were answered, by case; those left alone are not among them."""
        found = {}
        for case_id, part in self.parts.items():
            if part.same.data or any(part[name].raw_data and part[name].raw_data[0].strip() for name in TYPED):
                found[case_id] = RowAnswer(part.version.data, _answer(part, self.all.form))
        return found

    @property
    def parts(self) -> dict[int, Any]:
        """The rows' own fields by case."""
        return {case_id: self[name_of(case_id)].form for case_id in self._case_ids}

    _case_ids: tuple[int, ...] = ()


def answers_form(case_ids: Iterable[int]) -> AnswersForm:
    """The form of these rows, as it was sent or empty."""
    ids = tuple(case_ids)
    rows = {name_of(case_id): FormField(RowPart) for case_id in ids}
    form: AnswersForm = type("RowAnswersForm", (AnswersForm,), {"_case_ids": ids, **rows})(
        data={"all": {"on": clock.today()}}
    )
    return form


def _answer(own: Any, common: Any) -> Answer:
    """The row's own words win. Day and way on top hold for every answer that names none; the rest for ticked rows,
    as far as the row does not say the contrary about what it received."""
    received = own.received_it.data
    if received is None and own.same.data:
        received = common.received_it.data
    agrees = own.same.data and received == common.received_it.data
    satisfaction = own.satisfaction.code or (common.satisfaction.code if agrees else "")
    return Answer(
        on=own.on.data or common.on.data or clock.today(), way=own.way.code or common.way.code, received_it=received,
        satisfaction=int(satisfaction) if satisfaction else None,
        words=own.words.data or (common.words.data if agrees else "") or "",
    )  # fmt: skip
