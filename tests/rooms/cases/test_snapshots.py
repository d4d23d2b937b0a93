"""Snapshots: what a decision rested on is frozen, and replays to the same lines years later."""

import hashlib
import json

import pytest
import sqlalchemy as sa

from relief.cases.models import Snapshot
from relief.cases.service.snapshots import recomputed_lines
from relief.db import db, transaction
from relief.domain.money import Money
from relief.domain.workflow import State
from tests.build import a_household
from tests.build_cases import a_case
from tests.rooms.cases.test_submit import awarded


def snapshots(case):
    return db.session.scalars(db.select(Snapshot).where(Snapshot.case_id == case.id).order_by(Snapshot.id)).all()


def test_lines_recomputed_from_the_snapshot_equal_the_frozen_ones(office):
    case = a_case(office, State.APPROVED, grade=4, requested=Money.yuan(8_000))
    for snapshot in snapshots(case):
        frozen = json.loads(snapshot.facts)["lines"]
        assert len(frozen) == 2
        assert recomputed_lines(snapshot) == frozen


def test_they_stay_the_same_when_the_world_goes_on(office):
    case = a_case(office, State.APPROVED, grade=3)
    frozen = [json.loads(one.facts)["lines"] for one in snapshots(case)]
    awarded(case, Money.yuan(19_000), "special")
    with transaction():
        case.household.assessed_category = "deep"
    assert [recomputed_lines(one) for one in snapshots(case)] == frozen


def test_each_has_its_own_hash_over_its_contents(office):
    case = a_case(office, State.APPROVED)
    found = snapshots(case)
    assert len({one.hash for one in found}) == len(found) == 3
    assert all(hashlib.sha256(one.facts.encode()).hexdigest() == one.hash for one in found)


def test_it_keeps_chain_household_papers_payee_and_policy(office):
    case = a_case(office, State.APPROVED, household=a_household(office, members=3))
    body = json.loads(snapshots(case)[-1].facts)
    assert body["decision"] == {
        "verb": "approve", "level": 1, "on": "2026-03-10", "person": office.sun.person_id,
    }  # fmt: skip
    assert [one["role"] for one in body["chain"]] == ["chair"]
    assert len(body["household"]["members"]) == len(body["standing"]["members"]) == 3
    assert len(body["papers"]) == 3
    assert body["policy"]["hash"] == snapshots(case)[-1].policy_hash
    assert body["standing"]["payee"] == case.applicant_id


def test_it_can_not_be_changed(office):
    case = a_case(office, State.APPROVED)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), transaction():
        db.session.execute(sa.update(Snapshot).where(Snapshot.case_id == case.id).values(hash="0" * 64))
