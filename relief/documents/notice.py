"""What stands on a public notice 公示单, and what can never get there? (domain facts §2.3)"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from relief.documents.paper import Text
from relief.domain.money import Money

_NUMBER_OF_A_PERSON = re.compile(r"\d{7,}")


@dataclass(frozen=True)
class NoticeRow:
    """One household on the board: a masked name and generic words only. `helped_first`: the money went before it.

    ValueError for a name without a mask, and for anything with seven digits in a row (ID, card, telephone).
    """

    masked_name: str
    unit: str
    kind: Text
    cause: Text
    amount: Money
    work_number_tail: str = ""
    helped_first: bool = False

    def __post_init__(self) -> None:
        if "*" not in self.masked_name:
            raise ValueError("a name on a notice is masked")
        for value in (self.masked_name, self.unit, str(self.kind), str(self.cause), self.work_number_tail):
            if _NUMBER_OF_A_PERSON.search(value):
                raise ValueError("a notice shows no number of a person")


@dataclass(frozen=True)
class Notice:
    """One notice for a board. `working_days` is the promised length; `last_on` the last day for objections."""

    number: str
    office: str
    unit: str
    kind: Text
    rows: tuple[NoticeRow, ...]
    posted_on: date
    last_on: date
    working_days: int
    telephone: str
    address: str
    place: str = ""

    @property
    def all_helped_first(self) -> bool:
        """Whether the whole notice is made up after the money (急难)."""
        return all(row.helped_first for row in self.rows)

    @property
    def some_helped_first(self) -> bool:
        """Whether rows that were helped first stand among others."""
        return any(row.helped_first for row in self.rows) and not self.all_helped_first


def notice_pdf(notice: Notice, locale: str) -> bytes:
    """The notice for a board, A4 portrait in large type. RuleBroken for a character that cannot be printed."""
    from relief.documents.pdf import render

    return render("notice", [notice], locale)
