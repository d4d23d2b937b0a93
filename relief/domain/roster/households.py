"""Can this household be taken into the register? Each row of the first sheet, read, judged and typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from relief.domain.identity import ResidentId
from relief.domain.roster.cells import compact, quoted, text
from relief.domain.roster.fields import (
    compare_sex,
    read_birth,
    read_category,
    read_cause,
    read_heating,
    read_income,
    read_name,
    read_opening,
    read_size,
)
from relief.domain.roster.findings import Findings
from relief.domain.roster.numbers import asked_resident_id, read_card, read_phone, read_resident_id
from relief.domain.roster.rows import HouseholdRow, Known, RawRow, Verdict
from relief.domain.sentences import sentence


def unit_key(name: object) -> str:
    """How a unit's name is compared: without blanks, half width, without 工会 or 工会委员会 at its end."""
    plain = unicodedata.normalize("NFKC", "" if name is None else str(name))
    plain = "".join(plain.split())
    return re.sub(r"(?<=.)工会(委员会)?$", "", plain)


class HouseholdJudge:
    """Judges the rows of one file in their order; later rows are compared with the kept ones before them."""

    def __init__(self, rows: Iterable[RawRow], known: Known, today: date) -> None:
        self._known, self._today = known, today
        ids = {asked_resident_id(raw.get("resident_id"), today) for raw in rows}
        self._in_file = {household for number, household in known.heads.items() if number in ids}
        self._row_of_id: dict[str, int] = {}
        self._row_of_card: dict[str, int] = {}

    def judge(self, raw: RawRow) -> Verdict:
        """The row's end. Refusals come in one fixed order: ID, duplicate, name, unit, income."""
        found = Findings(raw)
        person = read_resident_id("resident_id", found, self._today)
        self._refuse_second(person, found)
        name = read_name(found)
        unit = self._read_unit(found)
        income12, rigid, monthly = read_income(found)
        if person is None or unit is None or found.refused:
            return found.verdict(None)
        read_birth(person, found)
        card = self._read_card(found)
        compare_sex(person, found)
        self._look_elsewhere(person, found)
        row = HouseholdRow(
            row=raw.row,
            unit=unit,
            unit_name=compact(raw.get("unit")),
            name=name,
            resident_id=person.number,
            sex=person.sex,
            nation=compact(raw.get("nation")),
            born=person.born,
            phone=read_phone(found),
            address=text(raw.get("address")),
            size=read_size(found),
            income12=income12,
            rigid=rigid,
            monthly_net=monthly,
            category=read_category(found),
            cause=read_cause(found),
            heating=read_heating(found),
            bank=text(raw.get("bank")),
            card=card,
            opened_on=read_opening(found),
            remark=found.remark(),  # last: it gathers the words that the fields above could not take
        )
        self._remember(row)
        return found.verdict(row)

    def _refuse_second(self, person: ResidentId | None, found: Findings) -> None:
        first = self._row_of_id.get(person.number) if person else None
        if first is not None:
            found.refuse(
                "duplicate resident-id in file",
                sentence("Row %(first)s has the same resident ID and stays; this one is left out.", first=first),
            )

    def _read_unit(self, found: Findings) -> int | None:
        words = text(found.raw.get("unit"))
        unit = self._known.units.get(unit_key(words))
        if not words:
            found.refuse("unit missing", sentence("The unit is missing."))
        elif unit is None:
            found.refuse("unit unknown", sentence("There is no unit called %(unit)s.", unit=quoted(words)))
        return unit

    def _read_card(self, found: Findings) -> str | None:
        """A shared card is one of a kept row before this, or of a household that this file does not list."""
        card = read_card(found)
        if card is None:
            return None
        first = self._row_of_card.get(card)
        if first is not None:
            found.warn(
                "bank card used by another household",
                sentence("The bank card is the same as in row %(first)s.", first=first),
            )
        elif set(self._known.cards.get(card, ())) - self._in_file:
            found.warn(
                "bank card used by another household",
                sentence("The bank card belongs to another household on file that is not in this roster."),
            )
        return card

    def _look_elsewhere(self, person: ResidentId, found: Findings) -> None:
        if self._known.members.get(person.number):
            found.warn(
                "head is a member of another household",
                sentence("The head of this household is on file as a member of another one."),
            )

    def _remember(self, row: HouseholdRow) -> None:
        self._row_of_id[row.resident_id] = row.row
        if row.card:
            self._row_of_card.setdefault(row.card, row.row)
