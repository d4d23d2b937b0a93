"""Why does a file end, and why does it begin again? Two short lists of reasons."""

from __future__ import annotations

from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.sentences import Sentence

CLOSING: dict[str, Sentence] = {
    "recovered": label("Out of hardship"),
    "moved": label("Moved away or left the bureau"),
    "retired": label("Retired under another scheme"),
    "death": label("Death, with nobody left in the household"),
    "gave_up": label("The household gave the file up"),
    "untrue": label("Untrue papers"),
    "duplicate": label("A second file of the same household"),
}
REOPENING: dict[str, Sentence] = {
    "relapse": label("In hardship again"),
    "returned": label("Came back to the bureau"),
    "mistake": label("Closed by mistake"),
}
STATUS: dict[str, Sentence] = {
    "active": label("Open file"),
    "temporary": label("Temporary file"),
    "exited": label("Left hardship"),
    "closed": label("Closed file"),
}
TONES = {"active": "good", "temporary": "waits", "exited": "still", "closed": "still"}


def judge_closing(reason: str) -> str:
    """The status that this reason leads to; RuleBroken on `reason` when it is none of the list."""
    if reason not in CLOSING:
        raise RuleBroken("reason", "Choose a reason from the list.")
    return "exited" if reason == "recovered" else "closed"


def judge_reopening(reason: str) -> None:
    """RuleBroken on `reason` when it is none of the list."""
    if reason not in REOPENING:
        raise RuleBroken("reason", "Choose a reason from the list.")
