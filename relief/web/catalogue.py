"""Which words of the catalogue does this reader get? Found by language once, for a page asks some hundred times."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import get_locale, get_translations

_CATALOGUES: dict[str, Any] = {}


def translated(message: str) -> str:
    """The message in the current language."""
    found: str = _catalogue().ugettext(message)
    return found


def register(app: Flask) -> None:
    """Let templates ask this catalogue instead of looking one up for each message."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translated,
        ngettext=lambda one, many, number: _catalogue().ungettext(one, many, number),
        newstyle=True,
    )


def _catalogue() -> Any:
    locale = get_locale()
    language = locale.language if locale else "zh"
    if language not in _CATALOGUES:
        _CATALOGUES[language] = get_translations()
    return _CATALOGUES[language]
