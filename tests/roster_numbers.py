"""Which ID and card numbers do made rosters use? Synthetic ones, their check digits found another way than ours."""

from __future__ import annotations

from datetime import date
from random import Random

AREAS = ("230103", "230126", "230127", "230128", "231224", "232126", "232127", "232128", "232330")


def a_resident_id(dice: Random, born: date, male: bool) -> str:
    """A number of someone born that day; the check character is tried out: Σ digit·2^(18−place) ≡ 1 (mod 11)."""
    order = dice.randrange(0, 100)
    first = f"{dice.choice(AREAS)}{born:%Y%m%d}{order:02d}{dice.randrange(5) * 2 + male}"
    return next(first + last for last in "0123456789X" if _sum(first + last) % 11 == 1)


def wrong_check(dice: Random, number: str) -> str:
    """The same number with another last character."""
    return number[:17] + dice.choice([last for last in "123456789X" if last != number[17]])


def a_card(dice: Random) -> str:
    """A card of 19 digits that passes Luhn."""
    first = dice.choice(("622848", "621799", "622860", "622425")) + "".join(dice.choices("0123456789", k=12))
    return next(first + last for last in "0123456789" if _luhn_sum(first + last) % 10 == 0)


def wrong_card(card: str) -> str:
    """The same card with its last digit raised by one."""
    return card[:-1] + str((int(card[-1]) + 1) % 10)


def passes_luhn(card: str) -> bool:
    """True for a card whose check digit is right."""
    return _luhn_sum(card) % 10 == 0


def full_width(number: str) -> str:
    """The digits as a Chinese input method writes them when its full-width mode is on."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in number)


def _sum(number: str) -> int:
    digits = (10 if sign == "X" else int(sign) for sign in number)
    return sum(digit * 2 ** (17 - i) for i, digit in enumerate(digits))


def _luhn_sum(card: str) -> int:
    turned = [int(digit) for digit in card[::-1]]
    return sum(turned[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in turned[1::2])
