"""How does the demo come to be? Built whole beside its place and moved there, so that a half one never runs."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from relief.commands.speaking import Refused, Steps, _

if TYPE_CHECKING:
    from relief.config import Settings

OURS = ("relief.db", "secrets.json")


def demo_folder() -> Path:
    """Where the demo lives: RELIEF_DEMO_INSTANCE, or `instance/demo`."""
    from relief.config import ROOT

    return Path(os.environ.get("RELIEF_DEMO_INSTANCE", ROOT / "instance" / "demo"))


def demo_settings() -> Settings:
    """The demo's settings, in its place."""
    from relief.config import for_demo

    return for_demo(demo_folder())


def is_built() -> bool:
    """Whether there is a demo, whole, in its place."""
    return (demo_folder() / "relief.db").exists()


def prepare(steps: Steps, *, fresh: bool = False) -> Settings:
    """A demo that can run: migrated and loaded; an older one keeps its data. Two steps are named."""
    folder = demo_folder()
    with _alone(folder):
        if fresh:
            _remove(folder)
        if is_built():
            steps.step(_("Tables"))
            _bring_up_to_date(demo_settings())
            steps.step(_("Demo data: kept as they are"))
        else:
            _build(folder, steps)
    return demo_settings()


@contextmanager
def running(folder: Path, address: str) -> Iterator[None]:
    """Hold the demo while it is served, so that nobody builds or serves it twice."""
    with (folder / "running").open("a+") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            mark.seek(0)
            where = mark.read().strip()
            raise Refused(_("this demo is running already: %(where)s", where=where)) from None
        mark.truncate(0)
        mark.write(address)
        mark.flush()
        yield


def _build(folder: Path, steps: Steps) -> None:
    from relief.config import for_demo

    unfinished = folder.with_name(f"{folder.name}.unfinished")
    _remove(unfinished)
    settings = for_demo(unfinished)
    steps.step(_("Tables"))
    _bring_up_to_date(settings)
    steps.step(_("Loading the demo …"))
    _load(settings, steps)
    _remove(folder)
    unfinished.rename(folder)


def _bring_up_to_date(settings: Settings) -> None:
    from relief import create_app
    from relief.commands.database import bring_up_to_date
    from relief.db import db
    from relief.domain.permissions import system_actor

    with create_app(settings).app_context():
        bring_up_to_date(by=system_actor("demo"))
        db.session.remove()
        db.engine.dispose()


def _load(settings: Settings, steps: Steps) -> None:
    from relief import create_app, demo
    from relief.db import db

    with create_app(settings).app_context():
        demo.load(steps.progress)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One at a time builds or changes this demo."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove(folder: Path) -> None:
    """Take a demo away; never a folder that is not one, and never one that is being served."""
    if not folder.exists():
        return
    if any(folder.iterdir()) and not any((folder / name).exists() for name in OURS):
        raise Refused(_("%(folder)s is not a demo of Relief; it is left alone.", folder=str(folder)))
    with running(folder, "?"):
        shutil.rmtree(folder)
