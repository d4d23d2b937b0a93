"""How does a verb say no? With a sentence for the person at the screen, on the field that it is about."""

from __future__ import annotations

from relief.domain.sentences import Param, Sentence, sentence


class Refusal(Exception):
    """Base of every ordinary no. `sentence` says why; `field` names the form field, or None for the whole form."""

    def __init__(self, field: str | None, message: str, **params: Param) -> None:
        self.field = field
        self.sentence: Sentence = sentence(message, **params)
        super().__init__(str(self.sentence))


class RuleBroken(Refusal):
    """A rule of the trade forbids it. HTTP: the form again with the sentence (422)."""


class WrongState(Refusal):
    """The case, sheet, payment or voucher is not in a state that this step leaves. HTTP 409."""


class NotAllowed(Refusal):
    """The actor's role or hands (entered, visited, related) forbid it. HTTP 403."""


class NotYours(Refusal):
    """The row does not exist, or not for you: both answer 404 with the same body."""

    def __init__(self) -> None:
        super().__init__(None, "There is no such page, or it is not yours to see.")


class Stale(Refusal):
    """Somebody else changed the row since the form was opened. `changes` maps field → (theirs, yours).

    `version` is the row's present one: the form takes it over, so that saving again is possible.
    """

    def __init__(self, changes: dict[str, tuple[Param, Param]] | None = None, version: int | None = None) -> None:
        super().__init__(None, "Somebody else changed this while you were writing. Compare, then save again.")
        self.changes, self.version = changes or {}, version


def collected(refusals: list[Refusal]) -> None:
    """Raise the first of several refusals with the others attached as `others`; nothing when there are none."""
    if refusals:
        first, *others = refusals
        first.others = others  # type: ignore[attr-defined]
        raise first
