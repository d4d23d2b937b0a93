"""Which papers are attached to what, who may see them, and who may add them?"""

from __future__ import annotations

from dataclasses import dataclass

from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.labels import label
from relief.domain.permissions import PERMISSIONS, Actor
from relief.domain.sentences import Sentence

KINDS: dict[str, Sentence] = {
    "application": label("Signed application"),
    "identity": label("Copy of the ID card"),
    "booklet": label("Household register"),
    "income": label("Proof of income"),
    "living_allowance": label("Living-allowance certificate"),
    "diagnosis": label("Diagnosis or hospital bill"),
    "disability": label("Disability certificate"),
    "study": label("Proof of study or fees"),
    "work": label("Proof of unemployment or contract"),
    "unit_proof": label("Proof by the unit"),
    "event_proof": label("Proof of the event"),
    "consent": label("Signed consent"),
    "authorisation": label("Authorisation to check the means"),
    "check_report": label("Report of the means check"),
    "visit_form": label("Signed visit form"),
    "visit_photo": label("Photo of a visit"),
    "minutes": label("Minutes of a meeting"),
    "meeting_photo": label("Photo of a meeting"),
    "notice_photo": label("Photo of the posted notice"),
    "objection": label("Objection in writing"),
    "decision_paper": label("Signed decision on paper"),
    "superior_opinion": label("Opinion of the superior union"),
    "bank_card": label("Copy of the bank card"),
    "commitment": label("Signed commitment"),
    "agent_paper": label("Authorisation of an agent"),
    "signed_voucher": label("Signed voucher"),
    "bank_receipt": label("Receipt of the bank"),
    "invoice": label("Invoice"),
    "other": label("Other paper"),
}
HEALTH = frozenset({"diagnosis", "disability"})


@dataclass(frozen=True)
class Hands:
    """Any of these permissions reads a subject's papers, any of those adds and removes them."""

    read: tuple[str, ...]
    write: tuple[str, ...]


_DECIDING = ("case.write", "case.opinion", "case.review", "case.approve", "case.follow_up", "meeting.write")
_PAYING = Hands(("sheet.read",), ("payment.record", "voucher.print"))
SUBJECTS: dict[str, Hands] = {
    "household": Hands(("household.read",), ("household.write", "household.import")),
    "visit": Hands(("household.read",), ("visit.write",)),
    "case": Hands(("household.read",), _DECIDING),
    "meeting": Hands(("household.read",), ("meeting.write",)),
    "list": Hands(("household.read",), _DECIDING),
    "notice": Hands(("household.read",), ("case.notice",)),
    "objection": Hands(("household.read",), ("case.notice", "case.objection")),
    "sheet": _PAYING,
    "payment": _PAYING,
    "voucher": _PAYING,
}
READERS = tuple(sorted({name for hands in SUBJECTS.values() for name in hands.read}))


def judge_kind(kind: str) -> str:
    """The code when it is one of the list; RuleBroken on `kind`."""
    if kind not in KINDS:
        raise RuleBroken("kind", "Choose what kind of paper this is.")
    return kind


def may_read(subject: str, kind: str, by: Actor) -> bool:
    """Whether the actor's roles open such a paper; health papers want `health.read` beside."""
    return any(by.can(name) for name in SUBJECTS[subject].read) and (kind not in HEALTH or by.can("health.read"))


def require_write(subject: str, by: Actor) -> None:
    """Raise NotAllowed unless the actor may add and remove papers of this subject."""
    wanted = SUBJECTS[subject].write
    if not any(by.can(name) for name in wanted):
        permission = PERMISSIONS[wanted[0]]
        raise NotAllowed(None, "Your role does not include this: %(permission)s.", permission=permission)
