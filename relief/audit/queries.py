"""Is the record whole? Every line's hash and every chain's links, recomputed; the first that does not hold.

Whoever cuts the end off a chain leaves a chain that holds. So the heads that were written down elsewhere, on released
sheets, are looked for as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from relief import sealing
from relief.audit.models import AuditEntry, AuditSeal
from relief.audit.service import BUREAU_CHAIN, FIELDS, canonical, head_of_all, link
from relief.db import db
from relief.domain.sentences import Sentence, sentence

AT_ONCE = 2000
NEAR = timedelta(minutes=10)


@dataclass(frozen=True)
class Broken:
    """The row where the record stops being whole, and what is wrong with it."""

    entry_id: int
    sentence: Sentence


@dataclass(frozen=True)
class Verdict:
    """How many lines there are, how many are sealed, and the first broken row, if any."""

    lines: int
    sealed: int
    broken: Broken | None


def verify() -> Verdict:
    """Read the whole record once and its seals once, in bounded memory."""
    lines, altered = _check_lines()
    sealed, unchained = _check_chains()
    found = [one for one in (altered, unchained) if one is not None]
    return Verdict(lines, sealed, min(found, key=lambda one: one.entry_id, default=None))


def had_head(head: str, at: datetime) -> bool:
    """Whether all chains together had this head about that moment, when it was written down."""
    return any(one == head for one in _heads_about(at))


def _heads_about(at: datetime) -> Iterator[str]:
    """The heads that the record went through from shortly before a moment to shortly after it."""
    last = (
        sa.select(AuditSeal.chain, sa.func.max(AuditSeal.number))
        .where(AuditSeal.at < at - NEAR)
        .group_by(AuditSeal.chain)
    )
    before = sa.select(AuditSeal.chain, AuditSeal.head).where(sa.tuple_(AuditSeal.chain, AuditSeal.number).in_(last))
    heads = {row.chain: row.head for row in db.session.execute(before)}
    yield head_of_all(heads)
    about = sa.select(AuditSeal.chain, AuditSeal.head).where(AuditSeal.at.between(at - NEAR, at + NEAR))
    for row in db.session.execute(about.order_by(AuditSeal.at, AuditSeal.entry_id)):
        heads[row.chain] = row.head
        yield head_of_all(heads)


def _check_lines() -> tuple[int, Broken | None]:
    count = 0
    columns = [getattr(AuditEntry, name) for name in ("id", "mac", *FIELDS)]
    wanted = sa.select(*columns).order_by(AuditEntry.id).execution_options(yield_per=AT_ONCE)
    for page in db.session.execute(wanted).partitions(AT_ONCE):
        for line in page:
            if sealing.record_mac(canonical(line)) != line.mac:
                text = sentence("Row %(row)s of the record (%(verb)s) was altered.", row=line.id, verb=line.verb)
                return count, Broken(line.id, text)
            count += 1
    return count, None


def _check_chains() -> tuple[int, Broken | None]:
    """Each link follows the one before in its chain, and seals the line as it is now."""
    count, heads = 0, dict[int, tuple[int, str]]()
    wanted = (
        sa.select(AuditSeal.entry_id, AuditSeal.chain, AuditSeal.number, AuditSeal.head)
        .add_columns(AuditEntry.mac, AuditEntry.union_id)
        .join(AuditEntry, AuditEntry.id == AuditSeal.entry_id, isouter=True)
        .order_by(AuditSeal.chain, AuditSeal.number)
        .execution_options(yield_per=AT_ONCE)
    )
    for page in db.session.execute(wanted).partitions(AT_ONCE):
        for row in page:
            number, before = heads.get(row.chain, (0, ""))
            if (broken := _judge_link(row, number, before)) is not None:
                return count, broken
            heads[row.chain], count = (row.number, row.head), count + 1
    return count, None


def _judge_link(row: sa.Row, number: int, before: str) -> Broken | None:  # type: ignore[type-arg]
    if row.mac is None:
        return Broken(row.entry_id, sentence("Row %(row)s of the record is gone.", row=row.entry_id))
    if row.number != number + 1:
        text = sentence("Before row %(row)s of the record, links of its chain are missing.", row=row.entry_id)
        return Broken(row.entry_id, text)
    belongs = row.chain == (row.union_id or BUREAU_CHAIN)
    if not belongs or row.head != link(before, row.number, row.mac):
        text = sentence("Row %(row)s of the record does not fit its seal.", row=row.entry_id)
        return Broken(row.entry_id, text)
    return None
