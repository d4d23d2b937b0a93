"""Can this person be taken as a member of a household of the file? Each row of the second sheet, judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from relief.domain.household import Relation, read_relation
from relief.domain.identity import ResidentId, clean_resident_id, read_sex
from relief.domain.money import Money
from relief.domain.roster.cells import NotUnderstood, amount, compact, text
from relief.domain.roster.fields import read_birth, read_name
from relief.domain.roster.findings import Findings
from relief.domain.roster.numbers import read_resident_id
from relief.domain.roster.rows import Known, MemberRow, RawRow, Verdict
from relief.domain.sentences import sentence


class MemberJudge:
    """Judges the member rows of one file after its households; `heads` maps kept head IDs to their rows.

    `named_heads` are all head IDs of the file, right or wrong: who is named and not kept was rejected.
    """

    def __init__(self, heads: Mapping[str, int], named_heads: Iterable[str], known: Known, today: date) -> None:
        self._heads, self._known, self._today = heads, known, today
        self._named = set(named_heads)
        self._places: dict[str, dict[str, int]] = {}

    def judge(self, raw: RawRow) -> Verdict:
        """The row's end. Refusals come in one fixed order: head, name, resident ID, second time."""
        found = Findings(raw)
        head_id = self._read_head(found)
        name = read_name(found)
        person = self._read_person(found)
        self._refuse_second(person, head_id, found)
        if head_id is None or found.refused:
            return found.verdict(None)
        relation = _read_relation(found)
        is_head = person is not None and person.number == head_id
        elsewhere = person is not None and not is_head and self._look_elsewhere(person, head_id, found)
        born = read_birth(person, found)
        if person is not None:
            self._places.setdefault(person.number, {})[head_id] = raw.row
        row = MemberRow(
            row=raw.row,
            head_id=head_id,
            name=name,
            relation=Relation.HEAD if is_head else relation,
            resident_id=person.number if person else None,
            sex=person.sex if person else read_sex(compact(raw.get("sex"))),
            born=born,
            health=text(raw.get("health")),
            monthly_income=_read_income(found),
            work_or_school=text(raw.get("work_or_school")),
            remark=found.remark(),  # last: it gathers the words that the fields above could not take
            is_head=is_head,
            elsewhere=elsewhere,
        )
        return found.verdict(row)

    def _read_head(self, found: Findings) -> str | None:
        number = clean_resident_id(found.raw.get("head_id"))
        if number in self._heads:
            return number
        if number in self._named:
            found.refuse("head not imported", sentence("The row of this member's head was not imported."))
        elif number in self._known.heads:
            return number
        elif number:
            found.refuse(
                "head unknown",
                sentence("No household in the roster or on file has this head's resident ID."),
            )
        else:
            found.refuse("head missing", sentence("The head's resident ID is missing."))
        return None

    def _read_person(self, found: Findings) -> ResidentId | None:
        """A missing ID keeps a member on file without it; a wrong one is sent back to be mended."""
        if compact(found.raw.get("resident_id")):
            return read_resident_id("resident_id", found, self._today)
        found.warn(
            "resident-id missing",
            sentence("The member's resident ID is missing: the member is kept on file without it."),
        )
        return None

    def _refuse_second(self, person: ResidentId | None, head_id: str | None, found: Findings) -> None:
        first = self._places.get(person.number, {}).get(head_id or "") if person else None
        if first is not None:
            found.refuse(
                "duplicate member in file",
                sentence(
                    "Row %(first)s lists the same member of this household; this one is left out.",
                    first=first,
                ),
            )

    def _look_elsewhere(self, person: ResidentId, head_id: str, found: Findings) -> bool:
        """True, with a warning, when another household of the file or of the register has this person."""
        number = person.number
        if number in self._heads or number in self._known.heads:
            found.warn(
                "member is head of another household",
                sentence("This member is the head of another household: the union decides where the person counts."),
            )
            return True
        own = {self._known.heads[head_id]} if head_id in self._known.heads else set()
        if self._places.get(number) or set(self._known.members.get(number, ())) - own:
            found.warn(
                "member of another household",
                sentence("This member is listed in another household too: the union decides where the person counts."),
            )
            return True
        return False


def _read_relation(found: Findings) -> Relation | None:
    words = text(found.raw.get("relation"))
    relation = read_relation(words)
    if relation is None:
        found.warn(
            "relation not understood" if words else "relation missing",
            sentence("The relation to the head is missing or unknown: choose one on the file."),
        )
        found.leave_over("relation")
    return relation


def _read_income(found: Findings) -> Money | None:
    try:
        return amount(found.raw.get("monthly_income"))
    except NotUnderstood:
        found.warn("income is not a number", sentence("The member's monthly income is no amount of money."))
        found.leave_over("monthly_income")
        return None
