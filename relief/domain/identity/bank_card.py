"""Can money go to this card? 12 to 19 digits; failing Luhn warns; the first digits hint at the bank."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from relief.domain.errors import RuleBroken
from relief.domain.identity.typed_number import lost_digits, typed
from relief.domain.labels import label
from relief.domain.sentences import Sentence

_BANKS: tuple[tuple[Sentence, str], ...] = (
    (
        label("Industrial and Commercial Bank of China"),
        "622202 622203 621226 621225 621558 621559 622208 95588",
    ),
    (label("Agricultural Bank of China"), "622848 622845 622846 622849 622841 622823 623052 95599"),
    (label("Bank of China"), "621660 621661 621663 621785 621790 621568 601382 456351"),
    (label("China Construction Bank"), "621700 622700 621081 621284 623668 436742"),
    (label("Postal Savings Bank of China"), "621799 621798 621797 622188 621096 621098 621095 622150 622151"),
    (label("Bank of Communications"), "622262 622260 622258 622261 601428"),
    (label("Longjiang Bank"), "622860"),
    (label("Harbin Bank"), "622425"),
    (label("China Merchants Bank"), "622580 622588 621486 621483"),
)
_BY_BIN = {start: bank for bank, starts in _BANKS for start in starts.split()}


@dataclass(frozen=True)
class Card:
    """A judged account number. `luhn_ok` false is a warning: some passbooks fail it. Not shown in `repr`."""

    number: str = field(repr=False)
    luhn_ok: bool


def clean_card(value: object) -> str:
    """The digits as meant: half width, without blanks, dashes, apostrophes. Judges nothing."""
    return typed(value)


def judge_card(value: object) -> Card:
    """The card, or RuleBroken on `card` when it is not 12 to 19 digits. Cleans what it is given."""
    text = clean_card(value)
    if lost_digits(text):
        raise RuleBroken(
            "card", "The spreadsheet kept this card as a number and lost its last digits: type it as text."
        )
    if not re.fullmatch(r"\d{12,19}", text, re.ASCII):
        raise RuleBroken("card", "A bank card or account has 12 to 19 digits.")
    return Card(text, _luhn(text))


def bank_guess(number: str) -> Sentence | None:
    """The bank that the first digits hint at, or None; a hint for the form, never a rule."""
    return _BY_BIN.get(number[:6]) or _BY_BIN.get(number[:5])


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + i % 2) for i, digit in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
