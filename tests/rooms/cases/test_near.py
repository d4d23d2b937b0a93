"""Is whoever declared to be near to a household kept out of every decision about it?"""

from __future__ import annotations

import pytest

from relief.cases import service as cases
from relief.cases.service.recoveries import recoverables_of
from relief.db import db
from relief.domain.errors import NotAllowed
from relief.domain.kinship import Kinship
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.workflow import State
from relief.households.bank import set_account
from relief.households.models import Household
from relief.households.proposals import decide_proposal, list_open_proposals
from relief.persons.service import declare_relative
from tests.build import SYSTEM, Office, a_card
from tests.build_cases import a_case, a_paid_case
from tests.rooms.cases.asking import fresh


def _declare(by: Actor, household_id: int) -> None:
    head = db.session.get_one(Household, household_id).head_id
    declare_relative(by.person_id or 0, head, next(iter(Kinship)).value, by=SYSTEM)


def test_they_neither_hold_a_case_nor_let_it_go_on(office: Office) -> None:
    case = a_case(office, State.SUBMITTED)
    held = cases.hold(case.id, version=case.version, note="等核对结果", by=office.chen)
    _declare(office.li, case.household_id)
    with pytest.raises(NotAllowed, match="near"):
        cases.resume(held.id, version=fresh(held).version, note="核对完毕", by=office.li)
    resumed = cases.resume(held.id, version=fresh(held).version, note="核对完毕", by=office.chen)
    with pytest.raises(NotAllowed, match="near"):
        cases.hold(case.id, version=fresh(resumed).version, note="再等", by=office.li)


def test_they_do_not_give_up_what_the_household_owes(office: Office) -> None:
    case = a_paid_case(office)
    cases.revoke(case.id, version=case.version, reason="X01", note="材料系伪造", by=office.sun)
    owed = recoverables_of(case.id)[0]
    _declare(office.sun, case.household_id)
    with pytest.raises(NotAllowed, match="near"):
        cases.write_off(owed.id, version=owed.version, amount=Money.yuan(3_000), reason="无力偿还", by=office.sun)
    assert recoverables_of(case.id)[0].written_off == Money(0)


def test_they_do_not_decide_where_its_money_goes(office: Office) -> None:
    case = a_case(office, State.SUBMITTED)
    set_account(case.household_id, holder="张桂兰", bank="龙江银行", number=a_card(77), by=office.wang)
    (proposal,) = list_open_proposals(case.household_id)
    _declare(office.li, case.household_id)
    with pytest.raises(NotAllowed, match="near"):
        decide_proposal(proposal.id, accept=True, phoned=True, by=office.li)
    assert list_open_proposals(case.household_id) == [proposal]
