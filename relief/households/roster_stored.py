"""How do the rows of a file wait in the database? Each with its outcome, its sentences, and a sealed body."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from relief.domain.roster import (
    HouseholdRow,
    MemberRow,
    RawRow,
    Reason,
    Verdict,
    household_from_data,
    member_from_data,
    row_as_data,
)
from relief.domain.roster.cells import text
from relief.domain.sentences import Sentence
from relief.households.roster_judged import Judged, heads_with_open_lists

HOUSEHOLDS, MEMBERS = "households", "members"


@dataclass(frozen=True, eq=False)
class Kept:
    """A household of the file with its members; `lists_all` when nobody is missing from that list."""

    row: HouseholdRow
    members: tuple[MemberRow, ...] = ()
    lists_all: bool = False

    @property
    def remark(self) -> str:
        """The household's remark and what is remarked of its members."""
        said = [f"{member.name}:{member.remark}" for member in self.members if member.remark]
        return ";".join(filter(None, [self.row.remark, *said]))


def kept_households(judged: Judged) -> list[Kept]:
    """The households that can be taken, in the order of the file, each with its members."""
    of_head: dict[str, list[MemberRow]] = defaultdict(list)
    for verdict in judged.judgement.members:
        if verdict.member:
            of_head[verdict.member.head_id].append(verdict.member)
    open_lists = heads_with_open_lists(judged.file.members, judged.judgement.members)
    kept = []
    for household in (verdict.household for verdict in judged.judgement.rows if verdict.household):
        members = tuple(of_head[household.resident_id])
        is_told = bool(members) or household.size == 1
        lists_all = bool(judged.file.members) and is_told and household.resident_id not in open_lists
        kept.append(Kept(household, members, lists_all))
    return kept


def rows_to_store(judged: Judged, kept: Iterable[Kept]) -> list[dict[str, Any]]:
    """A mapping for each row of both sheets, without the import's id."""
    of_row = {one.row.row: one for one in kept}
    listed = {member.row for one in of_row.values() for member in one.members}
    raws = {raw.row: raw for raw in judged.file.rows}
    rows = [_stored(HOUSEHOLDS, v, _household_body(v, raws[v.row], of_row.get(v.row))) for v in judged.judgement.rows]
    raws = {raw.row: raw for raw in judged.file.members}
    for verdict in judged.judgement.members:
        body = _member_body(verdict, raws[verdict.row], verdict.row in listed)
        rows.append(_stored(MEMBERS, verdict, body))
    return rows


def kept_from_body(body: str) -> Kept:
    """The household that a kept row's body holds."""
    plain = json.loads(body)
    members = tuple(member_from_data(one) for one in plain["members"])
    return Kept(household_from_data(plain["row"]), members, plain["lists_all"])


def member_from_body(body: str) -> MemberRow | None:
    """The member of a row whose household is not in the file; None for one that waits with its household."""
    plain = json.loads(body)
    return member_from_data(plain["row"]) if "row" in plain else None


def reason_as_data(reason: Reason, *, note: bool = False) -> dict[str, Any]:
    """A reason as plain data; a note changes no outcome."""
    return {"code": reason.code, "sentence": reason.sentence.as_data(), "note": note}


def sentences_of(reasons: Iterable[Mapping[str, Any]]) -> list[Sentence]:
    """What is said of a row, reasons first."""
    return [Sentence.from_data(one["sentence"]) for one in sorted(reasons, key=lambda one: bool(one["note"]))]


def _stored(sheet: str, verdict: Verdict, body: Mapping[str, Any]) -> dict[str, Any]:
    said = [reason_as_data(one) for one in verdict.reasons] + [reason_as_data(one, note=True) for one in verdict.notes]
    plain = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return {"sheet": sheet, "row": verdict.row, "outcome": verdict.outcome.value, "reasons": said, "body": plain}


def _household_body(verdict: Verdict, raw: RawRow, kept: Kept | None) -> dict[str, Any]:
    if kept is None:
        return _returned(raw)
    members = [row_as_data(member) for member in kept.members]
    return {"name": kept.row.name, "row": row_as_data(kept.row), "members": members, "lists_all": kept.lists_all}


def _member_body(verdict: Verdict, raw: RawRow, is_listed: bool) -> dict[str, Any]:
    if verdict.member is None:
        return _returned(raw)
    own = {} if is_listed else {"row": row_as_data(verdict.member)}
    return {"name": verdict.member.name} | own


def _returned(raw: RawRow) -> dict[str, Any]:
    """A rejected row as it was written, to be given back."""
    return {"name": text(raw.get("name")), "written": [text(cell) for cell in raw.written]}
