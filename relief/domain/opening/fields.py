"""What does one field of an old sheet's row say? Read and typed, or refused, warned of, noted."""

from __future__ import annotations

import re
from datetime import date, datetime

from relief.domain.aid import kinds
from relief.domain.money import ZERO, Money
from relief.domain.month import Month
from relief.domain.opening.words import read_fund as known_fund
from relief.domain.opening.words import read_item as known_item
from relief.domain.opening.words import read_kind as known_kind
from relief.domain.roster.cells import Cell, NotUnderstood, amount, compact, day, month, quoted, text
from relief.domain.roster.findings import Findings
from relief.domain.sentences import sentence

FIRST_YEAR = 2000


def read_amount(field: str, found: Findings) -> Money | None:
    """What was paid; None, and a refusal, for nothing, for no figure, for zero and below."""
    cell = found.raw.get(field)
    try:
        given = amount(cell)
    except NotUnderstood:
        words = found.raw.headers.get(field, "")
        said = sentence("%(text)s is no amount of money (%(column)s).", text=quoted(cell), column=words)
        found.refuse("amount is not a number", said)
        return None
    if given is None:
        found.refuse("amount missing", sentence("The amount is missing."))
    elif given <= ZERO:
        found.refuse("amount not above zero", sentence("The amount must be above zero."))
    return given


def read_kind(found: Findings) -> tuple[str | None, str | None]:
    """Kind and item; None for a kind, and a refusal, where none is meant. An item belongs to its kind only."""
    words = _said(found, "kind")
    kind, item = known_kind(words)
    if kind is None and not words and _said(found, "item"):
        kind, item = known_kind(_said(found, "item"))
    if kind is None:
        unknown = sentence("%(text)s is no kind of aid that is known here.", text=quoted(words))
        missing = sentence("The kind of aid is missing.")
        found.refuse("kind unknown" if words else "kind missing", unknown if words else missing)
        return None, None
    return kind, _read_item(kind, item, found)


def read_paid_on(today: date, found: Findings) -> date | None:
    """The day of payment, or the first day of its month; None, and a refusal, where there is none or it is to come."""
    cells = [found.raw.get("day"), found.raw.get("period")]
    cell = next((one for one in cells if compact(one)), None)
    if cell is None:
        found.refuse("day missing", sentence("The day or the month of the payment is missing."))
        return None
    try:
        on = _day_or_month(cell)
    except NotUnderstood:
        found.refuse("day not understood", sentence("%(text)s is no day and no month.", text=quoted(cell)))
        return None
    if on > today:
        found.refuse("day to come", sentence("%(day)s is still to come: only what was paid is taken over.", day=on))
    elif on.year < FIRST_YEAR:
        found.refuse("day not understood", sentence("%(text)s is no day and no month.", text=quoted(cell)))
    return on


def read_months(today: date, found: Findings) -> tuple[Month | None, Month | None]:
    """First and last month of a standing award; a refusal where one is missing, or they are the wrong way round."""
    first = _read_month("first_month", "first month", found)
    last = _read_month("last_month", "last month", found)
    if first and last and last < first:
        found.refuse("last month before the first", sentence("The award ends before it begins."))
    if first and first > Month.of(today):
        said = sentence("The award begins in %(month)s only: apply for it here.", month=str(first))
        found.refuse("day to come", said)
    return first, last


def read_fund(found: Findings) -> str | None:
    """The fund's code; words that name none are kept as a remark."""
    words = _said(found, "fund")
    fund = known_fund(words) if words else None
    if words and fund is None:
        said = sentence("The source of money %(text)s is kept as a remark.", text=quoted(words))
        found.note("fund not understood", said)
        found.leave_over("fund")
    return fund


def _read_item(kind: str, item: str | None, found: Findings) -> str | None:
    words = _said(found, "item")
    meant = known_item(words, kind) if words else item
    if words and meant is None:
        found.note("item not understood", sentence("The item %(text)s is kept as a remark.", text=quoted(words)))
        found.leave_over("item")
    meant = meant or item
    if meant is None and kinds()[kind].items and compact(found.raw.get("amount")):
        said = sentence("The row names no item: it counts towards the year's limit, not towards that of an item.")
        found.note("item missing", said)
    return meant


def _read_month(field: str, code: str, found: Findings) -> Month | None:
    cell = found.raw.get(field)
    if not compact(cell):
        said = sentence("Write both months: from when and until when the award runs.")
        found.refuse(f"{code} missing", said)
        return None
    try:
        return Month.of(_day_or_month(cell))
    except NotUnderstood:
        found.refuse(f"{code} not understood", sentence("%(text)s is no month.", text=quoted(cell)))
        return None


def _day_or_month(cell: Cell) -> date:
    """The day; the first of the month for `2026年2月`, `2026.02`, 202602; NotUnderstood for anything else."""
    if isinstance(cell, (date, datetime)):
        return date(cell.year, cell.month, cell.day)
    written = compact(cell)
    found = month(cell)
    if re.fullmatch(r"\d{6}", written, re.ASCII):
        found = int(written[:4]), int(written[4:])
    if found is None:
        on = day(cell)
        if on is None:
            raise NotUnderstood(written)
        return on
    try:
        return date(*found, 1)
    except ValueError:
        raise NotUnderstood(written) from None


def _said(found: Findings, field: str) -> str:
    """The cell's words; a dash says nothing."""
    cell = found.raw.get(field)
    return text(cell) if compact(cell) else ""
