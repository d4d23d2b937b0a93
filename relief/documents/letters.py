"""What does the union write to a household? The letter of refusal: why, and where to ask again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from relief.documents.paper import Text


@dataclass(frozen=True)
class RefusalLetter:
    """不予救助通知书: plain words, large type, half a page. Asking again is possible until `appeal_until`."""

    number: str
    office: str
    name: str
    kind: Text
    applied_on: date
    decided_on: date
    reasons: tuple[Text, ...]
    appeal_to: str
    appeal_until: date
    telephone: str
    advice: tuple[Text, ...] = ()


def refusal_pdf(letter: RefusalLetter, locale: str) -> bytes:
    """The letter, half a page of A4. RuleBroken for a character that cannot be printed."""
    from relief.documents.pdf import render

    return render("refusal", [letter], locale)
