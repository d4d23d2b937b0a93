"""What does the page of one import show? Its tally, what it will do or did, and the rows that want a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.roster import Outcome
from relief.domain.sentences import Sentence
from relief.households.roster_models import RosterImport
from relief.households.roster_queries import (
    APPLIED,
    OUTCOMES,
    STATES,
    ShownRow,
    find_same,
    first_rows,
    get_import,
    noted_rows,
)
from relief.households.roster_stored import HOUSEHOLDS, MEMBERS
from relief.households.roster_updating import CREATED, LEFT_OUT, PROPOSED, UNCHANGED, UPDATED

Tile: TypeAlias = tuple[Sentence, int, dict[str, str] | None, str]
WILL = {
    CREATED: label("New files"), UPDATED: label("Files that change"), PROPOSED: label("Changes to be decided"),
    UNCHANGED: label("Files that stay as they are"), LEFT_OUT: label("Cannot be taken"),
}  # fmt: skip
DID = {
    CREATED: label("Files opened"), UPDATED: label("Files changed"), PROPOSED: label("Changes to be decided"),
    UNCHANGED: label("Files that stayed as they were"), LEFT_OUT: label("Left out"),
}  # fmt: skip
TONES = {CREATED: "good", UPDATED: "good", PROPOSED: "warn", UNCHANGED: "", LEFT_OUT: "bad"}
ALWAYS_TOLD = (CREATED, UPDATED, UNCHANGED)


@dataclass(frozen=True)
class Part:
    """The rows of one sheet that ended in one way: the first of them, and how many there are."""

    sheet: str
    title: Sentence
    outcome: Outcome
    rows: Sequence[ShownRow]
    count: int


@dataclass(frozen=True)
class ImportPage:
    """All that the page prints. `kept` and `out` are household rows that can be taken and that cannot."""

    roster: RosterImport
    state: Sentence
    tone: str
    same: RosterImport | None
    kept: int
    out: int
    outcomes: Sequence[Tile]
    effects: Sequence[Tile]
    members: dict[str, int]
    parts: Sequence[Part]
    left_out: Sequence[ShownRow]
    proposed: Sequence[ShownRow]

    @property
    def waits(self) -> bool:
        return self.roster.state == "previewed"

    @property
    def is_under_way(self) -> bool:
        return self.roster.state == "applying"

    @property
    def is_dropped(self) -> bool:
        return self.roster.state == "dropped"

    @property
    def rejected(self) -> int:
        """Rows of both sheets that can be taken away, mended and sent again."""
        return self.out + self.members["rejected"]


def get_import_page(import_id: int, *, by: Actor) -> ImportPage:
    """The page of an import; NotYours outside the subtree."""
    roster = get_import(import_id, by=by)
    ended, members = roster.tally["households"], roster.tally["members"]
    return ImportPage(
        roster=roster,
        state=STATES[roster.state][0],
        tone=STATES[roster.state][1],
        same=find_same(roster),
        kept=ended["imported"] + ended["warned"],
        out=ended["rejected"],
        outcomes=_outcomes(ended),
        effects=_effects(roster),
        members=members,
        parts=_parts(roster) if roster.state != "dropped" else [],
        left_out=noted_rows(roster, LEFT_OUT),
        proposed=noted_rows(roster, PROPOSED),
    )


def _outcomes(ended: dict[str, int]) -> list[Tile]:
    return [
        (text, ended[outcome.value], {"outcome": outcome.value}, tone)
        for (outcome, text), tone in zip(OUTCOMES.items(), ("good", "warn", "bad"), strict=True)
    ]


def _effects(roster: RosterImport) -> list[Tile]:
    """What the import will do to the register, or did."""
    done = roster.tally.get("applied")
    counts, words = (done["households"], DID) if done else (roster.tally["plan"], WILL)
    return [
        (words[end], counts.get(end, 0), {"applied": end} if done else None, TONES[end])
        for end in APPLIED
        if counts.get(end) or end in ALWAYS_TOLD
    ]


def _parts(roster: RosterImport) -> list[Part]:
    """Rejected rows first, then those to be checked; households before members."""
    titles = {
        (HOUSEHOLDS, Outcome.REJECTED): label("Rejected households"),
        (MEMBERS, Outcome.REJECTED): label("Rejected members"),
        (HOUSEHOLDS, Outcome.WARNED): label("Households to be checked"),
        (MEMBERS, Outcome.WARNED): label("Members to be checked"),
    }
    parts = [
        Part(sheet, title, outcome, first_rows(roster, sheet, outcome), roster.tally[sheet][outcome.value])
        for (sheet, outcome), title in titles.items()
    ]
    return [part for part in parts if part.rows]
