"""How does each row of a workbook of past awards end, with the register at hand? Writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from relief import clock
from relief.domain.opening import AwardJudgement, AwardRow, AwardTable, asked_for, judge_awards
from relief.domain.permissions import Actor
from relief.funds.sight import require_office
from relief.households.roster_known import in_chunks
from relief.opening.known import look_up
from relief.opening.models import PastAward
from relief.opening.reading import read_award_file
from relief.sealing import blind_index

IDENTITY = "past_award"


@dataclass(frozen=True)
class Judged:
    """A file with its verdicts, the hash of its bytes, and the fingerprints of what was taken over before."""

    tables: tuple[AwardTable, ...]
    judgement: AwardJudgement
    sha256: str
    known: frozenset[str]

    @property
    def plan(self) -> dict[str, int]:
        """How many awards would be new, and how many are here already."""
        awards = self.judgement.awards
        here = sum(fingerprint_of(award) in self.known for award in awards)
        return {"created": len(awards) - here, "unchanged": here}


def require_opening(by: Actor) -> None:
    """Raise unless the actor takes over past awards, and for all unions: NotAllowed, NotYours."""
    by.require("opening.import")
    require_office(by)


def judge_file(source: Path | bytes, *, by: Actor) -> Judged:
    """Read and judge a workbook; RuleBroken on `file`."""
    require_opening(by)
    content = source.read_bytes() if isinstance(source, Path) else source
    tables, today = read_award_file(content), clock.today()
    judgement = judge_awards(tables, look_up(asked_for(tables, today)), today)
    known = known_fingerprints(map(fingerprint_of, judgement.awards))
    return Judged(tuple(tables), judgement, hashlib.sha256(content).hexdigest(), known)


def fingerprint_of(award: AwardRow) -> str:
    """What tells a row that was taken over before, without telling whose it is."""
    return blind_index(award.identity, IDENTITY)


def known_fingerprints(asked: Iterable[str]) -> frozenset[str]:
    """Those of the fingerprints whose awards are here already."""
    wanted: Collection[str] = list(asked)
    rows = in_chunks(sa.select(PastAward.fingerprint), PastAward.fingerprint, list(wanted))
    return frozenset(fingerprint for (fingerprint,) in rows)
