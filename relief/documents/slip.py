"""What small papers does a person take home? The receipt of an application, the invitation of a new user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from relief.documents.paper import Text


@dataclass(frozen=True)
class Receipt:
    """A5 in large type: who has the application, when an answer is due, whom to call; what is still missing."""

    number: str
    office: str
    unit: str
    applicant: str
    kind: Text
    received_on: date
    held_by: str
    answer_due_on: date
    telephone: str
    contact: str = ""
    missing: tuple[Text, ...] = ()
    bring_by: date | None = None


@dataclass(frozen=True)
class Invitation:
    """A5: how a new user signs in the first time, or anybody after a reset. `link` works once, until `valid_until`
    (local time).
    """

    office: str
    unit: str
    name: str
    user_name: str
    roles: tuple[Text, ...]
    link: str
    code: str
    valid_until: datetime
    telephone: str
    is_new_password: bool = False


def receipt_pdf(receipt: Receipt, locale: str) -> bytes:
    """The receipt, one A5 page. RuleBroken for a character that cannot be printed."""
    from relief.documents.pdf import render

    return render("receipt", [receipt], locale, style="slip")


def invitation_pdf(invitation: Invitation, locale: str) -> bytes:
    """The invitation, one A5 page with its link as a QR code. It is a secret: print it, do not store it."""
    from relief.documents.pdf import render

    return render("invitation", [invitation], locale, style="slip")
