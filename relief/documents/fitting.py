"""How large may a text be in its cell? The largest size on the ladder at which its lines fit."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

LADDER = (18.0, 16.0, 14.0, 13.0, 12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
"""Sizes of type in points; templates/documents/paper.css has a class for each."""

LINE_HEIGHT = 1.2
MM_PER_POINT = 25.4 / 72

_FONTS = Path(__file__).resolve().parent / "fonts"
_PIECE = re.compile(r"[!-~]+|[ \t\n]+|.", re.DOTALL)
_LITTLE_LESS = 0.8
_NOT_FIRST = frozenset("，。；：、！？）》」』】”’…·%,.;:!?)")
"""Punctuation that pulls the character before it onto the next line."""


def fit(text: str, width: float, height: float, largest: float = 10.0, bold: bool = False) -> str:
    """The class (`p105` is 10.5 points) for a text in a cell of `width` × `height` mm."""
    return f"p{round(size(text, width, height, largest, bold) * 10)}"


def size(text: str, width: float, height: float, largest: float = 10.0, bold: bool = False) -> float:
    """Points for the text: the largest that fits, or a little less where that saves breaking one line in two.

    The smallest of the ladder when even that is too tall.
    """
    allowed = [points for points in LADDER if points <= largest]
    best = next((points for points in allowed if _fits(text, width, height, points, bold)), LADDER[-1])
    unbroken = (points for points in allowed if _LITTLE_LESS * best <= points <= best)
    return next((points for points in unbroken if lines_of(text, width, points, bold) == 1), best)


def _fits(text: str, width: float, height: float, points: float, bold: bool) -> bool:
    return lines_of(text, width, points, bold) * points * MM_PER_POINT * LINE_HEIGHT <= height


def lines_of(text: str, width: float, points: float, bold: bool = False) -> int:
    """How many lines of `width` mm the text fills: Chinese breaks anywhere, other words only when they must."""
    line = width / (points * MM_PER_POINT)
    if ems(text, bold) <= line:
        return 1
    lines, used, last = 1, 0.0, 0.0
    for piece in _PIECE.findall(text):
        wide = ems(piece, bold)
        if used + wide <= line or piece.isspace():
            used, last = used + wide, wide
            continue
        carried = last if piece in _NOT_FIRST else 0.0
        full, used = divmod(carried + wide, line) if wide > line else (0.0, carried + wide)
        lines, last = lines + 1 + int(full), wide
    return lines


def ems(text: str, bold: bool = False) -> float:
    """The text's width on one line in ems: a Chinese character is one em, ASCII as the fonts have it."""
    widths = _ascii_widths(bold)
    return sum(widths.get(one, 1.0) for one in text)


@cache
def _ascii_widths(bold: bool) -> dict[str, float]:
    lines = (_FONTS / f"widths-{'Bold' if bold else 'Regular'}.txt").read_text(encoding="ascii").split()
    return {chr(0x20 + place): int(width) / 1000 for place, width in enumerate(lines)}
