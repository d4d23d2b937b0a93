"""How much text does a workbook come to once each cell holds its own copy? Counted before anything is laid out.

A text stands once in the package, and any number of cells point to it. Three thousand cells that point to one text of
two megabytes fit into 30 kB and end a process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from zipfile import ZipInfo

MOST_TEXT = 200 * 1024 * 1024
_SHARED = "sharedstrings"
_TEXTS = re.compile(rb"<(?:[\w.-]+:)?si(?=[\s/>])")
_POINTER = re.compile(rb"[\"']s[\"'][^<>]*>\s*<(?:[\w.-]+:)?v[^<>]*>\s*(\d{1,9})")

Unpack = Callable[[ZipInfo], Iterable[bytes]]


def is_too_much(entries: Iterable[ZipInfo], unpack: Unpack) -> bool:
    """Whether the cells of the entries hold more than 200 MB of shared text, or might: what is unclear counts most."""
    listed = list(entries)
    shared = b"".join(piece for one in listed if _is_shared(one) for piece in unpack(one))
    lengths = [len(text) for text in _TEXTS.split(shared)[1:]]
    if not lengths:
        return False
    others, longest = [one for one in listed if not _is_shared(one)], max(lengths)
    pointers = sum(_pointers(piece) for one in others for piece in unpack(one))
    if pointers * longest <= MOST_TEXT:
        return False
    return sum(_text_of(b"".join(unpack(one)), lengths, longest) for one in others) > MOST_TEXT


def _is_shared(entry: ZipInfo) -> bool:
    return _SHARED in entry.filename.lower()


def _pointers(xml: bytes) -> int:
    """At most so many cells point to a shared text: the mark must stand there in so many letters."""
    return xml.count(b'"s"') + xml.count(b"'s'")


def _text_of(xml: bytes, lengths: list[int], longest: int) -> int:
    """The shared text of one sheet; a pointer that is not read counts as the longest text."""
    read = [int(found) for found in _POINTER.findall(xml)]
    known = sum(lengths[one] for one in read if one < len(lengths))
    return known + (_pointers(xml) - len(read)) * longest
