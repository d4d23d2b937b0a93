"""How does a decision on paper come to count? Entered with its photo, compared by another, taken as the signer's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from relief import clock
from relief.accounts.models import User
from relief.audit.service import record
from relief.cases.hands import hands_of_all
from relief.cases.models import Case
from relief.cases.service.steps import lock_case
from relief.db import db, locked, transaction
from relief.domain.approval import require_hand
from relief.domain.errors import NotAllowed, NotYours, Refusal, RuleBroken, WrongState
from relief.domain.permissions import Actor
from relief.domain.transcribing import PaperDecision, judge_day, judge_paper
from relief.files.judging import Judged, judge_all
from relief.files.models import Attachment
from relief.files.service import attach
from relief.lists.service.stepping import lock_rows
from relief.transcripts.applying import find_meeting, may_have_signed, signer_of, step_of, take_as_signer
from relief.transcripts.covering import cases_on, list_on, rows_on, take_rows_as_signer
from relief.transcripts.models import Transcript
from relief.transcripts.queries import find_waiting, photos_of

FEWEST_ATTENDEES = 2


def transcribe(
    case_id: int, paper: PaperDecision, *, signer_id: int, photos: Sequence[Any], by: Actor
) -> Transcript:
    """Write a paper decision over with its photo; it waits to be compared, and nothing happens to the case.

    `signer_id` is the signer's account. RuleBroken on the field, `signer` for whom it could not be, `signed_on` before
    the case was handed in, `photos` without one; WrongState for a step that does not leave the case's state; NotYours
    outside the subtree.
    """
    by.require("transcript.write")
    judge_paper(paper, clock.today())
    judged = judge_photos(photos)
    with transaction():
        case = lock_case(case_id, None, by)
        by.require_sight(case.union_id)
        refuse_near([case], by)
        _refuse_second(case)
        judge_signer(case, paper, signer_id, by)
        judge_order([case], paper)
        row = new_transcript(case, paper, signer_id, by)
        row.given = {**row.given, "papers": [_keep(one, case, by).id for one in judged]}
        changes = {"case": case.number, "verb": paper.verb, "signer": signer_id, "signed_on": paper.signed_on}
        record("transcript.enter", "transcript", row.id, by=by, union_id=row.union_id, changes=changes)
        return row


def compare(transcript_id: int, *, version: int, by: Actor) -> Transcript:
    """The values stand on the paper: take the step as the signer's. Judged for the signer, with the roles of that day.

    NotAllowed for who entered or signed it; RuleBroken with the rule book's sentence when it refuses: then nothing
    happens, and the transcript still waits.
    """
    by.require("transcript.compare")
    with transaction():
        row = _held(transcript_id, version, by)
        user = db.session.get_one(User, row.signer_id)
        if by.person_id in (row.entered_by, user.person_id):
            raise NotAllowed(None, "A second person compares it: neither who entered it nor who signed it.")
        refuse_near(cases_on(row), by)
        if not photos_of(row):
            raise RuleBroken(None, "The photo of the paper is gone. Reject this, and enter it anew with its photo.")
        signer = signer_of(user, row.signed_on, through=by)
        try:
            _take(row, signer)
        except Refusal as refusal:
            raise _as_the_signers(refusal, signer) from refusal
        return _settle(row, "applied", "transcript.compare", by)


def reject(transcript_id: int, *, version: int, answer: str, by: Actor) -> Transcript:
    """The values do not stand on the paper: nothing happens to the case. RuleBroken on `answer` without why."""
    by.require("transcript.compare")
    if not answer.strip():
        raise RuleBroken("answer", "Say what does not agree.")
    with transaction():
        row = _held(transcript_id, version, by)
        if by.person_id == row.entered_by:
            raise NotAllowed(None, "A second person looks at it, not who entered it.")
        row.answer = answer.strip()[:300]
        return _settle(row, "rejected", "transcript.reject", by)


def _held(transcript_id: int, version: int, by: Actor) -> Transcript:
    """The waiting transcript under a lock, its case first: whoever takes a step on the case does the same."""
    found = db.session.get(Transcript, transcript_id)
    if found is None:
        raise NotYours
    by.require_sight(found.union_id)
    lock_rows(sorted(rows_on(found)) or [found.case_id], by)
    row = locked(Transcript, transcript_id, version)
    if row.state != "waiting":
        raise WrongState(None, "This was compared already.")
    return row


def _take(row: Transcript, signer: Actor) -> None:
    aid_list = list_on(row)
    if aid_list is None:
        take_as_signer(row, db.session.get_one(Case, row.case_id), signer)
    else:
        take_rows_as_signer(row, aid_list, signer)


def _settle(row: Transcript, state: str, verb: str, by: Actor) -> Transcript:
    row.state, row.compared_by, row.compared_at = state, by.person_id, clock.now()
    changes = {"state": ("waiting", state), "verb": row.verb, "case": row.case_id}
    record(verb, "transcript", row.id, by=by, union_id=row.union_id, changes=changes)
    return row


def judge_photos(photos: Sequence[Any]) -> list[Judged]:
    """The photos of the signed paper; RuleBroken on `photos` without one."""
    judged = judge_all(list(photos), field="photos")
    if not judged:
        raise RuleBroken("photos", "Add a photo of the signed paper.")
    return judged


def refuse_near(cases: Sequence[Case], by: Actor) -> None:
    """Nobody writes over or compares a decision on their own household or one near to them."""
    if by.person_id is not None:
        for hands in hands_of_all(cases, by.person_id):
            require_hand(by.person_id, hands, "undo")


def _refuse_second(case: Case) -> None:
    if find_waiting(case) is not None:
        raise RuleBroken(None, "A decision on paper waits on this case already. It is compared first.")


def judge_signer(case: Case, paper: PaperDecision, signer_id: int, by: Actor) -> None:
    """The step leaves the case's state, the signer held its role on that day, and did not type it himself."""
    step, user = step_of(case, paper.verb), db.session.get(User, signer_id)
    if user is None:
        raise RuleBroken("signer", "Choose who signed.")
    signer = signer_of(user, paper.signed_on, through=by)
    if user.person_id == by.person_id:
        raise RuleBroken("signer", "You signed this yourself: take the step on the case's page.")
    if not may_have_signed(case, step, signer):
        raise RuleBroken("signer", "%(name)s could not decide this on that day.", name=signer.name)
    known = find_meeting(signer, paper.minutes_number)
    if paper.minutes_number.strip() and known is None and len(paper.attendees) < FEWEST_ATTENDEES:
        raise RuleBroken("attendees", "Name at least %(count)s people who took part.", count=FEWEST_ATTENDEES)


