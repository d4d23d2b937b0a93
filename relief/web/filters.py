"""Which filters has a list, which are set, and what address removes one? They stay while people page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from flask import request
from markupsafe import Markup, escape

from relief.domain.money import Money
from relief.web.formatting import in_chinese
from relief.web.sentences import words
from relief.web.tongues import tongue_of

Options = Iterable[tuple[str, object]] | Callable[[], Iterable[tuple[str, object]]]


@dataclass(frozen=True)
class Filter:
    """One declared filter: its name in the address, its label, and what it takes.

    takes: `pick` (one of `options`), `text`, `day`, `month` (2026-02) or `money`. What does not fit is as if it
    were not there. Never declare an ID number or a name: those are searched by POST.
    """

    name: str
    label: object
    takes: str = "pick"
    options: Options = ()

    def listed(self) -> list[tuple[str, str]]:
        """Code and words of each option."""
        given = self.options() if callable(self.options) else self.options
        return [(str(code), words(label)) for code, label in given]

    def options_html(self, picked: str) -> Markup:
        """The `<option>` elements, the picked one selected: joined here, for a filter may offer hundreds of units."""
        return _options(tuple(self.listed()), picked, in_chinese())

    def read(self, text: str) -> object | None:
        """The value of this text, None where it is none."""
        try:
            return _READ[self.takes](self, text.strip()) if text.strip() else None
        except ValueError:
            return None

    def said(self, text: str) -> str:
        """The value in words, for its chip."""
        return dict(self.listed()).get(text, text) if self.takes == "pick" else text


@dataclass(frozen=True)
class Chip:
    """One filter that is set: what it says, and the address without it."""

    text: str
    without: str


class Chosen(Mapping[str, object]):
    """The filters of one request: values by name (only those set), fields for the form, chips, addresses."""

    def __init__(self, declared: Iterable[Filter], args: Mapping[str, str], path: str) -> None:
        self.declared, self.path = tuple(declared), path
        self.typed = {one.name: args.get(one.name, "").strip()[:100] for one in self.declared}
        self._values = {
            one.name: value for one in self.declared if (value := one.read(self.typed[one.name])) is not None
        }

    def __getitem__(self, name: str) -> object:
        return self._values[name]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def url(self, **changes: str | None) -> str:
        """This list with its filters and these changes (None removes; paging keys go unless given)."""
        kept: dict[str, str | None] = {name: self.typed[name] for name in self._values}
        asked = {name: value for name, value in (kept | changes).items() if value}
        return f"{self.path}?{urlencode(asked)}" if asked else self.path

    def chips(self) -> list[Chip]:
        """One for each filter that is set."""
        return [
            Chip(f"{words(one.label)}: {one.said(self.typed[one.name])}", self.url(**{one.name: None}))
            for one in self.declared
            if one.name in self._values
        ]


def chosen(*declared: Filter) -> Chosen:
    """The declared filters as this request sets them."""
    return Chosen(declared, request.args, request.path)


@lru_cache(maxsize=512)
def _options(listed: tuple[tuple[str, str], ...], picked: str, chinese: bool) -> Markup:
    return Markup("").join(
        _option(code, text, code == picked, "" if chinese else tongue_of(text)) for code, text in listed
    )


def _option(code: str, text: str, is_picked: bool, tongue: str) -> Markup:
    picked = " selected" if is_picked else ""
    return Markup(  # noqa: S704 - escaped here
        f'<option value="{escape(code)}"{tongue}{picked}>{escape(text)}</option>'
    )


def _month(text: str) -> str:
    date.fromisoformat(f"{text}-01")
    return text


def _known(one: Filter, text: str) -> str | None:
    return text if text in dict(one.listed()) else None


_READ: dict[str, Callable[[Filter, str], object | None]] = {
    "pick": _known,
    "text": lambda _one, text: text,
    "day": lambda _one, text: date.fromisoformat(text),
    "month": lambda _one, text: _month(text),
    "money": lambda _one, text: Money.parse(text),
}
