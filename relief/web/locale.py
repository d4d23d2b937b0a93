"""In which language does this person read? What they chose, else what the browser asks for, else Chinese."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Flask, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_locale

from relief.web import catalogue

LANGUAGES = {"zh_Hans_CN": "中文", "en": "English"}
DEFAULT = "zh_Hans_CN"
COOKIE = "lang"
blueprint = Blueprint("language", __name__)


def choose_locale() -> str:
    """The language of this request: the cookie that `POST /language` set, else the browser's, else Chinese."""
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in LANGUAGES else _of_browser() or DEFAULT


def _of_browser() -> str | None:
    for tag, _weight in request.accept_languages:
        language = tag.lower().replace("_", "-").split("-")[0]
        if language in ("zh", "en"):
            return "en" if language == "en" else DEFAULT
    return None


def keep_language(response: object, language: str | None) -> None:
    """Put a person's stored choice into the cookie (at sign-in); nothing for an unknown or missing one."""
    if language in LANGUAGES:
        response.set_cookie(  # type: ignore[attr-defined]
            COOKIE, language, max_age=365 * 24 * 3600, samesite="Lax", httponly=True, secure=request.is_secure
        )


@blueprint.post("/language")
def choose() -> ResponseReturnValue:
    """Remember the chosen language and go back to the page that asked."""
    response = redirect(local_path(request.form.get("next")), 303)
    keep_language(response, request.form.get("language"))
    return response


choose.access = "public"  # type: ignore[attr-defined]


def local_path(address: str | None, otherwise: str = "/") -> str:
    """The address when it is a path of this site; else `otherwise` (no scheme, host, backslash, control sign)."""
    if not address or not address.startswith("/") or "\\" in address or not address.isprintable():
        return otherwise
    parts = urlsplit(address)
    return otherwise if parts.scheme or parts.netloc or address.startswith("//") else address


def register(app: Flask, translations: str | None = None) -> Babel:
    """Start the languages; templates get `locale`, `languages` and `html_lang`."""
    if translations:
        app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", translations)
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT)
    babel = Babel(app, locale_selector=choose_locale)
    catalogue.register(app)
    app.register_blueprint(blueprint)
    app.context_processor(spoken)
    return babel


def spoken() -> dict[str, object]:
    """What a template must know of the language: `locale`, `languages`, `html_lang`."""
    locale = str(get_locale() or DEFAULT)
    return {"locale": locale, "languages": LANGUAGES, "html_lang": "en" if locale == "en" else "zh-Hans"}
