"""On which installation does a command work? On the environment's, or on the demo where nothing is configured."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from relief.commands.speaking import Refused, Steps, _, language

if TYPE_CHECKING:
    from flask import Flask

    from relief.config import Settings
    from relief.domain.permissions import Actor


def by_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the actor of the record."""
    text = _("The name that the record keeps for what this command does.")
    return click.option("--by", metavar="NAME", help=text)(command)


def actor(name: str | None) -> Actor:
    """The named system actor of the command line."""
    from relief.domain.permissions import system_actor

    given = name or click.get_current_context().find_root().params.get("by")
    return system_actor(given or f"command line ({_login()})")


def is_configured() -> bool:
    """Whether the environment speaks of an installation at all."""
    from relief.config import REQUIRED

    return any(os.environ.get(name) for name in REQUIRED)


def server_settings() -> Settings:
    """The environment's settings; Refused names what is missing or cannot be read."""
    from relief.config import REQUIRED, MissingSettings, from_environment

    try:
        return from_environment()
    except MissingSettings as missing:
        lines = [f"  {name}: {_(REQUIRED[name])}" for name in missing.names]
        advice = _("`relief generate-keys` prints fresh secrets.")
        raise Refused("\n".join([_("these settings are missing:"), *lines, advice])) from None
    except ValueError as wrong:
        raise Refused(_("a setting cannot be read: %(why)s", why=str(wrong))) from None


@contextmanager
def opened() -> Iterator[Flask]:
    """The application in its context, its sentences in the terminal's language; a refusal becomes Refused.

    A demo that is not there is built first (its steps on stderr).
    """
    from relief import create_app

    app = create_app(_settings())
    with app.app_context(), _spoken():
        yield app


@contextmanager
def migrated() -> Iterator[Flask]:
    """As `opened`, on a database that is at this program's schema; a server's that is not is refused."""
    from relief.commands.database import bring_up_to_date, is_current

    with opened() as app:
        if not is_current():
            if is_configured():
                raise Refused(_("the database is not at this program's schema. Run: relief migrate"))
            bring_up_to_date(by=actor(None))
        yield app


def _settings() -> Settings:
    from relief.commands.demo_instance import demo_settings, is_built, prepare

    if is_configured():
        return server_settings()
    return demo_settings() if is_built() else prepare(Steps(2, to_stderr=True))


@contextmanager
def _spoken() -> Iterator[None]:
    """Sentences of the rule book, and a database that is gone, as one line on stderr."""
    from flask_babel import force_locale
    from sqlalchemy.exc import OperationalError

    from relief.db import db
    from relief.domain.errors import Refusal
    from relief.web.sentences import render

    with force_locale(language()):
        try:
            yield
        except Refusal as refusal:
            raise Refused(render(refusal.sentence)) from refusal
        except OperationalError as gone:
            raise Refused(_("the database does not answer: %(why)s", why=str(gone.orig).strip())) from gone
        finally:
            db.session.remove()


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
