"""A signed paper for the tests: its photo, its values, written over by somebody of the cast."""

from __future__ import annotations

from relief import clock
from relief.cases.models import Case
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.transcribing import PaperDecision
from relief.files.judging import Given
from relief.transcripts import service
from relief.transcripts.models import Transcript
from tests.build import Office
from tests.build_cases import DOT


def a_photo() -> Given:
    """The photo of a signed sheet."""
    return Given("决定.png", DOT)


def a_paper(verb: str = "give_opinion", **given: object) -> PaperDecision:
    """What stands on the paper; the amount is that of `a_case`."""
    stands: dict[str, object] = {"signed_on": clock.today(), "note": "情况属实,同意", "amount": Money.yuan(3_000)}
    if verb == "give_opinion":
        stands |= {"minutes_number": "东风工会会纪〔2026〕5号", "attendees": ("李建国", "张立新")}
    return PaperDecision(verb, **(stands | given))  # type: ignore[arg-type]


def written_over(
    office: Office, case: Case, paper: PaperDecision | None = None, *, signer: str = "li", by: Actor | None = None
) -> Transcript:
    """A paper decision that waits to be compared, entered by the caseworker."""
    return service.transcribe(
        case.id, paper or a_paper(), signer_id=office.users[signer].id, photos=[a_photo()], by=by or office.wang
    )
