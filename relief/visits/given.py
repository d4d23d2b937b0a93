"""What does somebody say of a visit? Who went, what was told, needs, promises, in the shape that the verbs take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from relief.domain.visit_codes import Aspect, Place, Theme


@dataclass(frozen=True)
class VisitorGiven:
    """Somebody who went: a person with an account, or a name (better with the resident ID) without one."""

    person_id: int | None = None
    name: str = ""
    resident_id: str = ""


class NeedGiven(NamedTuple):
    """Something that the household asked for, by theme, perhaps in its own words."""

    theme: Theme
    text: str = ""


class PromiseGiven(NamedTuple):
    """What was promised, by which person, for which day; `row` is its row of the form, for the sentence about it."""

    text: str
    owner_id: int
    due_on: date
    row: int = 0


@dataclass(frozen=True)
class Told:
    """What is told of a visit and may be mended later: all but who went, what for, and what was promised."""

    on: date
    place: Place = Place.HOME
    talked_to: str = ""
    unchanged: bool = False
    seen: Mapping[Aspect, str] = field(default_factory=dict)
    needs: Mapping[Theme, str] = field(default_factory=dict)
    next_on: date | None = None
    note: str = ""
