"""A bureau at work, built through the services, to be tried by a newcomer."""

from __future__ import annotations

from collections.abc import Callable


def load(progress: Callable[[int, int], None] | None = None) -> None:
    """Fill an empty, migrated database with the demo."""
    from relief.demo.loading import load as fill

    fill(progress)
