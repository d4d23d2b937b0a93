"""Who does which kind of work? Rooms register their functions here; the worker finds them by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence

Result = Mapping[str, Any] | None


@dataclass(frozen=True)
class Work:
    """What a function gets: the job's parameters, who asked, and a way to say how far it is.

    The same work may begin again after its worker died: it must be safe to do twice, in short transactions.
    """

    job_id: int
    kind: str
    params: Mapping[str, Any]
    attempt: int
    union_id: int | None
    by: Actor
    tell: Callable[[int, int], None] = field(repr=False)

    def progress(self, done: int, total: int) -> None:
        """Say how far it is. Outside any transaction of the work; raises LeaseLost when it is no longer ours."""
        self.tell(done, total)


@dataclass(frozen=True)
class Kind:
    """A kind of work: its code, what people call it, and the function that does it."""

    code: str
    label: Sentence
    act: Callable[[Work], Result]


_kinds: dict[str, Kind] = {}


def job(code: str, label: Sentence) -> Callable[[Callable[[Work], Result]], Callable[[Work], Result]]:
    """Register a function for a kind of work. It returns plain data; `url` in it is the address of the result."""

    def keep(act: Callable[[Work], Result]) -> Callable[[Work], Result]:
        _kinds[code] = Kind(code, label, act)
        return act

    return keep


def kind_of(code: str) -> Kind:
    """The registered kind; KeyError for one that no module brings."""
    return _kinds[code]


def label_of(code: str) -> Sentence:
    """What people call a kind; one that is gone keeps its code."""
    return _kinds[code].label if code in _kinds else Sentence(code)
