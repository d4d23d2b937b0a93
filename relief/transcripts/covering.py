"""Which rows of a list does one paper cover, and how do they take its step? As the signer's, each by its own rules."""

from __future__ import annotations

from collections.abc import Sequence

from relief.cases.models import Case
from relief.db import db
from relief.domain.permissions import Actor
from relief.lists.service.acts import Said, act_of
from relief.lists.service.parts import Errand
from relief.lists.service.stepping import act_on, lock_rows, some, tell, waiting_rows
from relief.transcripts.applying import meeting_id_on
from relief.transcripts.models import Transcript
from relief.windows.models import AidList

LIST_VERBS = ("give_opinion", "review", "approve")


def list_on(row: Transcript) -> AidList | None:
    """The list whose rows the paper decides; None for a paper about one case."""
    list_id = row.given.get("list")
    return db.session.get_one(AidList, list_id) if list_id else None


def rows_on(row: Transcript) -> dict[int, int]:
    """The rows that stand on the paper, each with its fen; the one case of a paper without a list has none here."""
    return dict(row.given.get("rows") or ())


def cases_on(row: Transcript) -> Sequence[Case]:
    """Every case that the paper decides."""
    wanted = sorted(rows_on(row)) or [row.case_id]
    return db.session.scalars(db.select(Case).where(Case.id.in_(wanted)).order_by(Case.id)).all()


def take_rows_as_signer(row: Transcript, aid_list: AidList, signer: Actor) -> None:
    """Let the rows on the paper take its step; what was lifted out or changed since stays behind.

    RuleBroken with the first reason when no row can.
    """
    fund_id = row.given.get("fund")
    said = Said(note=row.note or "", meeting_id=meeting_id_on(row, signer), fund_id=fund_id)
    paper = Errand(row.verb, aid_list.id, said, rows=rows_on(row))
    wait = set(waiting_rows([aid_list.id], row.verb)).intersection(rows_on(row))
    cases = [case for case in lock_rows(sorted(wait), signer) if paper.is_meant(case)]
    tally = some(act_on(cases, row.verb, act_of(row.verb, said, signer), signer))
    row.given = {**row.given, "taken": tally.rows}
    tell(aid_list, row.verb, tally, signer)
