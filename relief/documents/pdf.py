"""How does a page become PDF? The only file that knows WeasyPrint; slow parts are made once per process."""

from __future__ import annotations

import atexit
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias

from relief.documents.fitting import fit
from relief.documents.glyphs import cannot_print, missing_glyphs, refuse_missing
from relief.documents.language import words
from relief.documents.qr import qr
from relief.domain.errors import RuleBroken
from relief.domain.money import in_capitals

if TYPE_CHECKING:
    from jinja2 import Environment
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

FONTS = Path(__file__).resolve().parent / "fonts"
TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "documents"
PRODUCED_AS = "pdf/a-3b"
"""The variant whose markers the files carry. Produced as, not certified: no validator has said so."""

Paper: TypeAlias = Any
_COLOURS = "relief-srgb"
_log = logging.getLogger("weasyprint")
_one_at_a_time = Lock()
"""Pango's font map is shared by the process and not made for threads."""


class PrintingUnavailable(RuntimeError):
    """This machine lacks the system libraries that lay out text."""


def render(template: str, papers: Sequence[Paper], locale: str, style: str = "", **settings: Any) -> bytes:
    """One PDF of all papers, each from a new page, in the language of `locale`; same input, same bytes.

    `template` names a file of templates/documents without `.html`, `style` the sheet if it has another name; the
    template sees `papers` and the settings.
    RuleBroken when a character cannot be printed; PrintingUnavailable without the system libraries.
    """
    html = page_source(template, papers, locale, **settings)
    refuse_missing(html)
    return _laid_out(html, style or template)


def page_source(template: str, papers: Sequence[Paper], locale: str, **settings: Any) -> str:
    """The HTML that is laid out."""
    return _environment(words(locale).tag).get_template(f"{template}.html").render(papers=papers, **settings)


def refused_papers(template: str, papers: Sequence[Paper], locale: str, **settings: Any) -> dict[int, RuleBroken]:
    """Which papers must be left out, by place, and why: a character that cannot be printed."""
    refused = {}
    for place, paper in enumerate(papers):
        source = page_source(template, [paper], locale, **settings)
        if missing := missing_glyphs(source):
            refused[place] = cannot_print(min(missing, key=source.index))
    return refused


def _laid_out(html: str, style: str) -> bytes:
    with _one_at_a_time, _complaints_raised():
        page = _weasyprint().HTML(string=html, url_fetcher=_fetcher())
        made: bytes = page.write_pdf(
            stylesheets=[_styles("paper"), _styles(style)],
            font_config=_fonts(),
            color_profiles=dict(_colours()),
            output_intent=_COLOURS,
            pdf_variant=PRODUCED_AS,
        )
    return made


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as missing:
        raise PrintingUnavailable(
            "PDF files cannot be made: the system library Pango is missing. "
            "On Debian: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0"
        ) from missing
    return weasyprint


@cache
def _fonts() -> FontConfiguration:
    """One per process: each new one costs megabytes."""
    _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_let_go)
    return FontConfiguration()


def _let_go() -> None:
    """Drop fonts and styles while the modules still stand that clean up after them."""
    _styles.cache_clear()
    _fonts.cache_clear()


@cache
def _colours() -> dict[str, Any]:
    """The sRGB profile that PDF/A names, read once and written as it is.

    WeasyPrint would open it for each file and leave it open; Pillow would write its copy in more than one way.
    """
    package = Path(_weasyprint().__file__).parent
    from weasyprint.css import ColorProfile

    profile = (package / "pdf" / "sRGB2014.icc").read_bytes()

    class AsItIs(ColorProfile):
        content = profile

    return {_COLOURS: AsItIs(BytesIO(profile), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))}


@cache
def _styles(name: str) -> CSS:
    """A style sheet of templates/documents, parsed once per process."""
    return _weasyprint().CSS(  # type: ignore[no-any-return]
        string=(TEMPLATES / f"{name}.css").read_text(encoding="utf-8"),
        base_url=FONTS.as_uri() + "/",
        url_fetcher=_fetcher(),
        font_config=_fonts(),
    )


@cache
def _fetcher() -> URLFetcher:
    """Fetches `data:` and our own fonts: no other file, no network, no redirect."""
    _weasyprint()
    from weasyprint.urls import URLFetcher

    class OwnFilesOnly(URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if not url.startswith("data:") and url not in _own_files():
                raise ValueError(f"not one of our own files: {url[:80]}")
            return super().fetch(url, headers)

    return OwnFilesOnly(allowed_protocols=("data", "file"), allow_redirects=False)


@cache
def _own_files() -> frozenset[str]:
    return frozenset(font.as_uri() for font in FONTS.glob("*.ttf"))


@cache
def _environment(tag: str) -> Environment:
    """Templates of one language: autoescaped, an unknown name is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    speech = words(tag)
    environment.install_gettext_callables(speech.gettext, speech.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(say=speech.say, day=speech.day, month=speech.month, moment=speech.moment)
    environment.filters.update(capitals=in_capitals, fit=fit, qr=qr)
    environment.globals["tag"] = tag
    return environment


class _Complaints(logging.Handler):
    """Keeps what WeasyPrint warns of: it goes on where a paper must not."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _complaints_raised() -> Iterator[None]:
    """A missing glyph refuses the paper; any other complaint is a fault of ours and raises RuntimeError."""
    heard = _Complaints()
    _log.addHandler(heard)
    try:
        yield
    finally:
        _log.removeHandler(heard)
    for record in heard.records:
        if ".notdef glyph" in record.msg and isinstance(record.args, tuple):
            raise cannot_print(str(record.args[0])[0])
        raise RuntimeError(f"the paper could not be laid out: {record.getMessage()}")


def processes() -> int:
    """How many processes a large batch may use: WeasyPrint is CPU-bound Python."""
    return max(1, min(4, os.cpu_count() or 1))
