"""What do the codes of unusual ways and of a doubt's history mean? In the reader's words."""

from __future__ import annotations

from relief.auditing.unusual import UnusualLine
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.reasons import REASONS
from relief.domain.sentences import Sentence, sentence
from relief.households.reveals import FIELDS

MARKS: dict[str, Sentence] = {
    "not_received": label("The household says that the money never came"),
    "password_reset": label("Password reset for somebody"),
    "second_factor_dropped": label("Second factor taken off an account"),
    "relative_withdrawn": label("Declared relative withdrawn"),
    "death_taken_back": label("Death taken back"),
    "resident_id_corrected": label("ID number corrected"),
    "database_restored": label("Database put back from a back-up"),
    "past_awards_taken_back": label("Past awards taken off again"),
}
_PAPER: dict[str, Sentence] = {
    "waiting": label("Not compared yet"),
    "applied": label("Compared by a second person"),
    "rejected": label("Rejected at the comparison"),
}
_EMERGENCY: dict[str, Sentence] = {
    "ratified": label("Ratified afterwards"),
    "lowered": label("Ratified with a lower amount"),
    "refused": label("Not ratified"),
    "late": label("Its file is late"),
}
_MEANINGS: dict[str, dict[str, Sentence]] = {
    "marked": MARKS,
    "transcript": _PAPER,
    "emergency": _EMERGENCY,
    "revealed": {code: name for code, (_, name) in FIELDS.items()},
    "revoke": REASONS["revoke"],
}
_TOLD_BY_THE_SORT = ("opinion_given", "appeal", "written_off")
HISTORY: dict[str, tuple[Sentence, str, str]] = {
    "doubt.raise": (label("Doubt raised"), "waits", "flag"),
    "doubt.answer": (label("Answered by the owner"), "moves", "messages"),
    "doubt.settle": (label("Doubt settled"), "good", "circle-check"),
    "doubt.uphold": (label("Doubt upheld"), "bad", "alert-circle"),
}


def mark_of(line: UnusualLine) -> Sentence | str:
    """What the mark of a line says; a mark without words of its own stays as it was written, a missing one is empty."""
    if line.sort in _TOLD_BY_THE_SORT:
        return ""
    if line.sort == "informed" and line.mark:
        return sentence("%(amount)s, with what was asked for in twelve months", amount=Money(int(line.mark)))
    return _MEANINGS.get(line.sort, {}).get(line.mark or "", line.mark or "")
