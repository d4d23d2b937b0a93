"""What does the background worker run? The queue's consumer, with every room's work and the periodic work."""

from __future__ import annotations

import logging
import os
from importlib import import_module

from flask import Flask

from relief.jobs import periodic, running
from relief.jobs.queue import POLL_SECONDS, queue_of
from relief.jobs.service import sweep

log = logging.getLogger(__name__)
HANDLERS = (
    "relief.households.roster_job", "relief.opening.job", "relief.lists.job", "relief.payments.issuing",
    "relief.vouchers.printing", "relief.jobs.backup_job",
)  # fmt: skip
THREADS = 2
SECONDS_TO_FINISH = 10


def load() -> None:
    """Import every module that registers work; the pages of jobs need their labels too."""
    for name in HANDLERS:
        import_module(name)


def work(app: Flask, *, with_periodic: bool = True) -> None:
    """Work until SIGTERM or SIGINT. What is not finished some seconds later goes back to the sweeper.

    Does not return: threads that are still busy end with the process.
    """
    load()
    huey = queue_of(app)["huey"]
    if with_periodic:
        periodic.schedule(app, huey)
    with app.app_context():
        sweep()
    consumer = huey.create_consumer(
        workers=THREADS, worker_type="thread", periodic=with_periodic, max_delay=POLL_SECONDS,
        graceful_signal="TERM", shutdown_timeout=SECONDS_TO_FINISH,
    )  # fmt: skip
    consumer.run()
    with app.app_context():
        running.give_back()
    logging.shutdown()
    os._exit(0)
