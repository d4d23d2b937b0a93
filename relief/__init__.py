"""Relief: hardship-relief case management for a trade union. create_app() is the only place that knows all rooms."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from flask import Flask, request
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from sqlalchemy import make_url

from relief import sealing
from relief.config import ROOT, Settings, from_environment
from relief.db import db

MODELS = (
    "audit.models", "files.models", "jobs.models", "persons.models", "accounts.models", "households.models",
    "households.roster_models", "visits.models", "visits.sheet_models", "policies.models", "funds.models",
    "opening.models", "windows.models", "cases.models", "cases.ways_models", "cases.follow_up_models",
    "transcripts.models", "payments.models", "payments.tally_models", "vouchers.models", "auditing.models", "numbering",
)  # fmt: skip
# what PostgreSQL waits for a lock, and for a connection that holds some and does nothing: then the page says so
PATIENCE = "-c lock_timeout=15s -c idle_in_transaction_session_timeout=5min"
ROOMS = (
    "accounts", "files", "jobs", "households", "visits", "policies", "funds", "opening", "cases", "lists",
    "transcripts", "payments", "vouchers", "auditing", "desk", "public",
)  # fmt: skip


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings; a server's come from the environment (MissingSettings names gaps)."""
    settings = settings or from_environment()
    sealing.install(settings.keyring)
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(Path(__file__).parent / "static"))
    app.config.update(_flask_settings(settings))
    app.extensions["relief"] = settings
    for name in MODELS:
        import_module(f"relief.{name}")
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    CSRFProtect(app)
    _start_web(app)
    for room in (*ROOMS, *(("demo",) if settings.demo else ())):
        app.register_blueprint(import_module(f"relief.{room}.views").blueprint)
    return app


def _start_web(app: Flask) -> None:
    from relief.accounts import sessions
    from relief.web import addresses, assets, context, errors, formatting, headers, locale

    locale.register(app, str(Path(__file__).parent / "translations"))
    for layer in (addresses, assets, formatting, headers, errors, context):
        layer.register(app)
    if app.extensions["relief"].demo:
        from relief.demo import day

        day.follow(app.extensions["relief"].instance)
    app.before_request(lambda: None if request.endpoint == "static" else sessions.load(request))


def _flask_settings(settings: Settings) -> dict[str, object]:
    # what a statement carried is personal, and an error of the database would print it into the log
    engine: dict[str, object] = {"pool_pre_ping": True, "hide_parameters": not settings.testing}
    if settings.database_url.startswith("sqlite"):
        engine |= {"pool_pre_ping": False, "connect_args": {"timeout": 15}}
    else:
        given = make_url(settings.database_url).normalized_query.get("options", ())  # behind ours: the later one holds
        engine |= {"connect_args": {"options": " ".join((PATIENCE, *given))}}
    is_secure = bool(settings.public_url and settings.public_url.startswith("https"))
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine,
        "SESSION_COOKIE_NAME": "__Host-relief" if is_secure else "relief",  # no other host or path may set it
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_secure,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        # processes share the limits where they share a queue in memory; while it does not answer, each counts alone
        "RATELIMIT_STORAGE_URI": (settings.queue_url if settings.queue == "redis" else None) or "memory://",
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "MAX_CONTENT_LENGTH": 40 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "TESTING": settings.testing,
        "PROPAGATE_EXCEPTIONS": False,
    }
