"""What does a household say? Its application, its answer afterwards: as given, before anything is judged or kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from relief.domain.money import Money


@dataclass(frozen=True)
class Application:
    """What an applicant says; which of it is asked for depends on the kind of aid (`Kind.asks`)."""

    story: str = ""
    event_kind: str = ""
    event_on: date | None = None
    grade: int | None = None
    item: str | None = None
    months: int | None = None
    cost: Money | None = None
    beneficiary_id: int | None = None
    requested: Money | None = None


@dataclass(frozen=True)
class Answer:
    """What a household said: when and how it was asked, did the money arrive, how satisfied (1–5) is it."""

    on: date
    way: str
    received_it: bool | None
    satisfaction: int | None
    words: str = ""
