"""How does each row of past awards end: imported, warned or rejected? By the file and the register alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from relief.domain.aid import kinds
from relief.domain.identity import clean_name
from relief.domain.opening.fields import read_amount, read_fund, read_kind, read_months, read_paid_on
from relief.domain.opening.rows import (
    STANDING,
    AwardJudgement,
    AwardRow,
    AwardTable,
    AwardVerdict,
    Holder,
    Known,
)
from relief.domain.roster.cells import text
from relief.domain.roster.findings import Findings
from relief.domain.roster.numbers import asked_resident_id, read_resident_id
from relief.domain.roster.rows import RawRow
from relief.domain.sentences import sentence

LEFT = frozenset({"exited", "closed"})
MOST = 60


def asked_for(tables: Iterable[AwardTable], today: date) -> frozenset[str]:
    """The possible resident IDs of a workbook, of whom the register is asked before it is judged."""
    cells = (raw.get("resident_id") for table in tables for raw in table.rows)
    return frozenset(filter(None, (asked_resident_id(cell, today) for cell in cells)))


def judge_awards(tables: Sequence[AwardTable], known: Known, today: date) -> AwardJudgement:
    """A verdict for every row, in the order of the sheets. Nothing is looked up or written."""
    judge = _Judge(known, today)
    return AwardJudgement(tuple(judge.judge(raw, table) for table in tables for raw in table.rows))


class _Judge:
    """Judges the rows of one file in their order; later rows are compared with the kept ones before them."""

    def __init__(self, known: Known, today: date) -> None:
        self._known, self._today = known, today
        self._seen: Counter[str] = Counter()
        self._first: dict[str, tuple[str, int]] = {}

    def judge(self, raw: RawRow, table: AwardTable) -> AwardVerdict:
        """The row's end. Refusals come in one fixed order: ID, person, kind, amount, day."""
        found = Findings(raw)
        award = self._read(found, table)
        if award and not found.refused:
            award = self._compared(award, found)
        kept = award if award and not found.refused else None
        name = kept.name if kept else text(raw.get("name"))
        return AwardVerdict(
            raw.row, found.outcome, found.reasons, found.notes, sheet=table.sheet, name=name, award=kept
        )

    def _read(self, found: Findings, table: AwardTable) -> AwardRow | None:
        number, holder = self._read_person(found)
        kind, item = read_kind(found)
        is_standing = table.form == STANDING
        amount = read_amount("monthly" if is_standing else "amount", found)
        on, until = self._read_time(found, is_standing)
        if is_standing and kind and item is None and kinds()[kind].items:
            found.refuse("item missing", sentence("Say what the standing award is for: living, medical or study."))
        if number is None or holder is None or kind is None or amount is None or on is None:
            return None
        return AwardRow(
            row=found.raw.row, sheet=table.sheet, form=table.form, household_id=holder.household_id,
            household_number=holder.number, resident_id=number, name=holder.name, kind=kind, item=item,
            amount=amount, on=on, until_month=until, fund=read_fund(found),
            sheet_number=text(found.raw.get("sheet_number"))[:MOST], remark=found.remark(),
        )  # fmt: skip

    def _read_person(self, found: Findings) -> tuple[str | None, Holder | None]:
        person = read_resident_id("resident_id", found, self._today)
        if person is None:
            return None, None
        holder = self._known.people.get(person.number)
        if holder is None:
            said = sentence("Nobody on file has this resident ID: open the household's file first, then send the row.")
            found.refuse("person unknown", said)
        return person.number, holder

    def _read_time(self, found: Findings, is_standing: bool) -> tuple[date | None, str | None]:
        if not is_standing:
            return read_paid_on(self._today, found), None
        first, last = read_months(self._today, found)
        return (first.first_day if first else None), (str(last) if last else None)

    def _compared(self, award: AwardRow, found: Findings) -> AwardRow:
        """The row beside the register, the rows before it and today's standards; warned of, and kept."""
        holder = self._known.people[award.resident_id]
        self._compare_name(holder, found)
        ordinal = self._count(award, found)
        if holder.status in LEFT:
            said = sentence("File %(number)s is no longer active; the row stands in its past.", number=holder.number)
            found.warn("household exited", said)
        self._compare_standard(award, found)
        return replace(award, ordinal=ordinal)

    def _compare_name(self, holder: Holder, found: Findings) -> None:
        said = clean_name(text(found.raw.get("name")))
        if said and said != clean_name(holder.name):
            found.warn(
                "name differs from register",
                sentence(
                    "The row says %(said)s, the person on file with this resident ID is %(held)s: the ID holds.",
                    said=said,
                    held=holder.name,
                ),
            )

    def _count(self, award: AwardRow, found: Findings) -> int:
        self._seen[award.says] += 1
        sheet, row = self._first.setdefault(award.says, (award.sheet, award.row))
        if self._seen[award.says] > 1:
            found.warn(
                "same row twice in file",
                sentence(
                    "Row %(row)s of sheet %(sheet)s says the very same. Both count: take one out if it was paid once.",
                    row=row,
                    sheet=sheet,
                ),
            )
        return self._seen[award.says]

    def _compare_standard(self, award: AwardRow, found: Findings) -> None:
        standards = self._known.standards
        most = standards.per_year.get(award.kind)
        if award.form == STANDING and award.item:
            most = standards.per_month.get((award.kind, award.item), most)
        if most is not None and award.amount > most:
            found.warn(
                "above today's standard",
                sentence("%(amount)s is more than is given today: %(most)s.", amount=award.amount, most=most),
            )
