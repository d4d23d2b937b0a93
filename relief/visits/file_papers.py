"""What do the papers of a file say? The file, its people and the last visit, each read once for all of them."""

from __future__ import annotations

from datetime import date

from flask_babel import get_locale

from relief import clock
from relief.audit.service import record_access
from relief.documents.file_papers import FilePaper, FilePaperKind, PaperMember, file_paper_pdf
from relief.domain.household import Category, Means, Relation
from relief.domain.labels import label
from relief.domain.money import ZERO, Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.visit_codes import Aspect
from relief.households import fields as file_fields
from relief.households.bank import find_account
from relief.households.consents import find_consent
from relief.households.membership import list_members
from relief.households.models import Account, Household, Member
from relief.households.purposes import Purpose
from relief.households.reveals import mask_address
from relief.households.sight import get_household
from relief.office import office
from relief.persons.models import Person
from relief.visits.observations import find_last_seen, readable, seen_in

NAMES: dict[FilePaperKind, Sentence] = {
    "application": label("Application for hardship relief"),
    "consent": label("Notice about personal details, and separate consents"),
    "authorisation": label("Authorisation to check the household's means"),
    "file_form": label("File form of a worker in hardship"),
    "survey": label("Home visit survey"),
}
SEXES = {"male": label("Man"), "female": label("Woman")}
NOT_SAID = Sentence("%(nothing)s", {"nothing": ""})


def file_document(household_id: int, kind: FilePaperKind, *, by: Actor) -> bytes:
    """The paper as PDF in the reader's language; NotYours out of sight. What it shows in full is on record."""
    household = get_household(household_id, by=by)
    content = file_paper_pdf(kind, file_paper(household, by=by), str(get_locale() or "zh_Hans_CN"))
    if by.can("identity.reveal"):
        record_access(f"paper.{kind}", "household", household.id, by=by, reason="paper")
    return content


def file_paper(household: Household, *, by: Actor) -> FilePaper:
    """What stands on them. Numbers in full, health and account only for those who may see them."""
    full, head = by.can("identity.reveal"), household.head
    standing, members = file_fields.standing(household), list_members(household.id)
    account, last = find_account(household.id), find_last_seen(household.id)
    seen = readable(seen_in(last), by=by) if last else {}
    return FilePaper(
        number=household.number, office=office().office_name, unit=household.union.name, name=head.name,
        resident_id=_number(head, full), telephone=(head.phone if full else head.phone_masked) or "",
        address=(household.address if full else mask_address(household.address or "")) or "", nation=head.nation or "",
        members=tuple(_member(one, full, by) for one in members), category=_category(household),
        tier=standing["file_tier"].label, main_cause=_label(standing["main_cause"]),
        other_causes=tuple(one.label for one in standing["other_causes"]), cause_note=standing["cause_note"] or "",
        heating=_label(standing["heating"]), income=household.income_12, rigid=household.rigid_12,
        net_per_head=_net(household, len(members)), bank=account.bank if account else "",
        account=_account(account, by), opened_on=household.opened_on, reviewed_on=household.reviewed_on,
        printed_on=clock.today(), keeper=by.name, purposes=_purposes(household.id),
        aspects=tuple((one.label, seen.get(one, "")) for one in Aspect), last_on=last.on if last else None,
        office_telephone=household.union.phone or office().office_phone,
    )  # fmt: skip


def _member(member: Member, full: bool, by: Actor) -> PaperMember:
    person = member.person
    return PaperMember(
        person.name, Relation(member.relation).label, SEXES.get(person.sex or "", NOT_SAID), _number(person, full),
        person.born_on, (member.health or "") if by.can("health.read") else "", member.monthly_income,
        member.occupation or "",
    )  # fmt: skip


def _number(person: Person, full: bool) -> str:
    return (person.resident_id if full else person.resident_id_masked) or ""


def _account(account: Account | None, by: Actor) -> str:
    if account is None:
        return ""
    return account.number if by.can("account.read") else f"**** {account.number_tail}"


def _category(household: Household) -> Sentence:
    code = household.assessed_category or household.declared_category
    return Category(code).label if code else NOT_SAID


def _label(code: object) -> Sentence:
    return getattr(code, "label", NOT_SAID)


def _net(household: Household, persons: int) -> Money | None:
    if household.income_12 is None or household.rigid_12 is None or not persons:
        return None
    return Means(max(household.income_12, ZERO), max(household.rigid_12, ZERO), persons).net_per_head


def _purposes(household_id: int) -> tuple[tuple[Sentence, date | None], ...]:
    found = [(purpose, find_consent(household_id, purpose)) for purpose in Purpose]
    return tuple((purpose.label, consent.signed_on if consent else None) for purpose, consent in found)
