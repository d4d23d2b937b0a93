"""Who may do what? The whole matrix of roles and permissions on one page.

A permission opens a room or a verb; scope (whose rows) and hands (who took part in this case) are judged
beside it: see `Actor.sees` here and `relief.domain.approval`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from relief.domain.errors import NotAllowed, NotYours
from relief.domain.labels import label
from relief.domain.sentences import Sentence


class Role(StrEnum):
    """The one list of roles (mission, spine)."""

    CASEWORKER = "caseworker"
    UNIT_CHAIR = "unit_chair"
    REVIEWER = "reviewer"
    VICE_CHAIR = "vice_chair"
    CHAIR = "chair"
    ACCOUNTANT = "accountant"
    FINANCE_HEAD = "finance_head"
    CASHIER = "cashier"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"

    @property
    def label(self) -> Sentence:
        return ROLE_LABELS[self]


ROLE_LABELS: dict[Role, Sentence] = {
    Role.CASEWORKER: label("Caseworker"),
    Role.UNIT_CHAIR: label("Unit chair"),
    Role.REVIEWER: label("Reviewer"),
    Role.VICE_CHAIR: label("Vice-chair"),
    Role.CHAIR: label("Chair"),
    Role.ACCOUNTANT: label("Accountant"),
    Role.FINANCE_HEAD: label("Finance head"),
    Role.CASHIER: label("Cashier"),
    Role.AUDITOR: label("Auditor"),
    Role.SYSTEM_ADMIN: label("System administrator"),
    Role.SECURITY_ADMIN: label("Security administrator"),
}

PERMISSIONS: dict[str, Sentence] = {
    "household.read": label("See household files"),
    "household.write": label("Keep household files"),
    "household.import": label("Import rosters"),
    "proposal.decide": label("Decide proposed changes to a file"),
    "identity.reveal": label("Reveal an ID number, phone or address, with a reason"),
    "health.read": label("See health details"),
    "account.read": label("See full account numbers"),
    "visit.read": label("See visits"),
    "visit.write": label("Log visits"),
    "case.read": label("See cases"),
    "case.write": label("Open, mend, submit and withdraw cases"),
    "case.opinion": label("Give the unit's opinion"),
    "case.notice": label("Post and take down notices, record objections"),
    "case.objection": label("Settle objections"),
    "case.review": label("Review for the bureau"),
    "case.approve": label("Approve"),
    "case.hold": label("Put on hold and resume"),
    "case.revoke": label("Revoke and recover"),
    "case.end_months": label("End monthly aid"),
    "case.ratify": label("Ratify emergency aid"),
    "appeal.write": label("Record appeals"),
    "appeal.judge": label("Answer appeals"),
    "case.follow_up": label("Record the follow-up and close"),
    "meeting.write": label("Record meetings"),
    "transcript.write": label("Write over decisions made on paper"),
    "transcript.compare": label("Compare decisions on paper and apply them"),
    "opinion.pass": label("Pass a unit's opinions on"),
    "window.open": label("Open and close the windows of lists"),
    "opening.import": label("Take over past awards"),
    "fund.read": label("See funds"),
    "fund.write": label("Record money announced and received"),
    "sheet.read": label("See disbursement sheets"),
    "sheet.make": label("Make disbursement sheets"),
    "sheet.release": label("Release money"),
    "payment.record": label("Record payments that succeeded or bounced"),
    "voucher.print": label("Print vouchers"),
    "voucher.void": label("Void vouchers"),
    "audit.read": label("Read the record"),
    "audit.doubt": label("Raise, settle and uphold doubts, draw samples"),
    "user.manage": label("Manage users and grants"),
    "union.manage": label("Keep the tree of unions"),
    "password.reset": label("Reset passwords"),
    "system.run": label("Run the system"),
}

_FILES = {"household.read", "visit.read", "case.read"}
_DECIDES = _FILES | {"health.read", "fund.read", "sheet.read"}
_PAPER = {"transcript.write", "transcript.compare"}

MATRIX: dict[Role, frozenset[str]] = {
    Role.CASEWORKER: frozenset(
        _FILES
        | {"household.write", "household.import", "identity.reveal", "health.read", "visit.write"}
        | {"case.write", "case.notice", "case.follow_up", "appeal.write"}
        | _PAPER
    ),
    Role.UNIT_CHAIR: frozenset(
        _FILES
        | {"health.read", "identity.reveal", "visit.write", "proposal.decide"}
        | {"case.opinion", "case.objection", "case.hold", "meeting.write", "opinion.pass"}
        | _PAPER
    ),
    Role.REVIEWER: frozenset(
        _DECIDES
        | {"household.write", "household.import", "identity.reveal", "proposal.decide", "visit.write"}
        | {"case.review", "case.objection", "case.hold", "case.follow_up", "meeting.write", "window.open"}
        | {"opening.import", "appeal.write", "appeal.judge"}
        | _PAPER
    ),
    Role.VICE_CHAIR: frozenset(
        _DECIDES
        | {"case.approve", "case.hold", "case.end_months", "meeting.write", "window.open"}
        | {"transcript.compare", "appeal.judge"}
    ),
    Role.CHAIR: frozenset(
        _DECIDES
        | {"case.approve", "case.hold", "case.revoke", "meeting.write", "window.open", "password.reset", "audit.read"}
        | {"opinion.pass", "transcript.compare", "case.ratify", "case.end_months", "appeal.judge"}
    ),
    Role.ACCOUNTANT: frozenset(
        {"case.read", "account.read", "fund.read", "fund.write", "sheet.read", "sheet.make", "voucher.print"}
        | {"opening.import"}
    ),
    Role.FINANCE_HEAD: frozenset(
        {"case.read", "account.read", "fund.read", "sheet.read", "sheet.release", "voucher.print", "voucher.void"}
    ),
    Role.CASHIER: frozenset(
        {"case.read", "account.read", "fund.read", "sheet.read", "payment.record", "voucher.print"}
    ),
    Role.AUDITOR: frozenset(
        _DECIDES | {"account.read", "identity.reveal", "audit.read", "audit.doubt"}
    ),
    Role.SYSTEM_ADMIN: frozenset({"system.run", "union.manage"}),
    Role.SECURITY_ADMIN: frozenset({"user.manage"}),
}


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with roles and the unions that he sees (`scope` None: the whole tree).

    The system itself is an actor without a user; it passes every permission and is named in the record. `through` is
    who writes over what this actor decided on paper (代录): roles, scope and hands stay the signer's.
    """

    name: str
    user_id: int | None = None
    person_id: int | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    union_id: int | None = None
    union_name: str = ""
    scope: frozenset[int] | None = frozenset()
    is_system: bool = False
    through: Actor | None = None

    def can(self, permission: str) -> bool:
        """Whether one of the actor's roles holds the permission."""
        return self.is_system or any(permission in MATRIX[role] for role in self.roles)

    def require(self, permission: str) -> None:
        """Raise NotAllowed unless the actor can."""
        if not self.can(permission):
            raise NotAllowed(
                None, "Your role does not include this: %(permission)s.", permission=PERMISSIONS[permission]
            )

    def sees(self, union_id: int | None) -> bool:
        """Whether rows of this union are the actor's to see."""
        return self.is_system or self.scope is None or union_id in self.scope

    def require_sight(self, union_id: int | None) -> None:
        """Raise NotYours for a union outside the actor's subtree: the same answer as for a missing row."""
        if not self.sees(union_id):
            raise NotYours


def system_actor(name: str = "system") -> Actor:
    """The named actor of jobs and of the command line."""
    return Actor(name=name, scope=None, is_system=True)


def roles_with(permission: str) -> list[Role]:
    """The roles that hold a permission, in the order of the list."""
    return [role for role in Role if permission in MATRIX[role]]
