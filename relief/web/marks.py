"""Which small marks stand on a page by the hundred? Icons, names, states and flags, each drawn once and kept.

They are functions of the templates and not macros: a list of fifty rows prints some three hundred of them, and a macro
builds each anew. What they print hangs on their arguments and the language alone.
"""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, g
from markupsafe import Markup, escape

from relief.persons.pinyin import reading
from relief.web.assets import asset
from relief.web.formatting import in_chinese
from relief.web.sentences import words as words_of
from relief.web.states import state_tone, state_words


def icon(name: str, words: object = "") -> Markup:
    """A sign of the sprite; with words it is read aloud, without it is decoration."""
    return _emblem(asset("mark.svg")) if name == "mark" else _drawn(name, str(words or ""), _sprite())


def state(code: str, table: str = "case") -> Markup:
    """The state in words and colour; table: case, sheet, payment, voucher or notice."""
    return _state(str(code), table, in_chinese())


def flag(text: object, tone: str = "warn", icon_name: str = "flag") -> Markup:
    """A mark beside the state: emergency, objection, on hold, overdue, provisional; tone: warn, bad or calm."""
    said = escape(words_of(text))
    return Markup(f'<span class="flag flag-{escape(tone)}">{icon(icon_name)}{said}</span>')  # noqa: S704 - escaped


def person(name: str, url: str = "") -> Markup:
    """A person's name, a link when there is an address; beside it the pinyin when the page is English."""
    tag, link = ("a", f' href="{escape(url)}"') if url else ("span", "")
    read = "" if in_chinese() else reading(name)
    pinyin = f' <span class="pinyin">{escape(read)}</span>' if read else ""
    return Markup(  # noqa: S704 - each part is escaped
        f'<span class="person"><{tag}{link} lang="zh-Hans">{escape(name)}</{tag}>{pinyin}</span>'
    )


def register(app: Flask) -> None:
    """Give the templates the marks; the macro files hand them on under their plain names."""
    app.jinja_env.globals.update(icon_mark=icon, state_mark=state, flag_mark=flag, person_mark=person)


def _sprite() -> str:
    if "sprite" not in g:
        g.sprite = asset("vendor/icons.svg")
    found: str = g.sprite
    return found


@lru_cache(maxsize=2048)
def _drawn(name: str, words: str, sprite: str) -> Markup:
    spoken = f'role="img" aria-label="{escape(words)}"' if words else 'aria-hidden="true"'
    return Markup(  # noqa: S704 - each part is escaped
        f'<svg class="icon" {spoken} focusable="false"><use href="{escape(sprite)}#{escape(name)}"></use></svg>'
    )


@lru_cache(maxsize=8)
def _emblem(address: str) -> Markup:
    return Markup(  # noqa: S704 - escaped
        '<svg class="icon emblem" viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
        f'<use href="{escape(address)}#mark"></use></svg>'
    )


@lru_cache(maxsize=512)
def _state(code: str, table: str, chinese: bool) -> Markup:
    shown = escape(state_words(code, table))
    return Markup(f'<span class="state state-{state_tone(code, table)}">{shown}</span>')  # noqa: S704 - escaped
