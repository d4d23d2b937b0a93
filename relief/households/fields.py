"""Which fields of a file can be written, and how does the record keep them? A hand's edit outlasts a roster."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import sqlalchemy as sa

from relief.db import db
from relief.domain.errors import RuleBroken
from relief.domain.household import Category, Cause, FileTier, Heating
from relief.domain.sentences import Param
from relief.households.models import Household, HouseholdCause
from relief.sealing import blind_index

CODES: dict[str, type[Enum]] = {
    "declared_category": Category, "file_tier": FileTier, "heating": Heating, "main_cause": Cause,
}  # fmt: skip
PLAIN = ("declared_size", "income_12", "rigid_12")
SECRET = ("address", "remark")
CAUSES = ("main_cause", "other_causes", "cause_note")
FIELDS = (*(name for name in CODES if name not in CAUSES), *PLAIN, *SECRET, *CAUSES)
MOST_OTHER_CAUSES = 3


def standing(household: Household) -> dict[str, Any]:
    """Every writable field as it stands; codes as their members, causes from their rows."""
    causes = db.session.scalars(
        sa.select(HouseholdCause).where(HouseholdCause.household_id == household.id).order_by(HouseholdCause.id)
    ).all()
    main = next((cause for cause in causes if cause.is_main), None)
    now = {name: getattr(household, name) for name in (*PLAIN, *SECRET)}
    now |= {name: _member(name, getattr(household, name)) for name in CODES if name not in CAUSES}
    return now | {
        "main_cause": Cause(int(main.code)) if main else None,
        "other_causes": [Cause(int(cause.code)) for cause in causes if not cause.is_main],
        "cause_note": next((cause.note for cause in causes if cause.note), None),
    }


def changed(household: Household, given: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field → (as it stands, as given) for those given that differ; KeyError for a field that is none."""
    now = standing(household)
    typed = {name: _clean(name, value) for name, value in given.items()}
    return {name: (now[name], value) for name, value in typed.items() if now[name] != value}


def write(household: Household, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Put the new values on the rows, inside the verb around."""
    for name, (_was, value) in changes.items():
        if name not in CAUSES:
            setattr(household, name, value.value if isinstance(value, Enum) else value)
    if set(changes) & set(CAUSES):
        _write_causes(household, standing(household) | {name: new for name, (_old, new) in changes.items()})


def for_record(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """The changes as the record keeps them: codes as text, sealed fields as keyed hashes."""
    return {name: (_for_record(name, old), _for_record(name, new)) for name, (old, new) in changes.items()}


def for_reader(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Param, Param]]:
    """The changes as somebody reads them beside his own: labels of codes, nothing as empty text, no address."""
    return {name: (_for_reader(old), _for_reader(new)) for name, (old, new) in changes.items() if name != "address"}


def _write_causes(household: Household, wanted: Mapping[str, Any]) -> None:
    main, others, note = wanted["main_cause"], wanted["other_causes"], wanted["cause_note"]
    if main is None and others:
        raise RuleBroken("main_cause", "Name the main cause of hardship first.")
    if main in others:
        raise RuleBroken("other_causes", "The main cause is not a further cause at the same time.")
    if len(others) > MOST_OTHER_CAUSES:
        raise RuleBroken("other_causes", "Beside the main cause there are at most %(most)s.", most=MOST_OTHER_CAUSES)
    if Cause.OTHER in (main, *others) and not note:
        raise RuleBroken("cause_note", "Say in words what the other cause is.")
    db.session.execute(sa.delete(HouseholdCause).where(HouseholdCause.household_id == household.id))
    for cause in [main, *others] if main else []:
        row = HouseholdCause(household_id=household.id, code=str(cause.value), is_main=cause is main)
        row.note = note if cause is Cause.OTHER or (cause is main and Cause.OTHER not in others) else None
        db.session.add(row)
    db.session.flush()


def _clean(name: str, value: Any) -> Any:
    if name not in FIELDS:
        raise KeyError(name)
    if name == "other_causes":
        return sorted({Cause(int(one)) for one in value or ()})
    if name == "main_cause" and value is not None:
        return Cause(int(value))
    if name in CODES:
        value = _member(name, value)
        return FileTier.BUREAU if name == "file_tier" and value is None else value
    return (value or None) if name in (*SECRET, "cause_note") else value


def _member(name: str, value: Any) -> Enum | None:
    return None if value in (None, "") else CODES[name](value)


def _for_record(name: str, value: Any) -> Any:
    if name in (*SECRET, "cause_note"):
        return None if value is None else f"#{blind_index(value, f'record.{name}')[:12]}"
    if isinstance(value, list):
        return [str(one.value) for one in value]
    return str(value.value) if isinstance(value, Enum) else value


def _for_reader(value: Any) -> Param:
    if isinstance(value, list):
        return tuple(one.label for one in value)
    return getattr(value, "label", value) if value is not None else ""
