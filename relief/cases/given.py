"""What does an applicant say? The application as it is given, before anything is judged or kept."""

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
