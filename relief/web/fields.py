"""What can be typed into a form, and what comes out? Values of the trade, or a sentence why not."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, DateField, Field, IntegerField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import TextArea, TextInput

from relief.domain.money import Money
from relief.web.sentences import words


class Needed:
    """This must be filled in. `why` may say it in the words of the trade."""

    field_flags = {"required": True}

    def __init__(self, why: object = None) -> None:
        self.why = why

    def __call__(self, form: Any, field: Field) -> None:
        if _is_blank(field):
            raise StopValidation(words(self.why) or _("Fill in “%(label)s”.", label=words(field.label.text)))


class NeededWhen:
    """This must be filled in when another field holds one of these codes (the text beside “other”)."""

    field_flags = {"sometimes": True}

    def __init__(self, other: str, *codes: str) -> None:
        self.other, self.codes = other, codes

    def __call__(self, form: Any, field: Field) -> None:
        picked = form[self.other].data
        held = picked if isinstance(picked, list) else [getattr(picked, "value", picked)]
        if set(self.codes) & set(held) and _is_blank(field):
            raise StopValidation(_("Fill in “%(label)s”.", label=words(field.label.text)))


def _is_blank(field: Field) -> bool:
    if isinstance(field.data, bool):
        return not field.data and not field.raw_data  # an answered “no” is an answer; an empty tick sends nothing
    if isinstance(field.data, list):
        return not field.data
    raw = field.raw_data[0] if field.raw_data else field.data
    return raw is None or (isinstance(raw, str) and not raw.strip())


def half_width(text: str) -> str:
    """Full-width figures and signs as their plain ones, outer space gone."""
    return unicodedata.normalize("NFKC", text).strip()


class TextField(StringField):
    """One line, trimmed, without control characters, at most `most` characters. Blank is an empty string."""

    inner_breaks = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")

    def __init__(self, label: object = None, validators: Any = None, *, most: int = 200, **kw: Any) -> None:
        super().__init__(label, validators, **kw)  # type: ignore[arg-type]
        self.most = most

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            tidy = unicodedata.normalize("NFC", str(valuelist[0]).replace("\r\n", "\n"))
            self.data = self.inner_breaks.sub(" ", tidy).strip()

    def pre_validate(self, form: Any) -> None:
        if self.data and len(self.data) > self.most:
            raise StopValidation(_("Write at most %(most)s characters; these are %(now)s.",
                                   most=self.most, now=len(self.data)))  # fmt: skip


class LongTextField(TextField):
    """Several lines, trimmed; at most `most` characters (2,000)."""

    widget = TextArea()
    inner_breaks = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")

    def __init__(self, label: object = None, validators: Any = None, *, most: int = 2000, **kw: Any) -> None:
        super().__init__(label, validators, most=most, **kw)


class MoneyField(Field):
    """Yuan as typed in, Money out, None for blank. What was typed stays when it is no amount."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.plain if self.data is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data: Money | None = None
        typed = str(valuelist[0]) if valuelist else ""
        if not typed.strip():
            return
        try:
            self.data = Money.parse(typed)
        except ValueError:
            raise ValueError(_why_no_amount(typed)) from None


def _why_no_amount(typed: str) -> str:
    plain = half_width(typed).lstrip("¥￥").strip()
    if plain != typed.strip() and re.fullmatch(r"[\d,]+(\.\d{1,2})?", plain, re.ASCII):
        return _("Type the amount in plain half-width figures without a sign: %(plain)s.", plain=plain)
    if re.fullmatch(r"[\d,]+\.\d{3,}", plain, re.ASCII):
        return _("An amount has at most two decimals: fen are its smallest part.")
    if re.fullmatch(r"[-−]\s*[\d,]+(\.\d*)?", plain):
        return _("An amount cannot be negative.")
    return _("Type an amount in yuan, such as 1,234.50.")


class DayField(DateField):
    """A calendar day: ISO from the picker; 2026/2/26, 2026.2.26, 20260226 and 2026年2月26日 are read too."""

    _written = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?", re.ASCII)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = half_width(str(valuelist[0])) if valuelist else ""
        if typed:
            self.data = self._read(typed)

    def _read(self, typed: str) -> date:
        found = self._written.fullmatch(typed)
        if not found:
            raise ValueError(_("Type the day as year-month-day, such as 2026-02-26."))
        try:
            read = date(*(int(part) for part in found.groups()))
        except ValueError:
            raise ValueError(_("There is no such day in the calendar.")) from None
        if not 1900 <= read.year <= 2100:
            raise ValueError(_("The year must lie between 1900 and 2100."))
        return read


class CountField(IntegerField):
    """A whole number from `least` to `most`."""

    def __init__(self, label: object = None, validators: Any = None, *, least: int = 0, most: int = 99_999,
                 **kw: Any) -> None:  # fmt: skip
        super().__init__(label, validators, **kw)  # type: ignore[arg-type]
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = half_width(str(valuelist[0])) if valuelist else ""
        if not typed:
            return
        if not re.fullmatch(r"\d{1,9}", typed, re.ASCII) or not self.least <= int(typed) <= self.most:
            raise ValueError(_("Type a whole number from %(least)s to %(most)s.", least=self.least, most=self.most))
        self.data = int(typed)


class PhoneField(TextField):
    """A mobile or landline number; spaces, hyphens and +86 are dropped; blank is an empty string."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = half_width(str(valuelist[0])) if valuelist else ""
        self.data = re.sub(r"^(\+|00)86", "", re.sub(r"[\s()\-]", "", typed))
        if self.data and not re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}|\d{7,8}", self.data, re.ASCII):
            raise ValueError(_("Type a mobile number of 11 figures, or a landline with its area code."))

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else (self.data or "")


class TickField(BooleanField):
    """One box to tick; False when it is not."""
