"""What does a PDF really show? Its text, its pixels and its QR code, read back by other programs than made it."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

DPI = 150
_MM = 25.4


@contextmanager
def _file(document: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(document)
        yield path


def _run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def text_of(document: bytes) -> str:
    """The text as poppler reads it, laid out."""
    with _file(document) as path:
        return _run("pdftotext", "-layout", path, "-")


def letters_of(document: bytes) -> str:
    """The text in the order of drawing, without any white space."""
    with _file(document) as path:
        return "".join(_run("pdftotext", "-raw", path, "-").split())


def right_edges_of(document: bytes) -> list[float]:
    """Where each word ends, in points from the left edge of its page."""
    with _file(document) as path:
        return [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', _run("pdftotext", "-bbox", path, "-"))]


def facts_of(document: bytes) -> dict[str, str]:
    """What pdfinfo says: Title, Pages, Page size …"""
    with _file(document) as path:
        lines = _run("pdfinfo", path).splitlines()
    return {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}


def pixels_of(document: bytes, dpi: int = DPI) -> list[Image.Image]:
    """A picture of each page."""
    with _file(document) as path:
        _run("pdftoppm", "-r", str(dpi), "-png", path, path.with_suffix(""))
        pictures = sorted(path.parent.glob("*.png"))
        return [Image.open(BytesIO(picture.read_bytes())).convert("RGB") for picture in pictures]


def codes_in(picture: Image.Image) -> list[str]:
    """What the bar code reader finds in the picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        picture.save(path)
        return _run("zbarimg", "--quiet", "--raw", path).split()


def is_sound(document: bytes) -> bool:
    """Whether qpdf finds nothing to complain of."""
    with _file(document) as path:
        return subprocess.run(["qpdf", "--check", path], capture_output=True, timeout=60).returncode == 0


def ink(picture: Image.Image) -> int:
    """How dark a picture is: the sum of what its pixels lack to white."""
    grey = ImageChops.invert(picture.convert("L"))
    return sum(level * count for level, count in enumerate(grey.histogram()))


def drawn_between(without: Image.Image, drawn: Image.Image) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom in mm of what one picture shows and the other does not; None for equal ones."""
    box = ImageChops.difference(without, drawn).getbbox()
    return tuple(edge * _MM / DPI for edge in box) if box else None  # type: ignore[return-value]


def part_of(picture: Image.Image, left: float, top: float, width: float, height: float) -> Image.Image:
    """The piece of a page at this place, in mm."""
    return picture.crop(tuple(round(edge * DPI / _MM) for edge in (left, top, left + width, top + height)))
