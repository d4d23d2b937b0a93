"""What does a household's page show? The whole file, read once: people, gaps, doubts, account, life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.db import db
from relief.domain.household import Category, FileGate, Means, Relation, missing_for
from relief.domain.identity import age_on
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.files.queries import list_household_attachments
from relief.files.shown import ShownPaper, shown_papers
from relief.households import fields as file_fields
from relief.households.actions import Action, list_actions
from relief.households.bank import find_account, list_sharing
from relief.households.closing import CLOSING
from relief.households.completeness import facts_of
from relief.households.consents import list_consents
from relief.households.models import Account, Consent, Household, Member, Proposal
from relief.households.prints import Print, list_prints
from relief.households.proposal_words import title_of
from relief.households.proposals import list_open_proposals
from relief.households.purposes import Purpose
from relief.households.reveals import mask_address
from relief.households.sight import OPEN, get_household
from relief.households.timeline import TimelineItem, list_timeline
from relief.persons.models import Person

GATES: dict[FileGate, Sentence] = {
    FileGate.MEANS_TEST: label("Means test"),
    FileGate.PUBLICATION: label("Public notice"),
    FileGate.PAYMENT: label("Paying the household"),
}


@dataclass(frozen=True)
class Gate:
    """A step that needs the file, and what is still missing for it."""

    label: Sentence
    missing: tuple[Sentence, ...]


@dataclass(frozen=True)
class FilePage:
    """All that the page prints."""

    household: Household
    is_open: bool
    members: Sequence[Member]
    former: Sequence[Member]
    ages: Mapping[int, int | None]
    standing: Mapping[str, Any]
    category: Category | None
    assessed: Category | None
    means: Means | None
    account: Account | None
    proposed: Sequence[Account]
    consents: Mapping[Purpose, Consent | None]
    proposals: Sequence[tuple[Proposal, Sentence]]
    warnings: Sequence[Sentence]
    gates: Sequence[Gate]
    timeline: Sequence[TimelineItem]
    actions: Sequence[Action]
    papers: Sequence[ShownPaper]
    prints: Sequence[Print]
    address: str
    relations: Mapping[int, Sentence]
    closed_why: Sentence | None
    may_move: bool

    @property
    def further(self) -> Sentence | None:
        """The further causes as one list."""
        causes = tuple(cause.label for cause in self.standing["other_causes"])
        return Sentence("%(causes)s", {"causes": causes}) if causes else None


def get_file_page(household_id: int, *, by: Actor) -> FilePage:
    """The page of a file; NotYours outside the subtree."""
    household = get_household(household_id, by=by)
    everyone = _everyone(household.id)
    members = [member for member in everyone if _belongs(household, member)]
    standing, account, consents = file_fields.standing(household), find_account(household.id), _consents(household.id)
    facts = facts_of(household, members, standing, account, consents)
    return FilePage(
        household=household,
        is_open=household.status in OPEN,
        members=members,
        former=[member for member in everyone if member not in members],
        ages={member.id: _age(member.person, clock.today()) for member in everyone},
        standing=standing,
        category=standing["declared_category"],
        assessed=Category(household.assessed_category) if household.assessed_category else None,
        means=_means(household, members),
        account=account,
        proposed=_proposed(household.id),
        consents=consents,
        proposals=[(one, title_of(one)) for one in list_open_proposals(household.id)],
        warnings=list_warnings(household, members, account),
        gates=[Gate(text, missing_for(gate, facts)) for gate, text in GATES.items()],
        timeline=list_timeline(household.id, by=by),
        actions=list_actions(household, by=by) if household.status in OPEN else [],
        papers=shown_papers(list_household_attachments(household.id, by=by), by=by),
        prints=list_prints(household, by=by),
        address=mask_address(household.address or ""),
        relations={member.id: Relation(member.relation).label for member in everyone},
        closed_why=CLOSING.get(household.closed_why or ""),
        may_move=by.scope is None or len(by.scope) > 1,
    )


def list_warnings(household: Household, members: Sequence[Member], account: Account | None) -> list[Sentence]:
    """What somebody should look at: the head, the account, a shared card or phone, the count of members."""
    found = []
    if household.status in OPEN and household.head_id not in {member.person_id for member in members}:
        found.append(label("The head has died or left. Name the new head."))
    if household.declared_size is not None and household.declared_size != len(members):
        said, kept = household.declared_size, len(members)
        found.append(sentence("%(said)s members were declared, %(held)s are on file.", said=said, held=kept))
    return found + _account_warnings(account) + _phone_warnings(household, members)


def _account_warnings(account: Account | None) -> list[Sentence]:
    if account is None:
        return []
    found = [] if account.passes_luhn else [
        label("The account's check digit does not match: compare it with the card or passbook.")
    ]  # fmt: skip
    if not account.bank:
        found.append(label("The account names no bank: add the bank and branch before money goes out."))
    if list_sharing(account):
        found.append(label("Another household is paid to the same card. Ask the bureau union before money goes out."))
    return found


def _phone_warnings(household: Household, members: Sequence[Member]) -> list[Sentence]:
    phones = {member.person.phone_index for member in members if member.person.phone_index}
    own = {member.person_id for member in members}
    shared = db.session.scalar(
        sa.select(sa.func.count(sa.distinct(Member.household_id)))
        .join(Person, Person.id == Member.person_id)
        .where(
            Person.phone_index.in_(phones), Person.id.not_in(own), Member.until.is_(None),
            Member.household_id != household.id,
        )
    ) if phones else 0  # fmt: skip
    return [label("Another household has the same telephone number.")] if shared else []


def _everyone(household_id: int) -> list[Member]:
    return list(
        db.session.scalars(
            sa.select(Member)
            .where(Member.household_id == household_id)
            .order_by(Member.relation != "head", Member.until.is_not(None), Member.id)
        )
    )


def _belongs(household: Household, member: Member) -> bool:
    """Now; of a closed file, those who stayed to its end."""
    return member.until is None or (household.closed_on is not None and member.until == household.closed_on)


def _age(person: Person, today: date) -> int | None:
    return age_on(person.born_on, person.deceased_on or today) if person.born_on else None


def _means(household: Household, members: Sequence[Member]) -> Means | None:
    """The declared figures, where they are all there."""
    if household.income_12 is None or household.rigid_12 is None or not members:
        return None
    return Means(max(household.income_12, Money(0)), max(household.rigid_12, Money(0)), len(members))


def _consents(household_id: int) -> dict[Purpose, Consent | None]:
    """The latest consent for each purpose."""
    latest: dict[Purpose, Consent | None] = dict.fromkeys(Purpose)
    for consent in reversed(list_consents(household_id)):
        latest[Purpose(consent.purpose)] = consent
    return latest


def _proposed(household_id: int) -> Sequence[Account]:
    return db.session.scalars(
        sa.select(Account).where(Account.household_id == household_id, Account.state == "proposed").order_by(Account.id)
    ).all()
