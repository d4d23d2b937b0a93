"""Which characters can be printed? Those of the committed fonts; a paper with another one is refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from relief.domain.errors import RuleBroken

_COVERAGE = Path(__file__).resolve().parent / "fonts" / "coverage.txt"
_LAYOUT_ONLY = frozenset("\n\r\t\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Characters that a paper may hold and that draw nothing."""


@cache
def printable() -> frozenset[str]:
    """Every character that both weights of the fonts have."""
    ranges = (line.split("-") for line in _COVERAGE.read_text(encoding="ascii").splitlines())
    return frozenset(chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))


def missing_glyphs(text: str) -> set[str]:
    """The characters of the text that no font of ours can draw; empty when it can be printed."""
    return set(text) - printable() - _LAYOUT_ONLY


def refuse_missing(text: str) -> None:
    """RuleBroken on `name` with the first character that cannot be printed, in the order of the text."""
    missing = missing_glyphs(text)
    if missing:
        raise cannot_print(min(missing, key=text.index))


def cannot_print(character: str) -> RuleBroken:
    """The refusal of one document for one character."""
    return RuleBroken(
        "name",
        "The character %(character)s (%(code)s) cannot be printed: the fonts do not have it. "
        "Write it as it stands on the resident ID card, or ask for the font to be extended.",
        character=character,
        code=f"U+{ord(character):04X}",
    )
