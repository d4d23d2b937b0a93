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

from flask import Flask

from relief import create_app, sealing
from relief.config import Settings
from relief.db import db
from tests import standing
from tests.place import Place
from tests.postgres import Postgres


class Stage:
    """The one application of this process and the place of its database; one test stands on it at a time."""

    def __init__(self, settings: Settings, folder: Path, server: Postgres | None) -> None:
        self._base, self._place = settings, Place(server, "stage") if server else None
        self._file = folder / "relief.db"
        self.address = self._place.address if self._place else f"sqlite:///{self._file}"
        self._app: Flask | None = None
        self._source = ""

    def lay(self, source: str) -> None:
        """Put a copy of the database at `source` (an address) in the place; whatever was there is gone."""
        self._source = source
        if self._place is not None:
            if not self._place.lay(source):
                self._let_go()
            return
        for rest in ("", "-wal", "-shm"):
            self._file.with_name(self._file.name + rest).unlink(missing_ok=True)
        shutil.copy(source.removeprefix("sqlite:///"), self._file)

    @contextmanager
    def application(self, settings: Settings) -> Iterator[Flask]:
        """The application inside its context, as new: no queue, no changed setting."""
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
                    if self._place is None:
                        self._let_go()
        finally:
            app.config.clear()
            app.config.update(before)
            app.extensions.pop("relief.queue", None)

    def leave(self) -> None:
        """The last test is over."""
        self._let_go()
        if self._place is not None:
            self._place.leave()

    def _let_go(self) -> None:
        """No connection to what was in the place stays open."""
        if self._app is not None:
            with self._app.app_context():
                for engine in db.engines.values():
                    engine.dispose()

    def _made(self) -> Flask:
        if self._app is None:
            self._app = create_app(replace(self._base, database_url=self.address))
        return self._app
