"""How does a test get its application at once? One application per process; the database under it is exchanged.

Making the application, compiling its templates and its statements takes longer than most tests. So it is made once, its
database keeps one address, and each test finds there a fresh copy of the database that it asked for.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from relief import create_app, sealing
from relief.config import Settings
from relief.db import db
from tests import standing
from tests.postgres import Postgres


class Stage:
    """The one application of this process and the place of its database; one test stands on it at a time."""

    def __init__(self, settings: Settings, folder: Path, server: Postgres | None) -> None:
        self._base, self._server = settings, server
        self._file = folder / "relief.db"
        self.address = server.url("stage") if server else f"sqlite:///{self._file}"
        self._app: Flask | None = None
        self._source = ""

    def lay(self, source: str) -> None:
        """Put a copy of the database at `source` (an address) in the place; whatever was there is gone."""
        self._source = source
        if self._server is None:
            for rest in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + rest).unlink(missing_ok=True)
            shutil.copy(source.removeprefix("sqlite:///"), self._file)
            return
        self._server.drop_database("stage")
        self._server.create_database("stage", template=sa.make_url(source).database)

    @contextmanager
    def application(self, settings: Settings) -> Iterator[Flask]:
        """The application inside its context, as new: no queue, no changed setting, no open connection."""
        app = self._made()
        before = dict(app.config)
        app.extensions["relief"] = settings
        sealing.install(settings.keyring)  # another application of this process may have brought its own
        try:
            with app.app_context():
                standing.begin(self._source)
                try:
                    yield app
                finally:
                    standing.end()
                    db.session.remove()
                    for engine in db.engines.values():
                        engine.dispose()
        finally:
            app.config.clear()
            app.config.update(before)
            app.extensions.pop("relief.queue", None)

    def _made(self) -> Flask:
        if self._app is None:
            self._app = create_app(replace(self._base, database_url=self.address))
        return self._app
