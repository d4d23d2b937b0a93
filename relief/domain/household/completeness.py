"""What is missing in the file, and for which step? Gaps never block keeping a person on file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from relief.domain.labels import label
from relief.domain.sentences import Sentence


class FileGate(StrEnum):
    """The steps that need something of the file."""

    MEANS_TEST = "means_test"
    PUBLICATION = "publication"
    PAYMENT = "payment"


@dataclass(frozen=True)
class FileFacts:
    """What a household file holds, as far as a step asks."""

    has_head: bool = False
    has_unit: bool = False
    has_area: bool = False
    has_income: bool = False
    has_rigid: bool = False
    has_incomes_of_all: bool = False
    has_cause: bool = False
    has_category: bool = False
    has_account: bool = False
    has_account_holder: bool = False
    has_contact: bool = False
    consents_to_check: bool = False
    consents_to_publish: bool = False
    consents_to_bank: bool = False


_Need = tuple[Callable[[FileFacts], bool], Sentence]

_NEEDS: dict[FileGate, tuple[_Need, ...]] = {
    FileGate.MEANS_TEST: (
        (lambda file: file.has_head, label("The head of the household is missing.")),
        (lambda file: file.has_area, label("The area of the household is missing.")),
        (lambda file: file.has_income, label("The income of the last 12 months is missing.")),
        (lambda file: file.has_rigid, label("The rigid expenditure is missing; enter 0 if there is none.")),
        (lambda file: file.has_incomes_of_all, label("The income of a member is missing.")),
        (lambda file: file.consents_to_check, label("The signed consent to the means check is missing.")),
    ),
    FileGate.PUBLICATION: (
        (lambda file: file.has_unit, label("The unit is missing.")),
        (lambda file: file.has_cause, label("The main cause of hardship is missing.")),
        (lambda file: file.consents_to_publish, label("The signed consent to publication is missing.")),
    ),
    FileGate.PAYMENT: (
        (lambda file: file.has_category, label("The hardship category is missing.")),
        (lambda file: file.has_account, label("The bank account is missing.")),
        (lambda file: file.has_account_holder, label("The name of the account holder is missing.")),
        (lambda file: file.has_contact, label("The telephone number is missing.")),
        (
            lambda file: file.consents_to_bank,
            label("The consent to pass the account to the bank is missing."),
        ),
    ),
}


def missing_for(gate: FileGate, file: FileFacts) -> tuple[Sentence, ...]:
    """What the step still needs, in the order of the form; empty when the gate is open."""
    return tuple(text for holds, text in _NEEDS[gate] if not holds(file))
