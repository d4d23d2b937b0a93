"""What do all papers share? Text that may be a sentence, values that a copy hides, hands that sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from relief.domain.labels import label
from relief.domain.sentences import Sentence

Text: TypeAlias = str | Sentence
"""What a person wrote (str, printed as it is) or what the system says (Sentence, said in the paper's language)."""

Copy: TypeAlias = Literal["archive", "masked"]
"""`archive` prints private values in full; `masked` hides them."""

ARCHIVE: Copy = "archive"
MASKED: Copy = "masked"
COPY_NAMES: dict[Copy, Sentence] = {ARCHIVE: label("Archive copy"), MASKED: label("Copy with private values hidden")}


@dataclass(frozen=True)
class Private:
    """A value that only an archive copy shows: an ID number, an account, a telephone.

    Whoever may not read the full value leaves `full` out; an archive copy then cannot be made (ValueError).
    """

    masked: str
    full: str | None = None

    def shown(self, copy: Copy) -> str:
        """The value as this copy prints it."""
        if copy == MASKED:
            return self.masked
        if self.full is None:
            raise ValueError("an archive copy needs the full value")
        return self.full


NOTHING_PRIVATE = Private("", "")


@dataclass(frozen=True)
class Hand:
    """A place to sign: what the signer is, and the name and day where they are known."""

    role: Text
    name: str = ""
    day: date | None = None
