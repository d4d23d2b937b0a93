"""Which roles go together, from which day to which, and who needs a second factor?"""

from __future__ import annotations

from datetime import date

import pytest

from relief.domain.errors import RuleBroken
from relief.domain.granting import judge_days, judge_roles, needs_second_factor
from relief.domain.permissions import Role

TODAY = date(2026, 2, 26)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    "held", [{Role.CASEWORKER}, {Role.REVIEWER, Role.CASHIER}, {Role.AUDITOR}, {Role.SECURITY_ADMIN}, set()]
)
def test_roles_of_one_kind_go_together(held: set[Role], strict: bool) -> None:
    judge_roles(held, strict=strict)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    "held",
    [
        {Role.CASEWORKER, Role.SYSTEM_ADMIN},
        {Role.CHAIR, Role.SECURITY_ADMIN},
        {Role.AUDITOR, Role.ACCOUNTANT},
        {Role.AUDITOR, Role.SYSTEM_ADMIN},
    ],
)
def test_case_work_audit_and_administration_never_mix(held: set[Role], strict: bool) -> None:
    with pytest.raises(RuleBroken) as refused:
        judge_roles(held, strict=strict)
    assert refused.value.field == "role"


def test_a_small_office_may_have_one_administrator_and_a_strict_one_has_two() -> None:
    both = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}
    judge_roles(both, strict=False)
    with pytest.raises(RuleBroken, match="two different people"):
        judge_roles(both, strict=True)


@pytest.mark.parametrize("until", [None, TODAY, date(2026, 2, 27)])
def test_a_role_begins_today_or_later_and_ends_today_or_later(until: date | None) -> None:
    judge_days(TODAY, until, TODAY)


@pytest.mark.parametrize(
    ("since", "until", "field"), [(date(2026, 2, 25), None, "since"), (TODAY, date(2026, 2, 25), "until")]
)
def test_a_role_neither_begins_nor_ends_yesterday(since: date, until: date | None, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        judge_days(since, until, TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize("role", [Role.CHAIR, Role.VICE_CHAIR, Role.ACCOUNTANT, Role.CASHIER, Role.SECURITY_ADMIN])
def test_who_decides_pays_or_administers_needs_a_code_in_the_strict_profile_alone(role: Role) -> None:
    assert needs_second_factor({role}, strict=True)
    assert not needs_second_factor({role}, strict=False)


def test_a_caseworker_needs_none() -> None:
    assert not needs_second_factor({Role.CASEWORKER, Role.UNIT_CHAIR}, strict=True)
