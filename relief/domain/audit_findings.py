"""Which findings do audits of relief make again and again? A1 to A14, what is shown of each, and what cannot be yet."""

from __future__ import annotations

from dataclasses import dataclass

from relief.domain.labels import label
from relief.domain.sentences import Sentence

UNVERIFIED_DAYS = 365
UNPAID_DAYS = 30
IDLE_DAYS = 90
UNSIGNED_DAYS = 30
UNBOOKED_DAYS = 30
UNHELPED_DAYS = 365
UNANSWERED_DAYS = 60
UNRECOVERED_DAYS = 90
VISITS_A_DAY = 12


@dataclass(frozen=True)
class AuditFinding:
    """One finding of audits (domain facts, 7): its code, what it is called, and what is not shown of it yet."""

    code: str
    title: Sentence
    gap: Sentence | None = None


FINDINGS: tuple[AuditFinding, ...] = (
    AuditFinding("A1", label("Paid after a death, or not checked for long")),
    AuditFinding(
        "A2", label("Paid twice"),
        label("What other bodies paid is not known here; only what this office paid or imported is compared."),
    ),
    AuditFinding(
        "A3", label("One card or telephone for several households"),
        label("Addresses are sealed and not compared yet."),
    ),
    AuditFinding(
        "A4", label("Favours to relatives"),
        label("Only relatives that staff declared are known; like surnames are no evidence and are not listed."),
    ),
    AuditFinding(
        "A5", label("Cars, homes or a business of their own"),
        label("Cannot be shown yet: what a household owns is not recorded."),
    ),
    AuditFinding(
        "A6", label("Cash, or collected by somebody else"),
        label("Who signed for somebody else on paper is not recorded yet."),
    ),
    AuditFinding("A7", label("Above the limits")),
    AuditFinding("A8", label("Money late or idle")),
    AuditFinding("A9", label("Paid without a full notice")),
    AuditFinding("A10", label("Vouchers or sheets incomplete")),
    AuditFinding("A11", label("In need, and not helped")),
    AuditFinding("A12", label("Money that did not come back")),
    AuditFinding(
        "A13", label("Visits that can hardly have been made"),
        label("Visits carry a day and no hour, so visits at the same hour cannot be compared."),
    ),
    AuditFinding(
        "A14", label("Paper and screen differ"),
        label("Cannot be shown yet: printed forms carry no mark of the version that they were printed from."),
    ),
)  # fmt: skip
CODES: dict[str, AuditFinding] = {one.code: one for one in FINDINGS}
