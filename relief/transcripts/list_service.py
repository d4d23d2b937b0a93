"""How is a paper that decides a whole list written over? Its rows and their sum must be those that wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.cases.models import Case
from relief.db import db, transaction
from relief.domain.errors import RuleBroken
from relief.domain.money import ZERO, total
from relief.domain.permissions import Actor
from relief.domain.transcribing import PaperDecision, judge_paper
from relief.files.service import attach
from relief.lists.service.asking import LONG
from relief.lists.service.proposing import get_list
from relief.lists.service.stepping import lock_rows, waiting_rows
from relief.transcripts.covering import LIST_VERBS
from relief.transcripts.models import Transcript
from relief.transcripts.service import judge_order, judge_photos, judge_signer, new_transcript, refuse_near


def transcribe_list(
    list_id: int, paper: PaperDecision, *, signer_id: int, photos: Sequence[Any], by: Actor
) -> Transcript:
    """Write over a paper that decides every row of the list that waits for its step; it waits to be compared.

    The amount is the sum on the paper. RuleBroken on `amount` when the rows that wait come to another sum, on
    `signer`, `signed_on` and `photos` as for one case; for a list above 400 rows, or with a paper that waits already.
    """
    by.require("transcript.write")
    judge_paper(paper, clock.today())
    if paper.verb not in LIST_VERBS:
        raise RuleBroken("verb", "This step is not taken on paper.")
    judged = judge_photos(photos)
    with transaction():
        aid_list = get_list(list_id, by)
        cases = lock_rows(waiting_rows([list_id], paper.verb), by)
        _judge_rows(cases, paper)
        refuse_near(cases, by)
        _refuse_second(list_id)
        judge_signer(cases[0], paper, signer_id, by)
        judge_order(cases, paper)
        row = new_transcript(cases[0], paper, signer_id, by)
        papers = [
            attach(one, subject="list", subject_id=list_id, household_id=None, union_id=aid_list.union_id,
                   kind="decision_paper", by=by).id
            for one in judged
        ]  # fmt: skip
        rows = [(case.id, (case.proposed or ZERO).fen) for case in cases]
        row.union_id, row.given = aid_list.union_id, {**row.given, "list": list_id, "rows": rows, "papers": papers}
        changes = {"list": aid_list.number, "rows": len(rows), "verb": paper.verb, "signer": signer_id,
                   "signed_on": paper.signed_on}  # fmt: skip
        record("transcript.enter", "transcript", row.id, by=by, union_id=row.union_id, changes=changes)
        return row


def _judge_rows(cases: Sequence[Case], paper: PaperDecision) -> None:
    if not cases:
        raise RuleBroken(None, "No row of this list waits for this step.")
    if len(cases) > LONG:
        raise RuleBroken(None, "One paper decides up to %(most)s rows. Take this step on the screen.", most=LONG)
    wanted = total(case.proposed or ZERO for case in cases)
    if paper.amount != wanted:
        raise RuleBroken(
            "amount", "%(rows)s rows wait, together %(amount)s. Lift out those that do not stand on the paper.",
            rows=len(cases), amount=wanted,
        )  # fmt: skip


def _refuse_second(list_id: int) -> None:
    waiting = (
        sa.select(Transcript.id)
        .join(Case, Case.id == Transcript.case_id)
        .where(Case.list_id == list_id, Transcript.state == "waiting")
    )
    if db.session.scalar(waiting.limit(1)):
        raise RuleBroken(None, "A decision on paper waits on this list already. It is compared first.")
