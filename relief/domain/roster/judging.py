"""How does each row of a roster end: imported, warned or rejected? By the file and the register alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from relief.domain.identity import clean_resident_id
from relief.domain.roster.households import HouseholdJudge
from relief.domain.roster.members import MemberJudge
from relief.domain.roster.numbers import asked_card, asked_resident_id
from relief.domain.roster.rows import HouseholdRow, Known, RawRow, Reason, RosterJudgement, Verdict
from relief.domain.sentences import sentence


@dataclass(frozen=True)
class Asked:
    """The numbers of a file that the register is asked about before the file is judged."""

    resident_ids: frozenset[str]
    cards: frozenset[str]


def asked_for(rows: Sequence[RawRow], members: Sequence[RawRow], today: date) -> Asked:
    """The possible resident IDs of heads and members, and the cards; cleaned as the judgement cleans them."""
    cells = [raw.get("resident_id") for raw in (*rows, *members)] + [raw.get("head_id") for raw in members]
    ids = (asked_resident_id(cell, today) for cell in cells)
    cards = (asked_card(raw.get("card")) for raw in rows)
    return Asked(frozenset(filter(None, ids)), frozenset(filter(None, cards)))


def judge_roster(rows: Sequence[RawRow], members: Sequence[RawRow], known: Known, today: date) -> RosterJudgement:
    """A verdict for every row, in the order of the file. Nothing is looked up or written.

    Only kept rows stand: a second row of a rejected one's ID is judged as if it were the first, and a
    rejected row's card is nobody's.
    """
    household_judge = HouseholdJudge(rows, known, today)
    verdicts = [household_judge.judge(raw) for raw in rows]
    kept = [verdict.household for verdict in verdicts if verdict.household]
    heads = {household.resident_id: household.row for household in kept}
    named = (clean_resident_id(raw.get("resident_id")) for raw in rows)
    member_judge = MemberJudge(heads, filter(None, named), known, today)
    member_verdicts = [member_judge.judge(raw) for raw in members]
    if members:
        verdicts = _compare_sizes(verdicts, member_verdicts)
    return RosterJudgement(tuple(verdicts), tuple(member_verdicts))


def _compare_sizes(verdicts: Iterable[Verdict], member_verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Note where the stated size is not the head and the listed members; the outcome stays."""
    kept = (verdict.member for verdict in member_verdicts if verdict.member)
    listed = Counter(member.head_id for member in kept if not member.is_head)
    return [_with_size_note(verdict, listed) for verdict in verdicts]


def _with_size_note(verdict: Verdict, listed: Counter[str]) -> Verdict:
    household = verdict.household
    if household is None or household.size is None or _counted(household, listed) == household.size:
        return verdict
    note = Reason(
        "household size differs from members",
        sentence(
            "The row says %(said)s persons; with the second sheet the household has %(counted)s.",
            said=household.size,
            counted=_counted(household, listed),
        ),
    )
    return replace(verdict, notes=(*verdict.notes, note))


def _counted(household: HouseholdRow, listed: Counter[str]) -> int:
    return 1 + listed[household.resident_id]
