"""A case of special relief goes its ordinary road, from the draft to the promised money."""

import pytest

from relief.cases.models import CaseStep, Snapshot
from relief.db import db
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.funds.queries import recomputed
from relief.funds.service import balance_of
from tests.build import an_office
from tests.build_cases import a_case

pytestmark = pytest.mark.usefixtures("app")


def test_the_road_ends_in_promised_money():
    office = an_office()
    case = a_case(office, State.APPROVED)
    assert case.state == State.APPROVED
    assert case.approved == Money.yuan(3_000)
    balance = balance_of(case.fund_id)
    assert balance.committed == Money.yuan(3_000)
    assert balance == recomputed(case.fund_id)


def test_every_step_is_in_the_history_and_decisions_are_frozen():
    office = an_office()
    case = a_case(office, State.APPROVED)
    verbs = [step.verb for step in db.session.scalars(db.select(CaseStep).order_by(CaseStep.id))]
    assert verbs == ["submit", "give_opinion", "post_notice", "end_notice", "review", "approve"]
    assert len(db.session.scalars(db.select(Snapshot).where(Snapshot.case_id == case.id)).all()) == 3


def test_above_three_thousand_the_chair_signs_with_a_meeting():
    office = an_office()
    case = a_case(office, State.APPROVED, grade=4)
    assert case.approved == Money.yuan(10_000)
    assert case.approved_by == office.sun.person_id
