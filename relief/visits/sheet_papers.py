"""What is printed on a visit sheet? The households of its rows as their files stand now."""

from __future__ import annotations

from flask import url_for
from flask_babel import get_locale

from relief import clock
from relief.audit.service import record_access
from relief.documents.visit_sheet import SheetBlock, SheetPaper, visit_sheet_pdf
from relief.domain.household import Heating, Relation
from relief.domain.identity import age_on
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.visit_codes import Aspect, VisitKind
from relief.domain.visit_sheet_keys import IN_MONTHS, PLACE_KEYS, RESULTS, THEME_KEYS
from relief.households.membership import list_members
from relief.households.models import Household, Member
from relief.office import office
from relief.visits.observations import find_last_seen, readable, seen_in
from relief.visits.sheet_models import VisitSheet, VisitSheetRow


def sheet_document(sheet: VisitSheet, *, by: Actor) -> bytes:
    """The paper as PDF in the reader's language; for each household the access log keeps who took it away."""
    by.require("identity.reveal")
    content = visit_sheet_pdf(sheet_paper(sheet, by=by), str(get_locale() or "zh_Hans_CN"))
    for row in sheet.rows:
        if by.sees(row.household.union_id):
            record_access("visit_sheet", "household", row.household_id, by=by, reason="visit")
    return content


def sheet_paper(sheet: VisitSheet, *, by: Actor) -> SheetPaper:
    """What stands on the paper; of health only what the actor may see, of households that moved away nothing."""
    link = f"{office().public_url}{url_for('visits.type_sheet', code=sheet.code)}" if office().public_url else ""
    return SheetPaper(
        code=sheet.code, office=office().office_name, unit=sheet.union.name, kind=VisitKind(sheet.kind).label,
        day=sheet.planned_on, visitors=tuple(one.name for one in sheet.visitors),
        blocks=tuple(_block(row, by) for row in sheet.rows if by.sees(row.household.union_id)),
        results=RESULTS, places={key: one.label for key, one in PLACE_KEYS.items()},
        themes={key: one.label for key, one in THEME_KEYS.items()}, aspects=tuple(one.label for one in Aspect),
        months=tuple(IN_MONTHS), link=link,
    )  # fmt: skip


def _block(row: VisitSheetRow, by: Actor) -> SheetBlock:
    household, last = row.household, find_last_seen(row.household_id)
    seen = readable(seen_in(last), by=by) if last else {}
    return SheetBlock(
        place=row.place, name=household.head.name, number=household.number,
        resident_id=household.head.resident_id_masked or "", address=household.address or "",
        telephone=household.head.phone or "", unit=household.union.short_name,
        members=tuple(_member(one) for one in list_members(household.id) if one.person_id != household.head_id),
        heating=_heating(household), last_on=last.on if last else None,
        last_seen=tuple((one.label, text) for one, text in seen.items()),
    )  # fmt: skip


def _member(member: Member) -> Sentence:
    relation, person = Relation(member.relation).label, member.person
    if person.born_on is None:
        return sentence("%(name)s (%(relation)s)", name=person.name, relation=relation)
    years = age_on(person.born_on, clock.today())
    return sentence("%(name)s (%(relation)s, %(years)s)", name=person.name, relation=relation, years=years)


def _heating(household: Household) -> Sentence:
    return Heating(household.heating).label if household.heating else label("not known")
