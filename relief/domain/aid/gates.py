"""What must be there before a step, whatever the kind? Each gate says what is missing and where it is mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from relief.domain.aid.facts import CaseFacts, VisitFact
from relief.domain.aid.policy import AidPolicy
from relief.domain.labels import label
from relief.domain.sentences import Sentence, sentence


@dataclass(frozen=True)
class Gate:
    """Something that must be there before a step: done or missing, and what to do about it.

    `before` lists the verbs that wait for it. `anchor` names the part of the page where it is mended.
    """

    code: str
    label: Sentence
    done: bool
    missing: Sentence
    before: tuple[str, ...]
    anchor: str = ""


def file_gate(facts: CaseFacts) -> Gate:
    """Relief by file 依档帮扶: the file is active."""
    missing = label("The household's file is not active. Open it again, or help with special relief.")
    return Gate("file", label("Active hardship file"), facts.file_status == "active", missing,
                ("submit", "approve"), "household")  # fmt: skip


def review_gate(facts: CaseFacts, policy: AidPolicy) -> Gate:
    """The file was reviewed lately enough."""
    days = policy.review_within_days or 0
    done = facts.reviewed_on is not None and facts.reviewed_on >= facts.on - timedelta(days=days)
    text = sentence("File reviewed within %(days)s days", days=days)
    missing = sentence("The file was not reviewed in the last %(days)s days. Review it, and note the day.", days=days)
    return Gate("review", text, done, missing, ("submit",), "household")


def window_gate(facts: CaseFacts) -> Gate:
    """Applied for while the window was open."""
    window, day = facts.window, facts.applied_on or facts.on
    done = window is not None and window.opens_on <= day <= window.apply_by
    missing = label("The window for applications is not open on this day.")
    return Gate("window", label("Applied for in time"), done, missing, ("submit",), "application")


def once_gate(facts: CaseFacts) -> Gate:
    """Once per window and household."""
    missing = label("The household stands on a list of this window already.")
    return Gate("once", label("Once per window"), not facts.in_window_already, missing,
                ("submit", "approve"), "application")  # fmt: skip


def visit_gate(facts: CaseFacts, policy: AidPolicy) -> Gate:
    """A visit that is young enough, by enough people."""
    days = policy.visit_within_days
    text = sentence("Visited within %(days)s days", days=days)
    missing = sentence("No visit in the last %(days)s days. Visit the home, and log it.", days=days)
    return Gate("visit", text, bool(visits_that_count(facts, policy)), missing, ("submit",), "visits")


def visits_that_count(facts: CaseFacts, policy: AidPolicy) -> list[VisitFact]:
    """The visits that the policy takes: of its kinds, by enough people, not too old on the day of the decision."""
    since = facts.on - timedelta(days=policy.visit_within_days)
    return [
        visit for visit in facts.visits
        if visit.kind in policy.visit_kinds and visit.visitors >= policy.visitors and since <= visit.on <= facts.on
    ]  # fmt: skip


def consent_gate(facts: CaseFacts, before: tuple[str, ...]) -> Gate:
    """Nothing is checked or published without a signature."""
    missing = label("Have the household sign the consent, and file it.")
    return Gate("consent", label("Consent to check and publish"), facts.has_consent, missing, before, "evidence")


def account_gate(facts: CaseFacts) -> Gate:
    """Money needs an account."""
    missing = label("Enter the household's bank account.")
    return Gate("account", label("Account for the money"), facts.has_account, missing,
                ("approve", "enter_sheet"), "account")  # fmt: skip


def evidence_gates(
    facts: CaseFacts, asked: tuple[str, ...], names: Mapping[str, Sentence], before: tuple[str, ...] = ("submit",)
) -> tuple[Gate, ...]:
    """One gate for each paper that is asked for."""
    return tuple(
        Gate(f"evidence.{code}", names[code], code in facts.evidence,
             sentence("Attach: %(paper)s.", paper=names[code]), before, "evidence")
        for code in asked
    )  # fmt: skip
