"""Which codes describe a household? Causes, categories, tiers, relations, heating, each with its name."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TypeAlias

from relief.domain.labels import label
from relief.domain.sentences import Sentence


class Cause(IntEnum):
    """致困原因, in the order and with the numbers of the national form."""

    NO_CAPACITY = 1
    NOT_EMPLOYED = 2
    LAID_OFF = 3
    UNINSURED = 4
    INSURANCE_UNPAID = 5
    ILLNESS = 6
    DISASTER = 7
    ACCIDENT = 8
    SCHOOLING = 9
    OTHER = 10

    @property
    def label(self) -> Sentence:
        return label_of(self)


class Category(StrEnum):
    """困难类别, declared or assessed."""

    DEEP = "deep"
    RELATIVE = "relative"
    ACCIDENT = "accident"
    MARGINAL = "marginal"
    BUREAU = "bureau"

    @property
    def label(self) -> Sentence:
        return label_of(self)


class FileTier(StrEnum):
    """Whose file it is: this decides which fund may pay."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    BUREAU = "bureau"

    @property
    def label(self) -> Sentence:
        return label_of(self)


class Relation(StrEnum):
    """与户主关系: what a member is to the head of the household."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    PARENT_IN_LAW = "parent_in_law"
    CHILD_IN_LAW = "child_in_law"
    OTHER = "other"

    @property
    def label(self) -> Sentence:
        return label_of(self)


class Heating(StrEnum):
    """取暖方式: how the home is kept warm."""

    CENTRAL = "central"
    ELECTRIC = "electric"
    COAL = "coal"
    WOOD = "wood"
    OTHER = "other"
    NONE = "none"

    @property
    def label(self) -> Sentence:
        return label_of(self)


Code: TypeAlias = Cause | Category | FileTier | Relation | Heating

# By type first: `Relation.OTHER` and `Heating.OTHER` are equal as text.
_NAMES: dict[type, dict[Code, Sentence]] = {
    Cause: {
        Cause.NO_CAPACITY: label("Unable to work"),
        Cause.NOT_EMPLOYED: label("Able to work, not employed"),
        Cause.LAID_OFF: label("Laid off or unemployed"),
        Cause.UNINSURED: label("Without social insurance"),
        Cause.INSURANCE_UNPAID: label("Social insurance benefits not granted"),
        Cause.ILLNESS: label("Struck by severe illness"),
        Cause.DISASTER: label("Struck by natural disaster"),
        Cause.ACCIDENT: label("Struck by an accident"),
        Cause.SCHOOLING: label("Children at school"),
        Cause.OTHER: label("Other cause"),
    },
    Category: {
        Category.DEEP: label("Deep hardship"),
        Category.RELATIVE: label("Relative hardship"),
        Category.ACCIDENT: label("Hardship by accident"),
        Category.MARGINAL: label("Marginal hardship"),
        Category.BUREAU: label("Bureau-level hardship"),
    },
    FileTier: {
        FileTier.NATIONAL: label("National file"),
        FileTier.PROVINCIAL: label("Provincial file"),
        FileTier.BUREAU: label("Bureau file"),
    },
    Relation: {
        Relation.HEAD: label("Head of household"),
        Relation.SPOUSE: label("Spouse"),
        Relation.CHILD: label("Child"),
        Relation.PARENT: label("Parent"),
        Relation.SIBLING: label("Brother or sister"),
        Relation.GRANDPARENT: label("Grandparent"),
        Relation.GRANDCHILD: label("Grandchild"),
        Relation.PARENT_IN_LAW: label("Parent-in-law"),
        Relation.CHILD_IN_LAW: label("Child-in-law"),
        Relation.OTHER: label("Other relation"),
    },
    Heating: {
        Heating.CENTRAL: label("Central heating"),
        Heating.ELECTRIC: label("Electric heating"),
        Heating.COAL: label("Coal"),
        Heating.WOOD: label("Firewood"),
        Heating.OTHER: label("Other heating"),
        Heating.NONE: label("No heating"),
    },
}


def label_of(code: Code) -> Sentence:
    """The name of a code, as data."""
    return _NAMES[type(code)][code]
