"""How is a printed visit sheet named, so that its code survives handwriting and typing? (`K7M-4PX`)

Six characters of an alphabet of 31, without I, L, O, 0 and 1 that hands confuse. 31 is a prime: the last character,
a weighted sum, betrays any one wrong character and any two that were swapped.
"""

from __future__ import annotations

import re
import unicodedata

from relief.domain.errors import RuleBroken
from relief.domain.sentences import Sentence

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6
POSSIBLE = len(ALPHABET) ** (LENGTH - 1)
SHAPE = r"[A-Z0-9]{3}[ -]?[A-Z0-9]{3}"
"""What a person types who means such a code: the shape that the global search looks for."""

_BETWEEN = re.compile(r"[\s\-_.\u2010-\u2015\u2212]+")


def sheet_code(number: int) -> str:
    """The code of a number from 0 to POSSIBLE - 1, with its check character; ValueError outside."""
    if not 0 <= number < POSSIBLE:
        raise ValueError(f"no code for {number}")
    drawn = ""
    for _ in range(LENGTH - 1):
        number, place = divmod(number, len(ALPHABET))
        drawn = ALPHABET[place] + drawn
    return _spaced(drawn + _check(drawn))


def read_sheet_code(text: str) -> str:
    """The code as it is kept, however it was typed; RuleBroken on `code` says what is wrong with it."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    if len(plain) != LENGTH:
        raise RuleBroken("code", "The code of a sheet has six characters, such as %(code)s.", code=sheet_code(0))
    stray = next((sign for sign in plain if sign not in ALPHABET), None)
    if stray is not None:
        raise RuleBroken("code", "“%(sign)s” never stands in a code. Look at the paper again.", sign=stray)
    if _check(plain[:-1]) != plain[-1]:
        raise RuleBroken("code", "One character is wrong, or two are swapped. Look at the paper again.")
    return _spaced(plain)


def find_sheet_code(text: str) -> str | None:
    """The code, or None for any other text."""
    try:
        return read_sheet_code(text)
    except RuleBroken:
        return None


def why_no_code(text: str) -> Sentence | None:
    """What is wrong with a code as it was typed; None for a right one."""
    try:
        read_sheet_code(text)
    except RuleBroken as refusal:
        return refusal.sentence
    return None


def _check(drawn: str) -> str:
    """Each place weighs differently, and no two weights differ by a multiple of 31."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(drawn, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def _spaced(plain: str) -> str:
    return f"{plain[:3]}-{plain[3:]}"
