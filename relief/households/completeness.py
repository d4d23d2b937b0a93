"""What does this file hold, as far as a step asks? The facts of rows, for the rule book's list of gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from relief.db import db
from relief.domain.household import FileFacts, FileGate, missing_for
from relief.domain.sentences import Sentence
from relief.households import fields as file_fields
from relief.households.bank import find_account
from relief.households.membership import list_members
from relief.households.models import Account, Consent, Household, Member
from relief.households.purposes import Purpose


def missing(household_id: int, gate: FileGate) -> tuple[Sentence, ...]:
    """What the file still needs for a step, in the order of the form; empty when the gate is open."""
    household = db.session.get_one(Household, household_id)
    standing = db.session.scalars(
        sa.select(Consent).where(Consent.household_id == household_id, Consent.withdrawn_on.is_(None))
    )
    consents: dict[Purpose, Consent | None] = {Purpose(consent.purpose): consent for consent in standing}
    members = list_members(household_id)
    facts = facts_of(household, members, file_fields.standing(household), find_account(household_id), consents)
    return missing_for(gate, facts)


def facts_of(
    household: Household, members: Sequence[Member], standing: Mapping[str, Any], account: Account | None,
    consents: Mapping[Purpose, Consent | None],
) -> FileFacts:  # fmt: skip
    """The facts as the rule book takes them."""
    agreed = {purpose for purpose, consent in consents.items() if consent and consent.withdrawn_on is None}
    return FileFacts(
        has_head=household.head_id in {member.person_id for member in members},
        has_unit=True,
        has_area=household.union.area is not None,
        has_income=household.income_12 is not None,
        has_rigid=household.rigid_12 is not None,
        has_incomes_of_all=all(member.monthly_income is not None for member in members),
        has_cause=standing["main_cause"] is not None,
        has_category=bool(household.declared_category or household.assessed_category),
        has_account=account is not None,
        has_account_holder=account is not None and bool(account.holder),
        has_contact=any(member.person.phone for member in members),
        consents_to_check=Purpose.CHECK in agreed,
        consents_to_publish=Purpose.NOTICE in agreed,
        consents_to_bank=Purpose.BANK in agreed,
    )
