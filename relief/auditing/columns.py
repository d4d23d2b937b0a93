"""Under which name does a column stand in a statement? Named here, so that no name is taken for words on a screen."""

from __future__ import annotations

from typing import Any


def named(column: Any, name: str) -> Any:
    """The column under this name."""
    return column.label(name)
