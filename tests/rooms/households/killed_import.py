"""Which process is killed in the middle of an import? One that kills itself once its first batch is committed."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from pathlib import Path

from relief import create_app
from relief.domain.permissions import system_actor
from relief.households.roster_applying import apply


def tell(done: int, _whole: int) -> None:
    """Die as a process dies whose power goes: nothing is cleaned up."""
    if done:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    with create_app(pickle.loads(Path(sys.argv[1]).read_bytes())).app_context():
        apply(int(sys.argv[2]), progress=tell, by=system_actor("killed"))
