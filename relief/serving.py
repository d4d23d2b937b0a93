"""How do web and worker run as one? A parent starts both, restarts what dies, and takes them along when it ends.

    python -m relief.serving web|worker demo|server    what the parent starts; not for people

The parent takes the port, so that a restarted web process finds it waiting. Each child holds one end of a pipe that
only the parent writes to: when the parent is gone, however it went, the children see it and end.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from relief.config import ROOT, Settings, for_demo, from_environment

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger("relief.serving")
THREADS = 8
SECONDS_TO_END = 15
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0


@dataclass
class Child:
    """One of the two processes: how it is started, when it was, and how long to wait before the next time."""

    role: str
    command: list[str]
    descriptors: tuple[int, ...]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = field(default=1.0)

    def start(self) -> None:
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, module and descriptors
            self.command, pass_fds=self.descriptors, stdin=subprocess.DEVNULL, start_new_session=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )  # fmt: skip

    @property
    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def restart_when_due(self) -> None:
        """Start it again; one that dies again and again waits longer each time."""
        lived = time.monotonic() - self.started
        if lived > STEADY_SECONDS:
            self.pause = 1.0
        if lived >= self.pause and self.process is not None:
            log.warning("the %s process ended (%s); it is started again", self.role, self.process.returncode)
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
            self.start()

    def stop(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(until - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def serve(kind: str, taken: socket.socket, on_ready: Callable[[], None]) -> int:
    """Run web (on the taken socket) and worker until SIGTERM or Ctrl-C; `on_ready` once pages are served.

    `kind` says whose settings the children read: `demo` or `server`. The exit code: 1 when the web never came up.
    """
    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(signum, lambda *_: stop.set())
    alive, _held = os.pipe()
    ready, told = os.pipe()
    web = Child("web", _command("web", kind, taken.fileno(), alive, told), (taken.fileno(), alive, told))
    worker = Child("worker", _command("worker", kind, alive), (alive,))
    children = (web, worker)
    for child in children:
        child.start()
    try:
        os.close(told)
        if not _came_up(web, ready, stop):
            return 0 if stop.is_set() else 1
        web.command[-1], web.descriptors = "-1", (taken.fileno(), alive)
        on_ready()
        _watch(children, stop)
        return 0
    finally:
        _end(children)


def _command(role: str, kind: str, *descriptors: int) -> list[str]:
    return [sys.executable, "-P", "-m", "relief.serving", role, kind, *map(str, descriptors)]


def _came_up(web: Child, ready: int, stop: threading.Event) -> bool:
    """Wait until the web process says so, or is gone (then the pipe is closed without a word)."""
    os.set_blocking(ready, False)
    while not stop.wait(0.05):
        try:
            return bool(os.read(ready, 1))
        except BlockingIOError:
            if web.has_ended:
                return False
    return False


def _watch(children: tuple[Child, ...], stop: threading.Event) -> None:
    while not stop.wait(0.2):
        for child in children:
            if child.has_ended:
                child.restart_when_due()


def _end(children: tuple[Child, ...]) -> None:
    for child in children:
        if child.process is not None and not child.has_ended:
            child.process.terminate()
    until = time.monotonic() + SECONDS_TO_END
    for child in children:
        child.stop(until)


# ---- in the child -------------------------------------------------------------------------------


def run_web(app: Flask, taken: socket.socket, told: int) -> None:
    """Serve until SIGTERM: waitress, behind at most one proxy on this machine."""
    import waitress.server

    server = waitress.server.create_server(
        app, sockets=[taken], threads=THREADS, ident=None, trusted_proxy="127.0.0.1", trusted_proxy_count=1,
        trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        clear_untrusted_proxy_headers=True, max_request_body_size=app.config["MAX_CONTENT_LENGTH"],
    )  # fmt: skip
    signal.signal(signal.SIGTERM, _leave)
    if told >= 0:
        os.write(told, b"!")
        os.close(told)
    server.run()


def end_with_parent(alive: int) -> None:
    """End when the parent does: the pipe that it alone can write to is closed then."""

    def listen() -> None:
        os.read(alive, 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(SECONDS_TO_END)
        os._exit(1)

    threading.Thread(target=listen, name="parent", daemon=True).start()


def _leave(*_signal: object) -> None:
    raise SystemExit(0)


def _settings(kind: str) -> Settings:
    from relief.commands.demo_instance import demo_folder

    return for_demo(demo_folder()) if kind == "demo" else from_environment()


def main(role: str, kind: str, *descriptors: str) -> None:
    """Be the web or the worker."""
    from relief import create_app

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    given = [int(one) for one in descriptors]
    if role == "web":
        end_with_parent(given[1])
        run_web(create_app(_settings(kind)), socket.socket(fileno=given[0]), given[2])
        return
    from relief.jobs.worker import work

    end_with_parent(given[0])
    work(create_app(_settings(kind)))


if __name__ == "__main__":
    main(*sys.argv[1:])
