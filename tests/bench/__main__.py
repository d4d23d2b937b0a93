"""How are the benchmarks run? `python -m tests.bench [NAME …]`: all of `bench_*.py` but the long ones, or those named.

Each begins with its question, and the end tells which were not run.
"""

from __future__ import annotations

import importlib
import os
import platform
import sys
import time
from pathlib import Path

from tests.bench.report import Report

FOLDER = Path(__file__).parent
LONG = {"million"}  # takes a quarter of an hour: only when it is named


def names() -> list[str]:
    """The subjects there are, from the file names."""
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def main(wanted: list[str]) -> int:
    """Run them; 0 when every promise is reached, 1 when one is not, 2 for a name that does not exist."""
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"No benchmark is called {', '.join(unknown)}. There are: {', '.join(names())}.", file=sys.stderr)
        return 2
    report = Report(sys.stdout)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    run = wanted or [one for one in names() if one not in LONG]
    for name in run:
        bench = importlib.import_module(f"tests.bench.bench_{name}")
        print(f"\n{name}: {str(bench.__doc__).splitlines()[0]}", flush=True)
        began = time.monotonic()
        bench.run(report)
        report.note(f"took {time.monotonic() - began:.0f} s")
    print(f"\n{report.summary()}")
    if left := [name for name in names() if name not in run]:
        print(f"Not run: {', '.join(left)}. Name it to run it: ./run bench {left[0]}")
    return 0 if report.are_all_met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
