"""Does the command line answer at once? Limit: 2.5 × the time of importing flask and sqlalchemy.orm."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.report import Report

ROOT = Path(__file__).resolve().parents[2]


def run(report: Report) -> None:
    """Compare fresh processes, as a person at a terminal starts them."""
    report.near(
        "relief --help",
        ours=lambda: _python("-m", "relief.cli", "--help"),
        floor=lambda: _python("-c", "import flask, sqlalchemy.orm"),
        floor_is="import flask, sqlalchemy.orm",
        reach=2.5,
        rounds=7,
    )


def _python(*arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment, cwd=ROOT)
