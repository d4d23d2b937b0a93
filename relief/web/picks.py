"""What can be chosen in a form? One of several, several of many, yes or no, files; labels are sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from markupsafe import Markup
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import StopValidation
from wtforms.widgets import html_params

from relief.web.sentences import words
from relief.web.tongues import tongue_of

Choices = Iterable[tuple[str, object]] | Callable[[], Iterable[tuple[str, object]]]


def choices_of(codes: Iterable[Enum]) -> list[tuple[str, object]]:
    """Code and label of each member; the label is the member's own `.label`, a Sentence or text."""
    return [(str(code.value), getattr(code, "label", code.name)) for code in codes]


class _Drawn:
    """A select drawn from the field's own `options()`, a blank first."""

    validation_attrs = ("required", "disabled")

    def __call__(self, field: Any, **kw: Any) -> Markup:
        options = [("", words(field.blank), not field.code), *field.options()]
        kw.setdefault("id", field.id)
        drawn = Markup("").join(
            Markup('<option value="{}"{}{}>{}</option>').format(
                code, tongue_of(text), Markup(" selected") if chosen else "", text
            )
            for code, text, chosen in options
        )
        return Markup("<select {}>{}</select>").format(Markup(html_params(name=field.name, **kw)), drawn)  # noqa: S704


class _Worded:
    """Choices given as sentences, rendered when the page is; a callable is asked per request."""

    choices: Any

    def _listed(self) -> list[tuple[str, str]]:
        given = self.choices() if callable(self.choices) else self.choices or []
        return [(str(code), words(label)) for code, label in given]


class PickField(_Worded, SelectField):
    """One of several codes. Drawn as radios by `looks="radio"`; `codes=` gives an Enum member back."""

    widget = _Drawn()

    def __init__(self, label: object = None, validators: Any = None, *, choices: Choices | None = None,
                 codes: type[Enum] | None = None, looks: str = "select", blank: object = _l("Choose…"),
                 **kw: Any) -> None:  # fmt: skip
        self.codes, self.looks, self.blank = codes, looks, blank
        given = choices if choices is not None else (choices_of(codes) if codes else [])
        super().__init__(label, validators, choices=[], validate_choice=False, **kw)  # type: ignore[arg-type]
        self.choices = given

    def process_data(self, value: Any) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        code = str(valuelist[0]) if valuelist else ""
        self.data = code or None
        if code and code not in {known for known, _label in self._listed()}:
            self.data = None
            raise ValueError(_("Choose one of the list."))
        if code and self.codes:
            self.data = self._member(code)

    def _member(self, code: str) -> Enum:
        return next(member for member in self.codes or () if str(member.value) == code)

    @property
    def code(self) -> str:
        """The chosen code as text, empty when none."""
        return "" if self.data is None else str(getattr(self.data, "value", self.data))

    def options(self) -> list[tuple[str, str, bool]]:
        """Code, words, chosen: what the macros print."""
        return [(code, text, code == self.code) for code, text in self._listed()]

    def pre_validate(self, form: Any) -> None:
        return


class YesNoField(PickField):
    """Yes or no, and None when not answered."""

    def __init__(self, label: object = None, validators: Any = None, **kw: Any) -> None:
        kw.setdefault("choices", (("yes", _l("Yes")), ("no", _l("No"))))
        super().__init__(label, validators, looks="radio", **kw)

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = {"yes": True, "no": False}.get(self.data) if isinstance(self.data, str) else None

    @property
    def code(self) -> str:
        return {True: "yes", False: "no"}.get(self.data, "")


class ManyPickField(_Worded, SelectMultipleField):
    """Several of many codes, as ticks; a list of codes out (members with `codes=`); at most `most`."""

    looks = "ticks"

    def __init__(self, label: object = None, validators: Any = None, *, choices: Choices | None = None,
                 codes: type[Enum] | None = None, most: int | None = None, **kw: Any) -> None:  # fmt: skip
        self.codes, self.most = codes, most
        given = choices if choices is not None else (choices_of(codes) if codes else [])
        super().__init__(label, validators, choices=[], validate_choice=False, **kw)  # type: ignore[arg-type]
        self.choices = given

    def process_data(self, value: Any) -> None:
        self.data = list(value or [])

    def process_formdata(self, valuelist: list[Any]) -> None:
        known = {code for code, _label in self._listed()}
        typed = [str(code) for code in valuelist]
        if not known.issuperset(typed):
            self.data = []
            raise ValueError(_("Choose from the list."))
        self.data = [member for member in self.codes if str(member.value) in typed] if self.codes else typed

    def options(self) -> list[tuple[str, str, bool]]:
        """Code, words, chosen: what the macros print."""
        held = {str(getattr(one, "value", one)) for one in self.data or []}
        return [(code, text, code in held) for code, text in self._listed()]

    def pre_validate(self, form: Any) -> None:
        if self.most is not None and len(self.data or []) > self.most:
            raise StopValidation(_("Choose at most %(most)s.", most=self.most))


class UploadField(MultipleFileField):
    """Files, several at once, at most `most`. Their content is judged where they are stored."""

    looks = "files"

    def __init__(self, label: object = None, validators: Any = None, *, most: int = 10,
                 accept: str = ".jpg,.jpeg,.png,.pdf", **kw: Any) -> None:  # fmt: skip
        super().__init__(label, validators, **kw)  # type: ignore[arg-type]
        self.most, self.accept = most, accept

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [one for one in valuelist if getattr(one, "filename", "")]
        self.raw_data = self.data

    def pre_validate(self, form: Any) -> None:
        if len(self.data or []) > self.most:
            raise StopValidation(_("Choose at most %(most)s files at a time.", most=self.most))
