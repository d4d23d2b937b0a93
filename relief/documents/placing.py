"""How do words get to an exact place on a form? A box, type that shrinks to it, and rules around it (all in mm)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from relief.documents.fitting import LINE_HEIGHT, MM_PER_POINT, lines_of, size

Lean: TypeAlias = Literal["left", "center", "right"]
_PADDING = 1.2
_HEADROOM = 0.6


@dataclass(frozen=True)
class Box:
    """A place from the upper left corner of the page; the words in it are at most `largest` points.

    Words of a `one_line` box shrink rather than break, as long as the ladder has a smaller size.
    """

    left: float
    top: float
    width: float
    height: float
    largest: float = 10.0
    lean: Lean = "left"
    bold: bool = False
    one_line: bool = False


@dataclass(frozen=True)
class Placed:
    """Words with their size and place, in the middle of the height of their box."""

    text: str
    left: float
    top: float
    width: float
    points: float
    lean: Lean
    bold: bool


@dataclass(frozen=True)
class Rule:
    """A ruled rectangle: `thin`, `thick`, `dashed`, or a `double` line under a title."""

    left: float
    top: float
    width: float
    height: float
    kind: str = "thin"


@dataclass(frozen=True)
class Picture:
    """A square picture from a `data:` address."""

    source: str
    left: float
    top: float
    side: float


@dataclass
class Page:
    """What is put on one page."""

    title: str
    author: str = ""
    words: list[Placed] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def write(self, text: str, box: Box) -> None:
        """Put words into a box; nothing for no words."""
        if text:
            self.words.append(place(text, box))


def place(text: str, box: Box) -> Placed:
    """The words in the box, as large as they may be."""
    width = box.width - 2 * _PADDING
    lowest = min(box.height - _HEADROOM, 1.1 * box.largest * LINE_HEIGHT * MM_PER_POINT)
    points = size(text, width, lowest if box.one_line else box.height - _HEADROOM, box.largest, box.bold)
    used = lines_of(text, width, points, box.bold) * points * LINE_HEIGHT * MM_PER_POINT
    top = box.top + max(0.0, (box.height - used) / 2)
    return Placed(text, round(box.left + _PADDING, 2), round(top, 2), round(width, 2), points, box.lean, box.bold)
