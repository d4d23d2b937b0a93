"""How does the rule book speak? In sentences kept as data: an English message id and its parameters.

The domain never renders text. A sentence travels as data (to a form's field, an audit line, a decision
slip, a roster row) and is put into zh or en at the edge, years later too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from relief.domain.money import Money

Param: TypeAlias = "str | int | Money | date | Sentence | tuple[Sentence, ...]"


@dataclass(frozen=True)
class Sentence:
    """A message id with named parameters, written `%(name)s`.

    Parameters are text, whole numbers, Money, dates, or sentences (a label of a code is a sentence too);
    a tuple of sentences is a list that the edge joins as the language does.
    """

    message: str
    params: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))

    def __hash__(self) -> int:
        return hash((self.message, tuple(sorted((k, repr(v)) for k, v in self.params.items()))))

    def as_data(self) -> dict[str, Any]:
        """Plain JSON data; `Sentence.from_data` gives the same sentence back."""
        return {"message": self.message, "params": {k: _param_as_data(v) for k, v in self.params.items()}}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Sentence:
        """The sentence that `as_data` wrote."""
        params = {k: _param_from_data(v) for k, v in data.get("params", {}).items()}
        return cls(data["message"], MappingProxyType(params))

    def __str__(self) -> str:
        """English, for logs and tests; the screen renders through `relief.web.sentences`."""
        return self.message % {k: _plain(v) for k, v in self.params.items()} if self.params else self.message


def sentence(message: str, **params: Param) -> Sentence:
    """Build a sentence. The message id is a literal, so that the catalogue finds it."""
    return Sentence(message, MappingProxyType(params))


def _param_as_data(value: Param) -> Any:
    if isinstance(value, Money):
        return {"fen": value.fen}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Sentence):
        return {"sentence": value.as_data()}
    if isinstance(value, tuple):
        return {"sentences": [one.as_data() for one in value]}
    return value


def _param_from_data(value: Any) -> Param:
    if not isinstance(value, Mapping):
        return value  # type: ignore[no-any-return]
    if "fen" in value:
        return Money(value["fen"])
    if "date" in value:
        return date.fromisoformat(value["date"])
    if "sentence" in value:
        return Sentence.from_data(value["sentence"])
    return tuple(Sentence.from_data(one) for one in value["sentences"])


def _plain(value: Param) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    return str(value)
