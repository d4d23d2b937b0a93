"""What is said about one row of a list's follow-ups, and what are its fields called? As given, before it is judged."""

from __future__ import annotations

from dataclasses import dataclass

from relief.cases.given import Answer


@dataclass(frozen=True)
class RowAnswer:
    """What the household of one row said, and the version of its case that the writer saw."""

    version: int | None
    said: Answer


def name_of(case_id: int) -> str:
    """What the fields of this row begin with."""
    return f"row{case_id}"
