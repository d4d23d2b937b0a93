"""What was found while judging one row? Refusals, warnings and notes, in the order that a report keeps."""

from __future__ import annotations

from relief.domain.roster.cells import text
from relief.domain.roster.rows import HouseholdRow, MemberRow, Outcome, RawRow, Reason, Verdict
from relief.domain.sentences import Sentence


class Findings:
    """Collects what is said about one row. The first refusal, or else warning, is the row's `why`."""

    def __init__(self, raw: RawRow) -> None:
        self.raw = raw
        self._refusals: list[Reason] = []
        self._warnings: list[Reason] = []
        self._notes: list[Reason] = []
        self._left_over: list[str] = []

    def refuse(self, code: str, sentence: Sentence) -> None:
        """The row cannot be kept."""
        self._refusals.append(Reason(code, sentence))

    def warn(self, code: str, sentence: Sentence) -> None:
        """The row is kept; somebody should look at it."""
        self._warnings.append(Reason(code, sentence))

    def note(self, code: str, sentence: Sentence) -> None:
        """Worth saying, but the row ends as it would without it."""
        self._notes.append(Reason(code, sentence))

    def leave_over(self, field: str) -> None:
        """Keep the cell's own words for the remark: no field took them, and they must not be lost."""
        self._left_over.append(_spelled(self.raw.headers.get(field, field), text(self.raw.get(field))))

    @property
    def refused(self) -> bool:
        """True once anything was refused."""
        return bool(self._refusals)

    @property
    def outcome(self) -> Outcome:
        """How the row ends by what was said of it so far."""
        if self.refused:
            return Outcome.REJECTED
        return Outcome.WARNED if self._warnings else Outcome.IMPORTED

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it ends so: the refusals, or else the warnings."""
        return tuple(self._refusals or self._warnings)

    @property
    def notes(self) -> tuple[Reason, ...]:
        """What is said beside it."""
        return tuple(self._notes)

    def remark(self) -> str:
        """The row's remark, then what unknown columns and unread cells say."""
        extras = [_spelled(header, text(cell)) for header, cell in self.raw.extras if text(cell)]
        return ";".join(filter(None, [text(self.raw.get("remark")), *self._left_over, *extras]))

    def verdict(self, kept: HouseholdRow | MemberRow | None) -> Verdict:
        """The row's end; `kept` is dropped when anything was refused."""
        if self.refused or kept is None:
            return Verdict(self.raw.row, Outcome.REJECTED, tuple(self._refusals), self.notes)
        household = kept if isinstance(kept, HouseholdRow) else None
        member = kept if isinstance(kept, MemberRow) else None
        return Verdict(self.raw.row, self.outcome, self.reasons, self.notes, household, member)


def _spelled(header: str, words: str) -> str:
    return f"{header}:{words}"
