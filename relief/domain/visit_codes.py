"""Which codes describe a visit? Kinds, places, what is looked at, needs by theme, states of a promise; with names."""

from __future__ import annotations

from enum import StrEnum

from relief.domain.labels import label
from relief.domain.sentences import Sentence


class VisitKind(StrEnum):
    """入户调查, 关怀走访, 回访: what the visit is for."""

    VERIFICATION = "verification"
    CARE = "care"
    FOLLOW_UP = "follow_up"

    @property
    def label(self) -> Sentence:
        return _KINDS[self]


class Place(StrEnum):
    """Where the talk took place."""

    HOME = "home"
    UNIT = "unit"
    PHONE = "phone"
    HOSPITAL = "hospital"

    @property
    def label(self) -> Sentence:
        return _PLACES[self]


class Aspect(StrEnum):
    """现状: what a visitor looks at."""

    HOUSING = "housing"
    HEATING = "heating"
    FOOD = "food"
    HEALTH = "health"
    SCHOOL = "school"
    WORK = "work"

    @property
    def label(self) -> Sentence:
        return _ASPECTS[self]


class Theme(StrEnum):
    """What a household asks for, so that needs can be counted across households (由点到面)."""

    LIVING = "living"
    MEDICAL = "medical"
    HOUSING = "housing"
    SCHOOLING = "schooling"
    WORK = "work"
    WAGES = "wages"
    FAMILY = "family"
    MIND = "mind"
    POLICY = "policy"
    OTHER = "other"

    @property
    def label(self) -> Sentence:
        return _THEMES[self]


class PromiseState(StrEnum):
    """未办, 在办, 已办, 无法办结."""

    OPEN = "open"
    DOING = "doing"
    DONE = "done"
    IMPOSSIBLE = "impossible"

    @property
    def label(self) -> Sentence:
        return _PROMISES[self]


_KINDS = {
    VisitKind.VERIFICATION: label("Verification visit"),
    VisitKind.CARE: label("Care visit"),
    VisitKind.FOLLOW_UP: label("Follow-up visit"),
}
_PLACES = {
    Place.HOME: label("At home"),
    Place.UNIT: label("At the unit"),
    Place.PHONE: label("By telephone"),
    Place.HOSPITAL: label("In hospital"),
}
_ASPECTS = {
    Aspect.HOUSING: label("Housing"),
    Aspect.HEATING: label("Heating"),
    Aspect.FOOD: label("Food"),
    Aspect.HEALTH: label("Health"),
    Aspect.SCHOOL: label("School"),
    Aspect.WORK: label("Employment"),
}
_THEMES = {
    Theme.LIVING: label("Daily living"),
    Theme.MEDICAL: label("Medical care"),
    Theme.HOUSING: label("Housing and heating"),
    Theme.SCHOOLING: label("Children's schooling"),
    Theme.WORK: label("Finding work"),
    Theme.WAGES: label("Labour relations and unpaid wages"),
    Theme.FAMILY: label("Family conflict"),
    Theme.MIND: label("Mind and mood"),
    Theme.POLICY: label("Questions about policy"),
    Theme.OTHER: label("Other need"),
}
_PROMISES = {
    PromiseState.OPEN: label("Not begun"),
    PromiseState.DOING: label("Being done"),
    PromiseState.DONE: label("Done as promised"),
    PromiseState.IMPOSSIBLE: label("Cannot be done"),
}
HEALTH_ASPECTS = frozenset({Aspect.HEALTH})
HEALTH_THEMES = frozenset({Theme.MEDICAL, Theme.MIND})
