"""How is a line written to the record, and how is the chain sealed?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from relief import clock, sealing
from relief.audit.models import AccessEntry, AuditEntry, AuditSeal
from relief.db import db, one_at_a_time, transaction
from relief.domain.identity import mask_numbers
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence

BUREAU_CHAIN = 0
PAPER = "transcript"
OWN_WORDS = {"why", "reason", "note", "remark", "text", "story", "answer"}  # what people typed, whatever they put in it
FIELDS = (
    "at", "on", "union_id", "user_id", "person_id", "actor", "verb", "subject", "subject_id", "changes", "unusual",
)  # fmt: skip


def record(
    verb: str, subject: str, subject_id: int | None, *, by: Actor, union_id: int | None = None,
    changes: Mapping[str, Any] | None = None, unusual: str | None = None,
) -> AuditEntry:  # fmt: skip
    """Write one line, in the transaction around. `changes` holds plain values or (from, to) pairs.

    Sensitive values come in masked or as blind indexes: callers never pass an ID number, a card or a diagnosis.
    `unusual` names a way out of the ordinary (paper decision, passed-on opinion …) for the auditor's list. A decision
    on paper is written by whoever wrote it over, and names its signer.
    """
    told, who = dict(changes or {}), by.through or by
    if by.through is not None:
        told["on_behalf_of"], unusual = by.person_id, unusual or PAPER
    line = AuditEntry(
        at=clock.now(), on=clock.today(), union_id=union_id, user_id=who.user_id, person_id=who.person_id,
        actor=who.name, verb=verb, subject=subject, subject_id=subject_id,
        changes={name: _told(name, plain(value)) for name, value in told.items()}, unusual=unusual,
    )  # fmt: skip
    line.mac = sealing.record_mac(canonical(line))
    db.session.add(line)
    return line


def record_access(what: str, subject: str, subject_id: int | None, *, by: Actor, reason: str | None = None) -> None:
    """Write who saw a field in full or took a document away; the one write that a GET may cause."""
    entry = AccessEntry(
        at=clock.now(), user_id=by.user_id, actor=by.name, subject=subject, subject_id=subject_id,
        what=what, reason=reason,
    )  # fmt: skip
    with transaction():
        db.session.add(entry)


def canonical(line: AuditEntry | sa.Row[*tuple[Any, ...]]) -> bytes:
    """The line (or its columns) as canonical JSON, the input of its hash: sorted keys, UTC, no spaces."""
    body = {name: getattr(line, name) for name in FIELDS}
    body["at"] = line.at.isoformat(timespec="microseconds")
    body["on"] = line.on.isoformat()
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def seal_chains() -> int:
    """Append every line that no seal covers to the chain of its union; the number of lines sealed."""
    with transaction():
        one_at_a_time("seal the record")
        sealed = sa.select(AuditSeal.entry_id).where(AuditSeal.entry_id == AuditEntry.id)
        loose = db.session.scalars(sa.select(AuditEntry).where(~sealed.exists()).order_by(AuditEntry.id)).all()
        heads: dict[int, tuple[int, str]] = {}
        for line in loose:
            chain = line.union_id or BUREAU_CHAIN
            number, before = heads.get(chain) or _head(chain)
            head = link(before, number + 1, line.mac)
            db.session.add(AuditSeal(entry_id=line.id, chain=chain, number=number + 1, head=head, at=clock.now()))
            heads[chain] = (number + 1, head)
        return len(loose)


def link(before: str, number: int, mac: str) -> str:
    """The head of a chain after one more line: over the head before, the line's number in it, and its hash."""
    return sealing.record_mac(f"{before}|{number}|{mac}".encode())


def chain_head(union_id: int | None = None) -> str:
    """The hash at the end of a chain, or a hash over all heads: printed on sheets, so that a cut tail shows."""
    if union_id is not None:
        return _head(union_id)[1]
    chains = db.session.scalars(sa.select(AuditSeal.chain).distinct())
    return head_of_all({chain: _head(chain)[1] for chain in chains})


def head_of_all(heads: Mapping[int, str]) -> str:
    """One hash over the heads of all chains."""
    return sealing.record_mac("|".join(f"{chain}:{heads[chain]}" for chain in sorted(heads)).encode())


def _head(chain: int) -> tuple[int, str]:
    links = sa.select(AuditSeal.number, AuditSeal.head).where(AuditSeal.chain == chain)
    last = db.session.execute(links.order_by(AuditSeal.number.desc()).limit(1)).first()
    return (last.number, last.head) if last else (0, "")


def _told(name: str, value: Any) -> Any:
    if name in OWN_WORDS and isinstance(value, list):
        return [_told(name, one) for one in value]
    return mask_numbers(value) if name in OWN_WORDS and isinstance(value, str) else value


def plain(value: Any) -> Any:
    """A value as the record keeps it: amounts in fen, days and moments as ISO text, sentences as data."""
    if isinstance(value, Money):
        return {"fen": value.fen}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Sentence):
        return value.as_data()
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in value]
    return value
