"""What is put over an issued document? Watermark, reprint mark, 作废: a layer, the stored page stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

from relief.documents.pdf import render

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

_MM_PER_POINT = Decimal("25.4") / 72


@dataclass(frozen=True)
class Watermark:
    """Pale text across the page: who took this copy, and when."""

    text: str
    kind: str = "watermark"


@dataclass(frozen=True)
class Reprint:
    """补打 第n次: printed again, how often, when and by whom."""

    times: int
    on: date
    by: str
    kind: str = "reprint"


@dataclass(frozen=True)
class Void:
    """Red 作废 across the page, which keeps its number; why, when and by whom."""

    reason: str
    on: date
    by: str
    kind: str = "void"


Mark: TypeAlias = Watermark | Reprint | Void


def stamp(document: bytes, mark: Mark, locale: str) -> bytes:
    """The document with the mark over each page; same input, same bytes. The given bytes do not change."""
    import pikepdf

    with pikepdf.open(BytesIO(document)) as pages:
        earlier = sum(name.startswith("/Mark") for name in _drawn_on(pages.pages[0]))
        stored: dict[tuple[int, int], Object] = {}
        for page in pages.pages:
            size = _size(page)
            if size not in stored:
                stored[size] = _as_object(pages, _layer(mark, locale, *size))
            name = f"/Mark{earlier}x{size[0]}"
            page.add_resource(stored[size], pikepdf.Name.XObject, pikepdf.Name(name), replace_existing=True)
            page.contents_add(b"q", prepend=True)
            page.contents_add(f"Q q {name} Do Q".encode())
        return saved(pages)


def underlay(document: bytes, forms: list[bytes]) -> bytes:
    """The document with a form under each page: one form for each page in order, equal forms stored once."""
    import pikepdf

    with pikepdf.open(BytesIO(document)) as pages:
        stored: dict[bytes, tuple[str, Object]] = {}
        for page, form in zip(pages.pages, forms, strict=True):
            if form not in stored:
                stored[form] = f"/Form{len(stored)}", _as_object(pages, form)
            name, drawing = stored[form]
            page.add_resource(drawing, pikepdf.Name.XObject, pikepdf.Name(name), replace_existing=True)
            page.contents_add(f"q {name} Do Q".encode(), prepend=True)
        return saved(pages)


def _as_object(target: Pdf, document: bytes) -> Object:
    """The first page of a document as one drawing, stored in the target."""
    import pikepdf

    with pikepdf.open(BytesIO(document)) as source:
        return target.copy_foreign(source.pages[0].as_form_xobject())


def _drawn_on(page: Page) -> list[str]:
    """The names of the drawings that the page may use. Names of ours, because pikepdf's own are random."""
    return [str(name) for name in page.resources.get("/XObject", {})]


def _size(page: Page) -> tuple[int, int]:
    """Width and height in whole mm."""
    left, bottom, right, top = page.mediabox
    return round(Decimal(right - left) * _MM_PER_POINT), round(Decimal(top - bottom) * _MM_PER_POINT)


def merge(documents: list[bytes]) -> bytes:
    """The pages of all documents in one file, with the title of the first."""
    import pikepdf

    if len(documents) == 1:
        return documents[0]
    with pikepdf.open(BytesIO(documents[0])) as whole:
        for document in documents[1:]:
            with pikepdf.open(BytesIO(document)) as part:
                whole.pages.extend(part.pages)
        return saved(whole)


def page_of(document: bytes, place: int) -> bytes:
    """One page of a document as a file of its own; places count from zero."""
    import pikepdf

    with pikepdf.open(BytesIO(document)) as whole:
        kept = whole.pages[place]
        whole.pages[:] = [kept]
        return saved(whole)


def saved(document: Pdf) -> bytes:
    """The file's bytes, the same for the same content."""
    target = BytesIO()
    document.remove_unreferenced_resources()
    document.save(target, deterministic_id=True)
    return target.getvalue()


@lru_cache(maxsize=64)
def _layer(mark: Mark, locale: str, width: int, height: int) -> bytes:
    return render("mark", [mark], locale, width=width, height=height)