def judge_order(cases: Sequence[Case], paper: PaperDecision) -> None:
    """RuleBroken on `signed_on` when one of the cases was handed in after the day of the signature."""
    moments = [case.submitted_at for case in cases if case.submitted_at]
    if moments:
        judge_day(paper.signed_on, clock.business_date(max(moments)))


def new_transcript(case: Case, paper: PaperDecision, signer_id: int, by: Actor) -> Transcript:
    """The paper's values as they were typed, waiting."""
    given: dict[str, Any] = {
        "amount": paper.amount.fen if paper.amount else None, "fund": paper.fund_id, "reason": paper.reason,
        "fields": list(paper.fields), "attendees": list(paper.attendees),
    }  # fmt: skip
    row = Transcript(
        case_id=case.id, union_id=case.union_id, verb=paper.verb, given=given, note=paper.note, signer_id=signer_id,
        signed_on=paper.signed_on, minutes_number=paper.minutes_number.strip() or None, entered_by=by.person_id,
        entered_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _keep(photo: Judged, case: Case, by: Actor) -> Attachment:
    return attach(
        photo, subject="case", subject_id=case.id, household_id=case.household_id, union_id=case.union_id,
        kind="decision_paper", by=by,
    )  # fmt: skip


def _as_the_signers(refusal: Refusal, signer: Actor) -> RuleBroken:
    return RuleBroken(
        None, "The rule book says to %(name)s, who signed: %(why)s", name=signer.name, why=refusal.sentence
    )
