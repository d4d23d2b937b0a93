"""How large may a text be in its cell? The largest size on the ladder at which its lines fit."""

from __future__ import annotations

from math import ceil

LADDER = (14.0, 13.0, 12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
"""Sizes of type in points; templates/documents/paper.css has a class for each."""

_MM_PER_POINT = 25.4 / 72
_LINE_HEIGHT = 1.25
_WIDE_FROM = "\u1100"
_NARROW, _CAPITAL, _WIDE = 0.56, 0.72, 1.0


def ems(text: str) -> float:
    """The text's width on one line in ems, never less than it prints: a Chinese character is one em."""
    return sum(_width(one) for one in text)


def _width(character: str) -> float:
    if character >= _WIDE_FROM:
        return _WIDE
    return _CAPITAL if character.isupper() or character in "@%&+=·" else _NARROW


def fit(text: str, width: float, height: float, largest: float = 10.0) -> str:
    """The class (`p105` is 10.5 points) for a text in a cell of `width` × `height` mm."""
    return f"p{round(size(text, width, height, largest) * 10)}"


def size(text: str, width: float, height: float, largest: float = 10.0) -> float:
    """Points for the text; the smallest of the ladder when even that is tight."""
    fitting = (points for points in LADDER if points <= largest and _fits(text, width, height, points))
    return next(fitting, LADDER[-1])


def _fits(text: str, width: float, height: float, points: float) -> bool:
    """Whether the lines fit; words that do not break cost up to one of them at every line's end."""
    em = points * _MM_PER_POINT
    longest_word = max((ems(word) for word in text.split() if word.isascii()), default=1.0)
    per_line = width / em
    lines = 1 if ems(text) <= per_line else ceil(ems(text) / max(per_line - min(longest_word, per_line / 2), 1))
    return lines * em * _LINE_HEIGHT <= height
