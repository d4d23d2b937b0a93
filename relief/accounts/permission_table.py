"""How does the matrix of roles and permissions look as rows of a page?"""

from __future__ import annotations

from dataclasses import dataclass

from relief.domain.permissions import MATRIX, PERMISSIONS, Role, roles_with
from relief.domain.sentences import Sentence


@dataclass(frozen=True)
class PermissionRow:
    """One permission: what it allows, the roles that hold it, and one tick or gap for each role of the list."""

    code: str
    label: Sentence
    roles: tuple[Sentence, ...]
    ticks: tuple[bool, ...]


def permission_table() -> list[PermissionRow]:
    """The rows of `relief.domain.permissions`, in its order."""
    return [
        PermissionRow(
            code, words, tuple(role.label for role in roles_with(code)), tuple(code in MATRIX[role] for role in Role)
        )
        for code, words in PERMISSIONS.items()
    ]
