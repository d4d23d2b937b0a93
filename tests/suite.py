"""In which order does the whole suite run? Cheap answers first; the first phase that fails ends it.

`python -m tests.suite` runs all of it; with arguments only pytest, with those arguments.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "build" / "tests"
MEMORY = Path("/dev/shm")
ROOM_NEEDED = 4 << 30
WORKERS = str(min(max(os.cpu_count() or 2, 2), 6))


@dataclass(frozen=True)
class Phase:
    """A named step of the suite: arguments to Python, and whether it is pytest that counts its tests."""

    name: str
    arguments: tuple[str, ...]

    @property
    def report(self) -> Path:
        """Where pytest writes what it counted."""
        return REPORTS / f"{self.name.lower().replace(' ', '-')}.xml"

    @property
    def counts_tests(self) -> bool:
        return self.arguments[0] == "pytest"

    def command(self) -> list[str]:
        """What is executed, in this Python."""
        extra = [f"--junitxml={self.report}"] if self.counts_tests else []
        return [sys.executable, "-m", *self.arguments, *extra]


def _pytest(name: str, *arguments: str) -> Phase:
    return Phase(name, ("pytest", "-q", "-n", WORKERS, *arguments))


WORDS_OF_COMMANDS = "tests/rooms/test_cli.py"  # what the commands say hangs on no database, and each starts Python anew
PHASES = (
    Phase("Lint", ("ruff", "check", ".")),
    Phase("Types", ("mypy",)),
    _pytest("Rules and house", "tests/domain", "tests/house"),
    _pytest("Rooms on SQLite", "tests/rooms", "--database=sqlite"),
    _pytest("Rooms on PostgreSQL", "tests/rooms", "--database=postgresql", f"--ignore={WORDS_OF_COMMANDS}"),
    _pytest("Pages, documents and demo", "tests/web", "tests/documents", "tests/demo", "--dist=loadfile"),
    _pytest("Browser", "tests/browser", "--dist=loadfile"),
)


def environment() -> dict[str, str]:
    """Ours, with the tests' files in memory where there is room: each commit of theirs waits for its file to be safe."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM_NEEDED:
        return {"PYTEST_DEBUG_TEMPROOT": str(MEMORY), **os.environ}
    return dict(os.environ)


def counted(report: Path) -> Counter[str]:
    """Passed, failed, errors and skipped as pytest wrote them; nothing when it wrote no report."""
    counts: Counter[str] = Counter()
    if not report.exists():
        return counts
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        bad = {kind: int(suite.get(kind, "0")) for kind in ("failures", "errors", "skipped")}
        counts.update(failed=bad["failures"], errors=bad["errors"], skipped=bad["skipped"])
        counts.update(passed=int(suite.get("tests", "0")) - sum(bad.values()))
    return counts


def summary(counts: Counter[str], seconds: float, stopped_at: str | None) -> str:
    """The last line, in pytest's words: what was counted, how long, and where it stopped."""
    order = ("failed", "passed", "skipped", "errors")
    said = ", ".join(f"{counts[kind]} {kind}" for kind in order if counts[kind]) or "no tests ran"
    stop = f"; stopped at: {stopped_at}" if stopped_at else ""
    return f" {said} in {seconds:.2f}s ({_minutes(seconds)}){stop} ".center(100, "=")


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def run(phases: tuple[Phase, ...]) -> int:
    """Run the phases up to the first that fails, say the summary, and give the exit code."""
    counts: Counter[str] = Counter()
    began, stopped_at = time.monotonic(), None
    for number, phase in enumerate(phases, start=1):
        print(f"\n[{number}/{len(phases)}] {phase.name} ({_minutes(time.monotonic() - began)} so far)", flush=True)
        phase.report.unlink(missing_ok=True)
        code = subprocess.run(
            phase.command(), cwd=ROOT, stdin=subprocess.DEVNULL, env=environment(), check=False
        ).returncode
        counts += counted(phase.report)
        if code != 0:
            stopped_at = phase.name
            break
    print("\n" + summary(counts, time.monotonic() - began, stopped_at), flush=True)
    return 1 if stopped_at else 0


def main(arguments: list[str]) -> int:
    """The whole suite, or pytest alone when it is given something to run."""
    if arguments:
        return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode
    REPORTS.mkdir(parents=True, exist_ok=True)
    return run(PHASES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
