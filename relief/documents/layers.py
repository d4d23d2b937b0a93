"""What is put over an issued document? Watermark, reprint mark, 作废: a layer, the stored page stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import TypeAlias

from relief.documents.pdf import render

_MM_PER_POINT = 25.4 / 72


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
        for page in pages.pages:
            _, _, right, top = (float(edge) for edge in page.mediabox)
            with pikepdf.open(BytesIO(_layer(mark, locale, _mm(right), _mm(top)))) as layer:
                page.add_overlay(layer.pages[0], pikepdf.Rectangle(page.mediabox))
        return saved(pages)


def underlay(document: bytes, forms: list[bytes]) -> bytes:
    """The document with a form under each page: one form for each page in order, equal forms stored once."""
    import pikepdf

    with pikepdf.open(BytesIO(document)) as pages:
        stored: dict[bytes, pikepdf.Object] = {}
        for page, form in zip(pages.pages, forms, strict=True):
            if form not in stored:
                with pikepdf.open(BytesIO(form)) as source:
                    stored[form] = pages.copy_foreign(source.pages[0].as_form_xobject())
            name = page.add_resource(stored[form], pikepdf.Name.XObject)
            page.contents_add(f"q {name} Do Q".encode(), prepend=True)
        return saved(pages)


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


def saved(document: object) -> bytes:
    """The file's bytes, the same for the same content."""
    target = BytesIO()
    document.remove_unreferenced_resources()  # type: ignore[attr-defined]
    document.save(target, deterministic_id=True)  # type: ignore[attr-defined]
    return target.getvalue()


def _mm(points: float) -> int:
    return round(points * _MM_PER_POINT)


@lru_cache(maxsize=64)
def _layer(mark: Mark, locale: str, width: int, height: int) -> bytes:
    return render("mark", [mark], locale, width=width, height=height)
