"""Who agreed to what, and who took it back? Signed consents of a household, one purpose each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.permissions import Actor
from relief.households.membership import list_members
from relief.households.models import Consent
from relief.households.purposes import WORDING, Purpose
from relief.households.sight import held, held_open


def record_consent(
    household_id: int, *, purpose: Purpose, person_id: int | None = None, signed_on: date | None = None,
    wording: str = WORDING, by: Actor,
) -> Consent:  # fmt: skip
    """Note a signed consent; the head signs unless another member is named. A standing one is kept as it is."""
    by.require("household.write")
    with transaction():
        household = held_open(household_id, by=by)
        day, signer = signed_on or clock.today(), person_id or household.head_id
        if day > clock.today():
            raise RuleBroken("signed_on", "This day has not come yet.")
        if signer not in {member.person_id for member in list_members(household.id)}:
            raise RuleBroken("person_id", "Only a member of the household can sign.")
        standing = find_consent(household.id, purpose)
        if standing is not None:
            return standing
        consent = Consent(
            household_id=household.id, person_id=signer, purpose=purpose.value, wording=wording, signed_on=day,
            recorded_at=clock.now(),
        )  # fmt: skip
        db.session.add(consent)
        db.session.flush()
        record("consent.record", "household", household.id, by=by, union_id=household.union_id,
               changes={"purpose": purpose.value, "signed_on": day, "wording": wording})  # fmt: skip
        return consent


def withdraw_consent(
    consent_id: int, *, household_id: int | None = None, on: date | None = None, by: Actor
) -> Consent:
    """The household takes a consent back; the use for this purpose stops from that day.

    NotYours for a consent of another household than the one that was meant.
    """
    by.require("household.write")
    with transaction():
        found = db.session.get(Consent, consent_id)
        if found is None or household_id not in (None, found.household_id):
            raise NotYours
        household = held(found.household_id, by=by)
        consent, day = locked(Consent, consent_id), on or clock.today()
        if consent.withdrawn_on is not None:
            raise RuleBroken(None, "This consent was withdrawn before.")
        if not consent.signed_on <= day <= clock.today():
            raise RuleBroken("on", "The day lies between the signature and today.")
        consent.withdrawn_on = day
        record("consent.withdraw", "household", household.id, by=by, union_id=household.union_id,
               changes={"purpose": consent.purpose, "withdrawn_on": day})  # fmt: skip
        return consent


def find_consent(household_id: int, purpose: Purpose) -> Consent | None:
    """The standing consent for a purpose: signed and not withdrawn."""
    return db.session.scalar(
        sa.select(Consent).where(
            Consent.household_id == household_id, Consent.purpose == purpose.value, Consent.withdrawn_on.is_(None)
        )
    )


def list_consents(household_id: int) -> Sequence[Consent]:
    """All consents ever given, the newest first."""
    return db.session.scalars(
        sa.select(Consent).where(Consent.household_id == household_id).order_by(Consent.id.desc())
    ).all()
