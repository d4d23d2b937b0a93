"""Which row of a visit sheet does a photo belong to? Its name may say: `K7M-4PX-3.jpg`, `3.jpg`, `03 stove.jpg`."""

from __future__ import annotations

import re
import unicodedata

from relief.domain.visit_sheet_code import find_sheet_code

_CODED = re.compile(r"([A-Z0-9]{3}[\s_-]?[A-Z0-9]{3})[\s_-]+(\d{1,2})(?!\d)", re.IGNORECASE | re.ASCII)
_PLAIN = re.compile(r"(\d{1,2})(?![\d])(?:$|[\s_.\-()（）、]|[^\x00-\x7f])", re.ASCII)


def place_in_name(name: str, code: str, most: int) -> int | None:
    """The row, 1 to `most`, that the name begins with, after this sheet's code or alone; None when it says none."""
    plain = unicodedata.normalize("NFKC", name).strip()
    found = _CODED.match(plain)
    if found is not None and find_sheet_code(found[1]) is not None:
        return _within(int(found[2]), most) if find_sheet_code(found[1]) == code else None
    found = _PLAIN.match(plain)
    return _within(int(found[1]), most) if found else None


def _within(place: int, most: int) -> int | None:
    return place if 1 <= place <= most else None
