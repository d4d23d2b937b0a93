"""Which papers does a household file bring forth? One record feeds them all; nothing is written twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from relief.documents.paper import Text
from relief.domain.money import Money

FilePaperKind: TypeAlias = Literal["application", "consent", "authorisation", "file_form", "survey"]


@dataclass(frozen=True)
class PaperMember:
    """A member as the papers print it; `health` is empty for whoever may not see it."""

    name: str
    relation: Text
    sex: Text
    resident_id: str
    born_on: date | None
    health: str
    monthly_income: Money | None
    occupation: str


@dataclass(frozen=True)
class FilePaper:
    """All that stands in a file, as its papers need it. Numbers are in full or masked, as the maker may read them.

    `members` hold the head first; `purposes` are those that a household consents to one by one, each with its day
    of signature where it is signed; `last_seen` is what the last visit found, by aspect.
    """

    number: str
    office: str
    unit: str
    name: str
    resident_id: str
    telephone: str
    address: str
    nation: str
    members: tuple[PaperMember, ...]
    category: Text
    tier: Text
    main_cause: Text
    other_causes: tuple[Text, ...]
    cause_note: str
    heating: Text
    income: Money | None
    rigid: Money | None
    net_per_head: Money | None
    bank: str
    account: str
    opened_on: date
    reviewed_on: date | None
    printed_on: date
    keeper: str
    purposes: tuple[tuple[Text, date | None], ...]
    aspects: tuple[tuple[Text, str], ...]
    last_on: date | None
    office_telephone: str

    @property
    def head(self) -> PaperMember | None:
        """The head among the members."""
        return next((one for one in self.members if one.name == self.name), None)


def file_paper_pdf(kind: FilePaperKind, paper: FilePaper, locale: str) -> bytes:
    """One of the file's papers on A4. RuleBroken for a character that cannot be printed."""
    from relief.documents.pdf import render

    return render(f"file_{kind.removeprefix('file_')}", [paper], locale, style="file_paper")
