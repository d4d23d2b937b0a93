"""For what does a household consent? Each purpose by itself, signed, dated, and free to be withdrawn (PIPL 29)."""

from __future__ import annotations

from enum import StrEnum

from relief.domain.labels import label
from relief.domain.sentences import Sentence

WORDING = "2026-1"


class Purpose(StrEnum):
    """What the personal details may be used for."""

    FILE = "file"
    CHECK = "check"
    BANK = "bank"
    NOTICE = "notice"
    PHOTO = "photo"

    @property
    def label(self) -> Sentence:
        return _NAMES[self]


_NAMES = {
    Purpose.FILE: label("Keeping the file"),
    Purpose.CHECK: label("Checking the means with civil affairs"),
    Purpose.BANK: label("Passing the account to the bank"),
    Purpose.NOTICE: label("Public notice"),
    Purpose.PHOTO: label("Photos for publicity"),
}
