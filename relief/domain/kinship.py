"""How are two people related who must keep out of each other's cases? The codes of a declaration (回避)."""

from __future__ import annotations

from enum import StrEnum

from relief.domain.labels import label
from relief.domain.sentences import Sentence


class Kinship(StrEnum):
    """The kinds of closeness that staff declare; the same code stands both ways."""

    SPOUSE = "spouse"
    PARENT_CHILD = "parent_child"
    SIBLING = "sibling"
    IN_LAW = "in_law"
    OTHER = "other"

    @property
    def label(self) -> Sentence:
        return KINSHIP_LABELS[self]


KINSHIP_LABELS: dict[Kinship, Sentence] = {
    Kinship.SPOUSE: label("Husband and wife"),
    Kinship.PARENT_CHILD: label("Parent and child"),
    Kinship.SIBLING: label("Brothers and sisters"),
    Kinship.IN_LAW: label("Related by marriage"),
    Kinship.OTHER: label("Otherwise close"),
}
