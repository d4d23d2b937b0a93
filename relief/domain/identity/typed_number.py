"""What did the person mean who typed this number? Width, blanks, dashes, quotes and Excel's doing undone."""

from __future__ import annotations

import re
import unicodedata

_EXACT_DIGITS = 15  # A spreadsheet keeps 15 digits of a number; the rest become zeros.
LONGEST = 200
_NOISE = re.compile(r"[\s'\"‘’`´“”\-‐‑‒–—−_]")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+|\d{16,}\.0*")


def typed(value: object) -> str:
    """Text of a cell or field without blanks, quotes, dashes and invisible signs; upper case, half width.

    A whole number of up to 15 digits is its digits. A longer one comes back in scientific form, because its
    last digits are gone: `lost_digits` is true of it. None is empty. What is longer than any number comes back cut, so
    that a page of signs is refused as quickly as a wrong number.
    """
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value)
    text = str(value).strip()
    if len(text) > LONGEST:
        return text[:LONGEST]
    if text.isascii() and text.isalnum():  # as most are: nothing to undo, and a roster has tens of thousands
        return text.upper()
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()


def lost_digits(text: str) -> bool:
    """Whether the cleaned text shows that a spreadsheet held it as a number and dropped its last digits."""
    return bool(_SCIENTIFIC.fullmatch(text))


def _number(value: int | float) -> str:
    whole = int(value) if value == value and abs(value) < 10**30 else 0
    if whole != value:
        return str(value)
    return str(whole) if len(str(abs(whole))) <= _EXACT_DIGITS else f"{whole:.15E}"
