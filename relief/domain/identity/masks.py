"""What of a name or number may others see? Enough to recognise one's own, never enough to use it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_BETWEEN = re.compile(r"[·\s\-]")


class ListedName(NamedTuple):
    """A name on a public list: in which unit, and the tail of a staff number that may tell two apart."""

    name: str
    unit: str
    tail: str


def mask_resident_id(number: str) -> str:
    """`230***********001*`; anything that is not 18 characters is stars throughout."""
    if len(number) != 18:
        return "*" * len(number)
    return f"{number[:3]}{'*' * 11}{number[14:17]}*"


def mask_card(number: str) -> str:
    """`****4873`: the last four digits only; a number too short to hide anything shows none."""
    return "****" + (number[-4:] if len(number) >= 12 else "")


def mask_phone(number: str) -> str:
    """`138****1234`; a landline keeps its first three and last two digits; shorter ones show none."""
    if len(number) == 11 and number.startswith("1"):
        return f"{number[:3]}****{number[7:]}"
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}" if len(number) >= 10 else "*" * len(number)


_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15,19}|1[3-9]\d{9})(?![0-9A-Za-z])")


def mask_numbers(text: str) -> str:
    """People's own words with every number that looks like an ID, a card or a mobile phone cut to its last four."""
    return _NUMBER.sub(lambda found: "****" + found[0][-4:], text)


def mask_name(name: str) -> str:
    """李*, 张*三, 欧**华, 乌*·**格: the first and, from three characters on, the last; dots stay."""
    letters = [i for i, sign in enumerate(name) if not _BETWEEN.fullmatch(sign)]
    shown = {letters[0]} if len(letters) > 1 else set()
    if len(letters) > 2:
        shown.add(letters[-1])
    return "".join(sign if i in shown or i not in letters else "*" for i, sign in enumerate(name))


def mask_names(listed: Sequence[ListedName]) -> list[str]:
    """The masked names in their order; where two of one unit look alike, each gets its tail: `李*(0231)`."""
    masked = [mask_name(row.name) for row in listed]
    seen = Counter(zip(masked, (row.unit for row in listed), strict=True))
    return [
        f"{mask}({row.tail})" if seen[mask, row.unit] > 1 and row.tail else mask
        for mask, row in zip(masked, listed, strict=True)
    ]
