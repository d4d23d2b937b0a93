"""Can this number be called? Mobiles are judged; a landline will do as another contact."""

from __future__ import annotations

import re

from relief.domain.errors import RuleBroken
from relief.domain.identity.typed_number import typed

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"0\d{2,3}\d{7,8}", re.ASCII)
_COUNTRY = re.compile(r"(\+|00)?86(?=1\d{10}$)", re.ASCII)


def clean_mobile(value: object) -> str:
    """The digits as meant: without +86, blanks, dashes, brackets, the .0 of a spreadsheet. Judges nothing."""
    text = re.sub(r"[().]", "", re.sub(r"\.0+$", "", typed(value)))
    return _COUNTRY.sub("", text)


def judge_phone(value: object) -> str:
    """The 11 digits of a mobile, or RuleBroken on `phone`."""
    number = clean_mobile(value)
    if not _MOBILE.fullmatch(number):
        raise RuleBroken("phone", "A mobile number has 11 digits and begins with 13 to 19.")
    return number


def judge_contact(value: object) -> str:
    """The digits of a mobile or of a landline with its area code, or RuleBroken on `phone`."""
    number = clean_mobile(value)
    if not (_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number)):
        raise RuleBroken("phone", "Enter a mobile of 11 digits, or a landline with its area code.")
    return number
