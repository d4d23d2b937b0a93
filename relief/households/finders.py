"""What else can be searched for by a number? Rooms above households register how their numbers are found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence


@dataclass(frozen=True)
class Found:
    """Something found by its number: what it is, where it stands, and a line about it."""

    label: Sentence | str
    url: str
    note: Sentence | str | None = None


Finder = Callable[[str, Actor], list[Found]]
_finders: dict[str, tuple[re.Pattern[str], Finder]] = {}


def register(pattern: str, finder: Finder) -> None:
    """Let `finder(text, by)` answer texts that match the whole pattern, in upper case; it keeps to the scope."""
    _finders[pattern] = (re.compile(pattern, re.ASCII), finder)


def find_by_number(text: str, *, by: Actor) -> list[Found]:
    """What the rooms above find under this number; empty for any other text."""
    plain = text.strip().upper()
    return [found for shape, finder in _finders.values() if shape.fullmatch(plain) for found in finder(plain, by)]
