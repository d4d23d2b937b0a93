"""How are the facts of a snapshot read back, so that a decision can be replayed?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from relief.domain.aid.kind import CaseFacts, VisitFact
from relief.domain.money import Money


def facts_from(data: Mapping[str, Any]) -> CaseFacts:
    """The facts that a snapshot holds as JSON."""
    read = dict(data)
    for name in ("on", "event_on"):
        read[name] = date.fromisoformat(data[name]) if data[name] else None
    for name in ("requested", "received_of_kind", "received_in_year"):
        read[name] = Money(data[name]["fen"]) if data[name] is not None else None
    earlier = data["earlier_requests"]
    read["earlier_requests"] = tuple((date.fromisoformat(on), Money(amount["fen"])) for on, amount in earlier)
    read["visits"] = tuple(
        VisitFact(one["id"], one["kind"], date.fromisoformat(one["on"]), one["visitors"]) for one in data["visits"]
    )
    read["evidence"] = frozenset(data["evidence"])
    return CaseFacts(**read)
