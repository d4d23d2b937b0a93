"""What changed, in words? The fields of a line of the record, with codes among their values put into words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from relief.audit.models import AuditEntry
from relief.desk.record_fields import name_of
from relief.domain.aid import kinds
from relief.domain.budget import Movement
from relief.domain.household.codes import Category, FileTier, Heating, Relation, label_of
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.permissions import Role
from relief.domain.reasons import REASONS
from relief.domain.sentences import Sentence
from relief.domain.visit_codes import Place, Theme, VisitKind
from relief.domain.ways import Way
from relief.households.purposes import Purpose
from relief.jobs.registry import label_of as label_of_job
from relief.web.sentences import joined, told, words
from relief.web.states import LOOKS, state_words

LONGEST = 80

_REASONS = {code: said for family in REASONS.values() for code, said in family.items()}


def _labels(*codes: type[StrEnum]) -> dict[str, Sentence]:
    return {one.value: one.label for kind in codes for one in kind}  # type: ignore[attr-defined]


_VALUES: dict[str, dict[str, Sentence]] = {
    "declared_category": {one.value: label_of(one) for one in Category},
    "file_tier": {one.value: label_of(one) for one in FileTier},
    "heating": {one.value: label_of(one) for one in Heating},
    "movement": _labels(Movement),
    "needs": _labels(Theme),
    "place": _labels(Place),
    "purpose": _labels(Purpose),
    "reason": _REASONS,
    "relation": {one.value: label_of(one) for one in Relation},
    "role": _labels(Role),
    "way": _labels(Way) | {"phone": label("By telephone")},
}
_LISTS = {"fields", "makers", "members", "needs", "rows", "visitors"}
_TRUTH = {True: label("Yes"), False: label("No")}


class Change(NamedTuple):
    """A field of a line: its name and its value, in the reader's words."""

    name: str
    value: str


def changes_of(line: AuditEntry) -> list[Change]:
    """What the line says, field by field; a field or code that has no words stays as it is written."""
    subject = line.subject
    return [Change(words(name_of(name, subject)), _said(subject, name, value)) for name, value in line.changes.items()]


def _said(subject: str, name: str, value: Any) -> str:
    if isinstance(value, list):
        return _listed(subject, name, value)
    if isinstance(value, Mapping):
        return _together(subject, value)
    if isinstance(value, bool):
        return words(_TRUTH[value])
    if value is None:
        return "—"
    return words(_words_for(subject, name, str(value)))


def _words_for(subject: str, name: str, code: str) -> Sentence | str:
    if name == "state" and subject in LOOKS:
        return state_words(code, subject)
    if name == "kind":
        return label_of_job(code) if subject == "job" else _kinds(subject).get(code, code)
    return _VALUES.get(name, {}).get(code) or _cut(code)


def _kinds(subject: str) -> Mapping[str, Sentence]:
    return _labels(VisitKind) if subject == "visit" else {code: kind.name for code, kind in kinds().items()}


def _listed(subject: str, name: str, values: list[Any]) -> str:
    """From and to, where the field is no list of its own."""
    said = [_said(subject, name, one) for one in values]
    if len(said) == 2 and name not in _LISTS:
        return " → ".join(said)
    return joined(said) or "—"


def _together(subject: str, value: Mapping[str, Any]) -> str:
    """An amount, a sentence, or several values in one: each with its name."""
    if "fen" in value:
        return told(Money(int(value["fen"])))
    if "message" in value:
        return words(Sentence.from_data(value))
    return joined([f"{words(name_of(name))} {_said(subject, name, one)}" for name, one in value.items()])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
