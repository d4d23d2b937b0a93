"""Is this unified social credit code right (GB 32100)? 18 characters with a check character mod 31."""

from __future__ import annotations

from relief.domain.errors import RuleBroken
from relief.domain.identity.typed_number import typed

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def clean_credit_code(value: object) -> str:
    """The code as meant: half width, upper case, no blanks or dashes."""
    return typed(value)


def judge_credit_code(value: object) -> str:
    """The cleaned code, or RuleBroken on `credit_code`."""
    code = clean_credit_code(value)
    if len(code) != 18 or any(sign not in _ALPHABET for sign in code):
        raise RuleBroken(
            "credit_code", "A unified social credit code has 18 digits and letters, never I, O, S, V or Z."
        )
    rest = sum(_ALPHABET.index(sign) * weight for sign, weight in zip(code, _WEIGHTS, strict=False)) % 31
    if code[17] != _ALPHABET[(31 - rest) % 31]:
        raise RuleBroken("credit_code", "The last character of the credit code does not match: copy it again.")
    return code
