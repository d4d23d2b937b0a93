"""How does a job reach a worker? Through huey, which carries its number and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.serializer import SignedSerializer

from relief.config import Settings
from relief.domain.errors import RuleBroken

log = logging.getLogger(__name__)
POLL_SECONDS = 0.5


def send(job_id: int) -> None:
    """Hand a job's number to the workers. A queue that does not answer delays it: the sweeper sends it again."""
    try:
        queue_of(current_app)["send"](job_id)
    except Exception:  # every transport has its own errors, and the job is already on file
        log.exception("job %s could not be sent; the sweeper will", job_id)


def queue_of(app: Flask) -> dict[str, Any]:
    """The application's queue: `huey`, and `send(number)`; made at first use."""
    if "relief.queue" not in app.extensions:
        huey = _transport(app.extensions["relief"])
        app.extensions["relief.queue"] = {"huey": huey, "send": _carried(app, huey)}
    queue: dict[str, Any] = app.extensions["relief.queue"]
    return queue


def _carried(app: Flask, huey: Huey) -> Callable[[int], object]:
    @huey.task(name="run_job")
    def run_job(job_id: int) -> None:
        from relief.jobs.running import run

        with app.app_context():
            run(job_id)

    return run_job  # type: ignore[no-any-return]


def _transport(settings: Settings) -> Huey:
    """SQLite beside the blobs by default; messages are signed, since huey unpickles what it is given."""
    options = {"results": False, "serializer": SignedSerializer(secret=settings.secret_key, salt="relief.jobs")}
    if settings.queue == "redis":
        return RedisHuey("relief", url=_address(settings), read_timeout=1, **options)
    if settings.queue == "postgresql":
        return PostgresHuey("relief", dsn=_address(settings), **options)
    settings.instance.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("relief", filename=str(settings.instance / "queue.db"), timeout=15, **options)


def _address(settings: Settings) -> str:
    if not settings.queue_url:
        raise RuleBroken(None, "The queue needs its address: set RELIEF_QUEUE_URL.")
    return settings.queue_url.replace("postgresql+psycopg://", "postgresql://")
