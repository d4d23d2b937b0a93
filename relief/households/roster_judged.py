"""How does each row of a file end, with the register at hand? By the rule book, and by what the register forbids."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from relief import clock
from relief.domain.identity import clean_name, clean_resident_id
from relief.domain.permissions import Actor
from relief.domain.roster import (
    HouseholdRow,
    Outcome,
    RawRow,
    Reason,
    RosterJudgement,
    Verdict,
    asked_for,
    judge_roster,
)
from relief.domain.roster.cells import text
from relief.domain.sentences import sentence
from relief.households.roster_known import OnFile, look_up
from relief.households.roster_reading import RosterFile, read_roster_file


@dataclass(frozen=True)
class Judged:
    """A file with its verdicts, and the hash of its bytes."""

    file: RosterFile
    judgement: RosterJudgement
    sha256: str


def judge_file(source: Path | bytes, *, by: Actor) -> Judged:
    """Read and judge a workbook, with the units of the actor's subtree; RuleBroken on `file`. Writes nothing."""
    by.require("household.import")
    content = source.read_bytes() if isinstance(source, Path) else source
    file, today = read_roster_file(content), clock.today()
    known, people = look_up(asked_for(file.rows, file.members, today), by=by)
    judged = judge_roster(file.rows, file.members, known, today)
    rows = [_judge_again(verdict, people, by) for verdict in judged.rows]
    held_back = {row.household.resident_id for row, now in zip(judged.rows, rows, strict=True)
                 if row.household and now.household is None}  # fmt: skip
    members = [_with_its_head(verdict, held_back) for verdict in judged.members]
    raws = {raw.row: raw for raw in file.rows}
    kept = tuple(_with_monthly_figure(verdict, raws[verdict.row]) for verdict in rows)
    return Judged(file, RosterJudgement(kept, tuple(members)), hashlib.sha256(content).hexdigest())


def heads_with_open_lists(rows: Sequence[RawRow], members: Iterable[Verdict]) -> set[str]:
    """Heads whose list of members is not whole, because a row of it was rejected."""
    rejected = {verdict.row for verdict in members if verdict.outcome is Outcome.REJECTED}
    return {clean_resident_id(raw.get("head_id")) for raw in rows if raw.row in rejected}


def why_not(head: HouseholdRow, people: Mapping[str, OnFile], by: Actor) -> Reason | None:
    """Why the register cannot take this household, or None. A file of another unit is not disclosed."""
    known = people.get(head.resident_id)
    if known is None or (known.heads and by.sees(known.heads.union_id)):
        return None
    held = known.heads or known.member_of
    if held and not by.sees(held.union_id):
        return Reason("held by another unit", sentence("This person is held in another file. Ask the bureau union."))
    if held:
        return Reason(
            "head is a member of another household",
            sentence("This person is already in file %(number)s.", number=held.number),
        )
    if known.headed and by.sees(known.headed.union_id):
        return Reason(
            "file closed",
            sentence("File %(number)s of this household is closed. Open it again first.", number=known.headed.number),
        )
    return why_no_member(known, head.name)


def why_no_member(known: OnFile, name: str) -> Reason | None:
    """Why a person who is on file and free cannot come into a household under this name, or None."""
    if known.deceased_on is not None:
        return Reason("person deceased", sentence("This person is recorded as deceased. Ask the bureau union."))
    if known.name != clean_name(name):
        return Reason(
            "resident-id on file under another name",
            sentence("This resident ID is on file under another name. Compare both with the ID card."),
        )
    return None


def _judge_again(verdict: Verdict, people: Mapping[str, OnFile], by: Actor) -> Verdict:
    refusal = why_not(verdict.household, people, by) if verdict.household else None
    return Verdict(verdict.row, Outcome.REJECTED, (refusal,), verdict.notes) if refusal else verdict


def _with_its_head(verdict: Verdict, held_back: set[str]) -> Verdict:
    if verdict.member is None or verdict.member.head_id not in held_back:
        return verdict
    reason = Reason("head not imported", sentence("The row of this member's head was not imported."))
    return Verdict(verdict.row, Outcome.REJECTED, (reason,), verdict.notes)


def _with_monthly_figure(verdict: Verdict, raw: RawRow) -> Verdict:
    """A monthly figure that is the only income given has no field of its own: it goes to the remark."""
    household = verdict.household
    if household is None or household.monthly_net is None or household.income12 is not None:
        return verdict
    said = f"{raw.headers.get('monthly_net', 'monthly_net')}:{text(raw.get('monthly_net'))}"
    return replace(verdict, household=replace(household, remark=";".join(filter(None, [household.remark, said]))))
