"""Is this resident ID real (GB 11643), and what does it say? Birth date and sex; the area never rejects.

An area code tells where and when a number was issued: people of 巴彦, 木兰, 通河 carry 2321xx or 2301xx.
Checksum and date decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from relief.domain.errors import RuleBroken
from relief.domain.identity.typed_number import lost_digits, typed
from relief.domain.labels import label
from relief.domain.sentences import Param, Sentence

OLDEST = 120
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class Sex(StrEnum):
    """As the resident ID says it."""

    MALE = "male"
    FEMALE = "female"

    @property
    def label(self) -> Sentence:
        return _SEX_LABELS[self]


_SEX_LABELS = {Sex.MALE: label("Male"), Sex.FEMALE: label("Female")}


class IdentityRefused(RuleBroken):
    """A number that cannot be a person's. `reason` is one stable code.

    The codes: missing, length, lost_digits, old_15, checksum, date, future, age. `suggestion` is the number
    that was probably meant (old_15 only); it stays out of the sentence, because sentences are logged.
    """

    def __init__(
        self,
        reason: str,
        message: str,
        *,
        field: str = "resident_id",
        suggestion: str | None = None,
        **params: Param,
    ) -> None:
        super().__init__(field, message, **params)
        self.reason = reason
        self.suggestion = suggestion


@dataclass(frozen=True)
class ResidentId:
    """A judged number: 18 characters, capital X. The number stays out of `repr`."""

    number: str = field(repr=False)
    born: date
    sex: Sex


def clean_resident_id(value: object) -> str:
    """What was meant: half width, no blanks, no apostrophe, X in upper case. Judges nothing."""
    return typed(value)


def judge_resident_id(value: object, today: date) -> ResidentId:
    """The resident ID as it stands, or IdentityRefused with its reason. Cleans what it is given."""
    text = clean_resident_id(value)
    _judge_shape(text)
    if text[17] != check_character(text[:17]):
        raise IdentityRefused("checksum", "The last character of the resident ID does not match: copy it again.")
    born = _born(text[6:14])
    _judge_age(born, today)
    return ResidentId(text, born, Sex.MALE if int(text[16]) % 2 else Sex.FEMALE)


def check_character(first_17: str) -> str:
    """The 18th character that belongs to 17 digits (mod 11)."""
    rest = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True)) % 11
    return _CHECKS[rest]


def upgrade_old(old: str) -> str:
    """The 18-character number of an old 15-digit one: the century 19 put in, the check character added."""
    if not re.fullmatch(r"\d{15}", old, re.ASCII):
        raise ValueError("an old resident ID has 15 digits")
    first_17 = old[:6] + "19" + old[6:]
    return first_17 + check_character(first_17)


def age_on(born: date, day: date) -> int:
    """Full years lived on the day; born on 29 February turns a year on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def read_sex(text: str) -> Sex | None:
    """男 or 女, as rosters write it."""
    return {"男": Sex.MALE, "女": Sex.FEMALE}.get(text.strip().removesuffix("性"))


def _judge_shape(text: str) -> None:
    if not text:
        raise IdentityRefused("missing", "The resident ID is missing.")
    if lost_digits(text) or _ends_in_lost_digits(text):
        raise IdentityRefused(
            "lost_digits",
            "The spreadsheet kept this resident ID as a number and lost its last digits: type it as text.",
        )
    if re.fullmatch(r"\d{15}", text, re.ASCII):
        raise IdentityRefused(
            "old_15",
            "This is an old 15-digit number. Take the 18 characters from the present card.",
            suggestion=upgrade_old(text),
        )
    if not re.fullmatch(r"\d{17}[\dX]", text, re.ASCII):
        raise IdentityRefused(
            "length",
            "A resident ID has 18 characters: 17 digits, then a digit or X. This one has %(count)s.",
            count=len(text),
        )


def _ends_in_lost_digits(text: str) -> bool:
    """15 digits and 000, unless the check character happens to be right: then the number may be real."""
    return bool(re.fullmatch(r"\d{15}000", text, re.ASCII)) and check_character(text[:17]) != "0"


def _born(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise IdentityRefused("date", "The birth date inside the resident ID does not exist.") from None


def _judge_age(born: date, today: date) -> None:
    if born > today:
        raise IdentityRefused("future", "The birth date inside the resident ID lies in the future.")
    if age_on(born, today) > OLDEST:
        raise IdentityRefused("age", "By this resident ID the person is older than %(years)s years.", years=OLDEST)
