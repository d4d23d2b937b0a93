"""What is the worker that a test kills? A real one, in its own process, for the settings that it is handed."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from relief import create_app
from relief.jobs.worker import work

if __name__ == "__main__":
    import tests.rooms.jobs.works  # noqa: F401 - registers the works

    work(create_app(pickle.loads(Path(sys.argv[1]).read_bytes())))
