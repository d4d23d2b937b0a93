"""Which back-ups does an installation keep? Sealed copies under the moment's name; the newest ones stay.

A file is complete when it stands under its name; a half one has another, and goes when the next one is made.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from relief import clock
from relief.backups.copying import copy_database, engine_of, revision_of
from relief.backups.sealed_file import seal_file

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

KEPT = 14
STAMP = "relief-%Y%m%d-%H%M%S"
ENDING = ".backup"
LEFT_BEHIND = timedelta(hours=12)


def make_backup(address: URL, instance: Path, keep: int = KEPT) -> Path:
    """Copy and seal the database into `instance/backups` under the moment's name; keep the newest `keep`.

    NotBackedUp when the copy fails or does not hold together; nothing is removed then.
    """
    folder, now = folder_of(instance), clock.machine_now()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep([*folder.glob("relief-*.part"), *instance.glob("*.restore.part")], now)
    target = folder / f"{now:{STAMP}}{ENDING}"
    copy, half = target.with_suffix(".copy.part"), target.with_suffix(".part")
    try:
        for one in (copy, half):
            one.unlink(missing_ok=True)
            one.touch(mode=0o600)
        copy_database(address, copy)
        revision = revision_of(address, copy)
        seal_file(copy, half, made_at=now.isoformat(), engine=engine_of(address), revision=revision)
        half.replace(target)
        _make_durable(folder)
    finally:
        copy.unlink(missing_ok=True)
        half.unlink(missing_ok=True)
    for old in list_backups(instance)[max(1, keep) :]:
        old.unlink()
    return target


def list_backups(instance: Path) -> list[Path]:
    """The complete back-ups, the newest first."""
    folder = folder_of(instance)
    return sorted(folder.glob(f"relief-*{ENDING}"), key=lambda one: one.name, reverse=True) if folder.is_dir() else []


def newest_backup(instance: Path) -> tuple[datetime, int] | None:
    """When the newest back-up was made, by its name, and its size in bytes; None where there is none."""
    for one in list_backups(instance):
        try:
            return datetime.strptime(one.stem, STAMP).replace(tzinfo=UTC), one.stat().st_size
        except ValueError:
            continue
    return None


def _sweep(halves: Iterable[Path], now: datetime) -> None:
    """Remove what a run that was killed left behind: its copy of the database lies there open."""
    for one in halves:
        with suppress(FileNotFoundError):  # its own run has just ended
            if one.stat().st_mtime < (now - LEFT_BEHIND).timestamp():
                one.unlink()


def _make_durable(folder: Path) -> None:
    """A rename is durable once its folder is; only then do older copies go."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def folder_of(instance: Path) -> Path:
    """Where an installation keeps its back-ups."""
    return instance / "backups"
