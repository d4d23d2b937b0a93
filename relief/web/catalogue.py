"""Which words of the catalogue does this reader get? Found by language once, for a page asks some hundred times."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, has_app_context
from flask_babel import get_locale, get_translations

_CATALOGUES: dict[str, Any] = {}


def translated(message: str) -> str:
    """The message in the current language."""
    found: str = _catalogue().ugettext(message)
    return found


def counted(one: str, many: str, number: int) -> str:
    """The message for this number in the current language, the number not yet in it."""
    found: str = _catalogue().ungettext(one, many, number)
    return found


def register(app: Flask) -> None:
    """Let templates ask this catalogue instead of looking one up for each message."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translated,
        ngettext=counted,
        newstyle=True,
    )


def language_now() -> str:
    """`zh` or `en`, of this page; outside a request the house's own language."""
    kept = vars(g._get_current_object()).get("_flask_babel") if has_app_context() else None
    locale = getattr(kept, "babel_locale", None) or get_locale()  # Babel chose it before: spare the way, some 300 times
    return locale.language if locale else "zh"


def _catalogue() -> Any:
    language = language_now()
    if language not in _CATALOGUES:
        _CATALOGUES[language] = get_translations()
    return _CATALOGUES[language]
