"""Which kinds of aid are there? One file each; the registry finds every `Kind` in this package."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from relief.domain.aid.kind import Kind


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of aid by its code, in the order of their places."""
    found: list[Kind] = []
    for module in pkgutil.iter_modules(__path__):
        values = vars(importlib.import_module(f"{__name__}.{module.name}")).values()
        found += [value for value in values if isinstance(value, Kind)]
    return {kind.code: kind for kind in sorted(found, key=lambda kind: (kind.place, kind.code))}


def find_kind(code: str) -> Kind:
    """The kind with this code; KeyError for a code that nobody wrote."""
    return kinds()[code]
