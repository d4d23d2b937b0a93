"""What happens to a form? The one path: read it, act, or give it back with a sentence and what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FormField, IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from relief.db import transaction
from relief.domain.errors import NotAllowed, NotYours, Refusal, RuleBroken, Stale, WrongState
from relief.web.fields import (
    CountField,
    DayField,
    LongTextField,
    MoneyField,
    Needed,
    NeededWhen,
    PhoneField,
    TextField,
    TickField,
)
from relief.web.picks import Choices, ManyPickField, PickField, UploadField, YesNoField, choices_of
from relief.web.sentences import render, told, words

T = TypeVar("T")
STATUS: dict[type[Refusal], int] = {
    RuleBroken: 422,
    WrongState: 409,
    Stale: 409,
    NotAllowed: 403,
    NotYours: 404,
}


@dataclass(frozen=True)
class Difference:
    """One field that somebody else changed meanwhile: its label, what stands now, what was typed here."""

    label: str
    theirs: str
    yours: str


class _Catalogue:
    """WTForms' own few sentences go through the house's catalogue, so that no page mixes languages."""

    def gettext(self, string: str) -> str:
        return _(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return _(singular if n == 1 else plural)


class Form(FlaskForm):
    """Base of every form: CSRF, sentences in the reader's language, errors of the whole form, differences.

    `choices` gives fields what can be chosen in them by this reader now, before anything that was sent is read.
    """

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            return _Catalogue()

    def __init__(self, *args: Any, choices: Mapping[str, Choices] | None = None, **kw: Any) -> None:
        self.differences: list[Difference] = []
        self._offered = choices or {}
        super().__init__(*args, **kw)

    def process(self, *args: Any, **kw: Any) -> None:
        for name, offered in self._offered.items():
            self[name].choices = offered
        super().process(*args, **kw)

    @property
    def summary_errors(self) -> list[tuple[str | None, str]]:
        """Id of the field (None: the whole form) and sentence, in the order of the form."""
        whole = [(None, str(text)) for text in self.form_errors]
        return whole + [(field.id, str(text)) for field in _leaves(self) for text in field.errors]

    def refuse(self, refusal: Refusal) -> None:
        """Put the sentence (and those of `others`) where it belongs: on its field, else on the whole form."""
        for one in (refusal, *getattr(refusal, "others", ())):
            self._place(one.field, render(one.sentence))
        if isinstance(refusal, Stale):
            self._compare(refusal)

    def _place(self, name: str | None, text: str) -> None:
        field = next((leaf for leaf in _leaves(self) if name in (leaf.name, leaf.short_name)), None)
        if field is None or isinstance(field.widget, HiddenInput):
            self.form_errors.append(text)
        else:
            field.errors = [*field.errors, text]

    def _compare(self, stale: Stale) -> None:
        labels = {leaf.short_name: words(leaf.label.text) for leaf in _leaves(self)}
        self.differences = [
            Difference(labels.get(name, name), told(theirs), told(yours))
            for name, (theirs, yours) in stale.changes.items()
        ]
        if stale.version is not None and "version" in self:
            self["version"].data, self["version"].raw_data = stale.version, None


class VersionedForm(Form):
    """A form for a row that others may edit too: carries the version that its reader saw."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


def answer(
    form: Form,
    act: Callable[[], T],
    *,
    then: str | Callable[[T], str],
    page: Callable[[], ResponseReturnValue],
) -> ResponseReturnValue:
    """GET: the page. POST: validate, act, go on with 303; or the page again with sentences and what was typed.

    A broken rule answers 422, a wrong state or a stale version 409, forbidden hands 403; `NotYours` passes on
    and becomes the one 404 page. `then` is the address to go to, or makes it from what `act` returned.
    """
    if request.method in ("GET", "HEAD"):
        return page()
    if not form.validate():
        return _again(page, 422)
    try:
        result = act()
    except NotYours:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _again(page, status_of(refusal))
    return redirect(then(result) if callable(then) else then, 303)


def whole(act: Callable[..., T]) -> Callable[..., T]:
    """Several verbs that one form asks for, done together or not at all: a verb called by it joins."""

    @wraps(act)
    def together(*args: Any, **kwargs: Any) -> T:
        with transaction():
            return act(*args, **kwargs)

    return together


def status_of(refusal: Refusal) -> int:
    """The HTTP status that a refusal answers with; 422 for one that is not listed."""
    return next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)


def _again(page: Callable[[], ResponseReturnValue], status: int) -> ResponseReturnValue:
    response = make_response(page())
    response.status_code = status
    return response


def _leaves(fields: Any) -> Iterator[Field]:
    for field in fields:
        if isinstance(field, FormField):
            yield from _leaves(field)
        elif isinstance(field, FieldList):
            yield from _list_leaves(field)
        else:
            yield field


def _list_leaves(fields: FieldList) -> Iterator[Field]:
    for entry in fields:
        yield from _leaves(entry) if isinstance(entry, FormField) else iter((entry,))


__all__ = [
    "CountField", "DayField", "Difference", "Form", "LongTextField", "ManyPickField", "MoneyField", "Needed",
    "NeededWhen", "PhoneField", "PickField", "TextField", "TickField", "UploadField", "VersionedForm", "YesNoField",
    "answer", "choices_of", "status_of",
]  # fmt: skip
