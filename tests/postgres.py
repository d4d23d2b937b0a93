"""Where does the suite get a PostgreSQL from? It starts Debian's own, in its own folder, and stops it.

The server never runs as root, listens on a Unix socket in a folder that only its user may enter, and dies
with the process that started it.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

SUPERUSER = "relief"
MEMORY = Path("/dev/shm")
ROOM_NEEDED = 1 << 30
SECONDS_TO_START = 60


class PostgresMissing(RuntimeError):
    """No PostgreSQL server is installed on this machine."""


def binaries() -> Path:
    """The folder of the newest installed server, as Debian lays it out."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda one: int(one.parts[-3]))
    if not found:
        raise PostgresMissing("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


class Postgres:
    """A server of its own: `with Postgres() as server:` or `start()` and `stop()`.

    `durable` is PostgreSQL's fsync and synchronous_commit together; the application refuses a server
    without them, and in memory they cost nothing.
    """

    def __init__(self, *, durable: bool = True) -> None:
        self.durable = durable
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def data(self) -> Path:
        """The data directory of the running server."""
        if self._folder is None:
            raise RuntimeError("This PostgreSQL is not started.")
        return self._folder / "data"

    def start(self) -> None:
        """Make the data directory, start the server and return when it answers."""
        _remove_abandoned_folders()
        self._folder = _new_folder()
        atexit.register(self.stop)
        try:
            self._initialise()
            self._launch()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server with its own pg_ctl and remove its folder. Stopping twice is once."""
        if self._process is not None:
            self._control("stop", "-m", "fast", "-w")
            self._process.wait(timeout=SECONDS_TO_START)
            self._process = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
        atexit.unregister(self.stop)

    def crash(self) -> None:
        """Kill the server as a power cut would; `revive` starts it again on the same data."""
        assert self._process is not None
        self._control("stop", "-m", "immediate", "-w")
        self._process.wait(timeout=SECONDS_TO_START)
        self._process = None

    def revive(self) -> None:
        """Start the server again after `crash`, on the data that it left."""
        self._launch()

    def url(self, name: str) -> str:
        """The address of a database for SQLAlchemy."""
        return f"postgresql+psycopg://{SUPERUSER}@/{name}?host={self.data.parent}"

    def create_database(self, name: str, template: str | None = None) -> str:
        """A new database, empty or a copy of `template` (to which nobody may be connected); its address."""
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")  # half the time of the usual way
        self.execute(command.format(sql.Identifier(name), sql.Identifier(template or "template0")))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, with whoever is still connected to it."""
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def execute(self, command: sql.SQL | sql.Composed) -> list[tuple[object, ...]]:
        """One statement outside any transaction, as the superuser; its rows if it has any."""
        with self.connect() as connection:
            cursor = connection.execute(command)
            return cursor.fetchall() if cursor.description else []

    def connect(self, name: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """The superuser's connection to a database, each statement its own transaction."""
        return psycopg.connect(
            host=str(self.data.parent), user=SUPERUSER, dbname=name, autocommit=True, connect_timeout=5
        )

    def _initialise(self) -> None:
        access = ("--auth=trust", f"--username={SUPERUSER}")
        _check("initdb", "-D", str(self.data), *access, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.writelines(f"{name} = {value}\n" for name, value in self._settings().items())

    def _settings(self) -> dict[str, str]:
        durable = "on" if self.durable else "off"
        return {
            "listen_addresses": "''",
            "unix_socket_directories": f"'{self.data.parent}'",
            "fsync": durable,
            "synchronous_commit": durable,
            "shared_buffers": "64MB",
            "max_connections": "120",
            "timezone": "'UTC'",
            "log_timezone": "'UTC'",
        }

    def _launch(self) -> None:
        with (self.data.parent / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*_dies_with_us(), str(binaries() / "postgres"), "-D", str(self.data)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for the tests, which then stop the server in order
            )
        _wait_until(self._answers, self._complain)

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            self._complain()
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _complain(self) -> None:
        said = (self.data.parent / "server.log").read_text(errors="replace")
        raise RuntimeError(f"PostgreSQL did not start: {said[-2000:]}")

    def _control(self, *arguments: str) -> None:
        _check("pg_ctl", "-D", str(self.data), *arguments)


def _check(program: str, *arguments: str) -> None:
    done = subprocess.run(
        [*_as_somebody_else(), str(binaries() / program), *arguments],
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{program} failed: {done.stdout}{done.stderr}")


def _somebody_else() -> pwd.struct_passwd | None:
    """Who runs the server: ourselves, or for root Debian's postgres, or nobody."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _as_somebody_else() -> list[str]:
    user = _somebody_else()
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"] if user else []


def _dies_with_us() -> list[str]:
    """The kernel interrupts the server (a fast shutdown) when this process is gone, killed even."""
    return [*(_as_somebody_else() or ["setpriv"]), "--pdeathsig=INT"]


def _new_folder() -> Path:
    """A folder for the server's user alone, in memory when there is room; the process id is in its name."""
    spacious = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM_NEEDED
    folder = Path(tempfile.mkdtemp(prefix=f"relief-pg-{os.getpid()}-", dir=MEMORY if spacious else None))
    if user := _somebody_else():
        os.chown(folder, user.pw_uid, user.pw_gid)
    return folder


def _remove_abandoned_folders() -> None:
    """Folders of test processes that were killed before they could tidy."""
    for parent in {MEMORY, Path(tempfile.gettempdir())}:
        for folder in parent.glob("relief-pg-*-*"):
            if not Path("/proc", folder.name.split("-")[2]).exists():
                shutil.rmtree(folder, ignore_errors=True)


def _wait_until(answers: Callable[[], bool], complain: Callable[[], None]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not answers():
        if time.monotonic() > deadline:
            complain()
        time.sleep(0.02)
