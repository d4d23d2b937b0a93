"""In which language is a paper printed? A catalogue by locale, without a web application around it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from relief.documents.paper import Text
from relief.domain.money import Money
from relief.domain.sentences import Param, Sentence

if TYPE_CHECKING:
    from babel.support import NullTranslations, Translations

CHINESE = "zh"
ENGLISH = "en"
_TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"
_PARTS = sorted((_TRANSLATIONS / "parts").glob("*.po"))


class Words:
    """What a paper says in one language: labels, sentences, dates, months."""

    def __init__(self, locale: str) -> None:
        self.tag = CHINESE if locale.startswith("zh") else ENGLISH
        self.catalogue = _catalogue(self.tag)

    def gettext(self, message: str) -> str:
        """The message in this language; English where the catalogue has none."""
        return self.catalogue.gettext(message) if message else ""

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The message for this number."""
        return self.catalogue.ngettext(one, many, number)

    def say(self, text: Text) -> str:
        """Free text as it is; a sentence in this language with its parameters."""
        if isinstance(text, str):
            return text
        words = self.gettext(text.message)
        return words % {name: self._param(value) for name, value in text.params.items()} if text.params else words

    def day(self, day: date) -> str:
        """2026年2月9日, 9 February 2026."""
        if self.tag == CHINESE:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {day:%B} {day.year}"

    def month(self, day: date) -> str:
        """2026年2月, February 2026."""
        return f"{day.year}年{day.month}月" if self.tag == CHINESE else f"{day:%B} {day.year}"

    def moment(self, moment: datetime) -> str:
        """The day and the minute."""
        return f"{self.day(moment.date())} {moment:%H:%M}"

    def _param(self, value: Param) -> str | int:
        if isinstance(value, Sentence):
            return self.say(value)
        if isinstance(value, tuple):
            return ("、" if self.tag == CHINESE else ", ").join(self.say(one) for one in value)
        if isinstance(value, date):
            return self.day(value)
        return str(value) if isinstance(value, Money) else value


@cache
def words(locale: str) -> Words:
    """The words of a locale (`zh…`, else English); read once per process."""
    return Words(locale)


def _catalogue(tag: str) -> NullTranslations:
    from babel.support import NullTranslations, Translations

    if tag == ENGLISH:
        return NullTranslations()
    compiled = _TRANSLATIONS / "zh_Hans_CN" / "LC_MESSAGES" / "messages.mo"
    sources = [path for path in (compiled.with_suffix(".po"), *_PARTS) if path.exists()]
    if compiled.exists() and not _newer_than(compiled, sources):
        with compiled.open("rb") as stream:
            return Translations(stream)
    return _from_sources(sources)


def _newer_than(compiled: Path, sources: Iterable[Path]) -> bool:
    made = compiled.stat().st_mtime
    return any(source.stat().st_mtime > made for source in sources)


def _from_sources(sources: list[Path]) -> Translations:
    """A tree without the compiled catalogue (nobody ran the tool yet) prints Chinese all the same."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    merged = Catalog(locale="zh_Hans_CN")
    for source in sources:
        with source.open("rb") as stream:
            for message in read_po(stream, locale="zh_Hans_CN"):
                if message.id:
                    merged.add(message.id, message.string)
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)
