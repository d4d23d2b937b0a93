"""How does a test start a demo or a server as a person does, look at it, and end it?"""

from __future__ import annotations

import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from relief.config import ROOT
from tests.rooms.command_line import CLEAN, command

PAUSE = threading.Event()  # never set: a look every now and then leaves the machine to the others


@dataclass
class Started:
    """A demo or server under way."""

    process: subprocess.Popen[str]
    said: Path
    port: int

    def child(self, role: str) -> int | None:
        """The process id of the web or the worker; None while there is none."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                line = (folder / "cmdline").read_bytes().decode().split("\0")
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue
            if parent == self.process.pid and "relief.serving" in line and role in line:
                return int(folder.name)
        return None

    def answers(self) -> bool:
        """Whether a page is served."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/static/mark.svg", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def until(condition: Callable[[], object], seconds: float = 120) -> None:
    """Look until it is so."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            pytest.fail("it did not become so in time")
        PAUSE.wait(0.05)


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def a_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(folder: Path, name: str, *options: str, **env: str) -> Iterator[Started]:
    """A command that serves, once it has said its address; ended at the end."""
    port, said = a_port(), folder / "said"
    with said.open("w") as out:
        process = subprocess.Popen(
            command(name, "--port", str(port), *options), cwd=ROOT, env=CLEAN | env, stdin=subprocess.DEVNULL,
            stdout=out, stderr=out, text=True,
        )  # fmt: skip
    try:
        until(lambda: f"http://127.0.0.1:{port}" in said.read_text() or process.poll() is not None, 400)
        assert process.poll() is None, said.read_text()
        yield Started(process, said, port)
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
