"""Which roles may be held together, and which need a second factor? Case work, audit and administration never mix."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from relief.domain.errors import RuleBroken
from relief.domain.permissions import Role

ADMINISTRATION = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
AUDIT = frozenset({Role.AUDITOR})
CASE_WORK = frozenset(Role) - ADMINISTRATION - AUDIT
NEED_SECOND_FACTOR = ADMINISTRATION | {
    Role.VICE_CHAIR, Role.CHAIR, Role.ACCOUNTANT, Role.FINANCE_HEAD, Role.CASHIER,
}  # fmt: skip


def judge_roles(held: Collection[Role], *, strict: bool) -> None:
    """Raise RuleBroken on `role` when these roles may not be held together.

    In the strict profile (三权分立) system and security administration are two people; a small office may have one.
    """
    together = frozenset(held)
    if sum(bool(together & kind) for kind in (ADMINISTRATION, AUDIT, CASE_WORK)) > 1:
        raise RuleBroken("role", "Case work, audit and administration are not held together.")
    if strict and together >= ADMINISTRATION:
        raise RuleBroken("role", "System and security administration are held by two different people.")


def judge_days(since: date, until: date | None, today: date) -> None:
    """A role neither begins nor ends before today; RuleBroken on `since` or `until`."""
    if since < today:
        raise RuleBroken("since", "A role does not begin before today.")
    if until is not None and until < today:
        raise RuleBroken("until", "A role does not end before today: what was done under it stays so.")


def needs_second_factor(roles: Collection[Role], *, strict: bool) -> bool:
    """Whether a user with these roles must sign in with a one-time code as well."""
    return strict and not NEED_SECOND_FACTOR.isdisjoint(roles)
