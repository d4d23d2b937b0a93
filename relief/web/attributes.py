"""Which attributes does a field's input carry? Keyboard, length, what a screen reader says with it."""

from __future__ import annotations

from typing import Any

from wtforms import Field

KEYBOARD: dict[str, dict[str, object]] = {
    "MoneyField": {"inputmode": "decimal", "autocomplete": "off", "maxlength": 20},
    "CountField": {"inputmode": "numeric", "autocomplete": "off", "type": "text", "maxlength": 9},
    "PhoneField": {"inputmode": "tel", "type": "tel", "maxlength": 24},
    "DayField": {"type": "date"},
    "MonthField": {"type": "month"},
}


def field_attributes(field: Field, said_by: str, rows: int, autocomplete: str) -> dict[str, Any]:
    """The attributes for the field's own input; `said_by` are the ids of its hint and error."""
    attributes: dict[str, Any] = dict(KEYBOARD.get(field.type, {}))
    if field.type == "LongTextField":
        attributes["rows"] = rows
    if said_by:
        attributes["aria-describedby"] = said_by
    if field.errors:
        attributes["aria-invalid"] = "true"
    if autocomplete:
        attributes["autocomplete"] = autocomplete
    return attributes | ({"maxlength": field.most} if field.type in ("TextField", "LongTextField") else {})
