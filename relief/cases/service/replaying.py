"""How are the facts of a snapshot read back, so that a decision can be replayed?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from relief.domain.aid.kind import CaseFacts, VisitFact, WindowFact
from relief.domain.money import Money

_DAYS = ("on", "event_on", "reviewed_on", "applied_on", "approved_on")
_SUMS = ("requested", "cost", "received_of_kind", "received_in_year", "received_of_item")


def facts_from(data: Mapping[str, Any]) -> CaseFacts:
    """The facts that a snapshot holds as JSON."""
    read = dict(data)
    for name in _DAYS:
        read[name] = _day(data[name])
    for name in _SUMS:
        read[name] = _sum(data[name])
    earlier = data["earlier_requests"]
    read["earlier_requests"] = tuple((date.fromisoformat(on), Money(amount["fen"])) for on, amount in earlier)
    read["visits"] = tuple(VisitFact(**{**one, "on": _day(one["on"])}) for one in data["visits"])
    window = data["window"]
    read["window"] = (
        WindowFact(window["code"], date.fromisoformat(window["opens_on"]), date.fromisoformat(window["apply_by"]))
        if window else None
    )  # fmt: skip
    read["evidence"] = frozenset(data["evidence"])
    return CaseFacts(**read)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _sum(value: Mapping[str, int] | None) -> Money | None:
    return Money(value["fen"]) if value is not None else None
