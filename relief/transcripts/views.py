"""How is a decision on paper written over, compared beside its photo, applied or rejected over the screen?"""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.accounts.models import User
from relief.cases.models import Case
from relief.cases.queries import get_case
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.sentences import Sentence
from relief.domain.workflow import Step
from relief.files import images
from relief.files.models import Attachment
from relief.files.queries import content_of, get_attachment, media_type_of
from relief.transcripts import life, list_views, queries, service
from relief.transcripts.choosing import funds, open_verbs, signers
from relief.transcripts.covering import list_on
from relief.transcripts.forms import CompareForm, PaperForm, RejectForm
from relief.transcripts.models import Transcript
from relief.transcripts.routes import blueprint
from relief.web.access import actor, requires
from relief.web.downloads import inline_image
from relief.web.filters import Filter, chosen
from relief.web.forms import answer
from relief.web.paging import asked
from relief.web.sentences import told

__all__ = ["blueprint", "life", "list_views"]

READABLE = 1800  # pixels on the longer side: handwriting can be read


@blueprint.get("/transcripts")
@requires("transcript.write", "transcript.compare", "audit.read")
def transcripts() -> ResponseReturnValue:
    """The decisions on paper of one's own subtree, those that wait marked."""
    states = [(code, words) for code, (words, _tone) in queries.STATES.items()]
    picked = chosen(Filter("state", _("State"), options=states))
    ask = asked()
    page = queries.list_transcripts(picked, by=actor(), ask=ask)
    return render_template("transcripts/transcripts.html", picked=picked, page=page)


@blueprint.get("/cases/<int:case_id>/paper")
@requires("transcript.write")
def choose(case_id: int) -> ResponseReturnValue:
    """Which decision stands on the paper?"""
    case = get_case(case_id, by=actor())
    return render_template("transcripts/choose.html", case=case, steps=open_verbs(case))


@blueprint.route("/cases/<int:case_id>/paper/<verb>", methods=["GET", "POST"])
@requires("transcript.write")
def write_over(case_id: int, verb: str) -> ResponseReturnValue:
    """Write over what stands on the paper, with its photo."""
    by = actor()
    case = get_case(case_id, by=by)
    step = _step_of(case, verb)
    offered = {"signer": signers(case, step, by=by), "fund": funds(case)}
    form = PaperForm(verb=verb, data={"signed_on": clock.today()}, choices=offered)

    def act() -> Transcript:
        return service.transcribe(
            case_id, form.said(), signer_id=int(form.signer.code), photos=form.photos.data or [], by=by
        )

    def then(row: Transcript) -> str:
        flash(_("Kept. A second person now compares it with the photo. Until then nothing happens."), "good")
        return url_for("cases.show", case_id=row.case_id)

    return answer(form, act, then=then, page=lambda: _writing(case, step, form))


@blueprint.get("/transcripts/<int:transcript_id>")
@requires("transcript.write", "transcript.compare", "audit.read")
def show(transcript_id: int) -> ResponseReturnValue:
    """The photo beside what was typed."""
    row = queries.get_transcript(transcript_id, by=actor())
    return _page(row, CompareForm(data={"version": row.version}), _rejecting(row))


@blueprint.post("/transcripts/<int:transcript_id>/compare")
@requires("transcript.compare")
def compare(transcript_id: int) -> ResponseReturnValue:
    """They agree: the step is taken as the signer's."""
    by, form = actor(), CompareForm()
    row = queries.get_transcript(transcript_id, by=by)

    def then(done: Transcript) -> str:
        flash(_("Applied. It counts as the decision of its signer."), "good")
        return _back_to(done)

    return answer(
        form, lambda: service.compare(transcript_id, version=int(form.version.data or 0), by=by), then=then,
        page=lambda: _page(row, form, _rejecting(row)),
    )  # fmt: skip


@blueprint.post("/transcripts/<int:transcript_id>/reject")
@requires("transcript.compare")
def reject(transcript_id: int) -> ResponseReturnValue:
    """They do not: nothing happens to the case."""
    by, form = actor(), RejectForm(prefix="no-")
    row = queries.get_transcript(transcript_id, by=by)

    def act() -> Transcript:
        version = int(form.version.data or 0)
        return service.reject(transcript_id, version=version, answer=form.answer.data or "", by=by)

    def then(done: Transcript) -> str:
        flash(_("Rejected. Who entered it finds the answer on the list."), "good")
        return _back_to(done)

    comparing = CompareForm(formdata=None, data={"version": row.version})
    return answer(form, act, then=then, page=lambda: _page(row, comparing, form))


@blueprint.get("/transcripts/<int:transcript_id>/photos/<int:paper_id>")
@requires("transcript.write", "transcript.compare", "audit.read")
def photo(transcript_id: int, paper_id: int) -> ResponseReturnValue:
    """One photo of the paper, large enough to read."""
    row = queries.get_transcript(transcript_id, by=actor())
    if paper_id not in [one.id for one in _photos(row)]:
        raise NotYours
    return inline_image(images.thumbnail(content_of(get_attachment(paper_id, by=actor())), READABLE))


def _back_to(row: Transcript) -> str:
    """The list that the paper decides, or its one case."""
    aid_list = list_on(row)
    if aid_list is not None:
        return url_for("lists.show_list", list_id=aid_list.id)
    return url_for("cases.show", case_id=row.case_id)


def _step_of(case: Case, verb: str) -> Step:
    found = next((step for step in open_verbs(case) if step.verb == verb), None)
    if found is None:
        raise NotYours
    return found


def _writing(case: Case, step: Step, form: PaperForm) -> str:
    return render_template("transcripts/write_over.html", case=case, step=step, form=form)


def _rejecting(row: Transcript) -> RejectForm:
    return RejectForm(formdata=None, prefix="no-", data={"version": row.version})


def _photos(row: Transcript) -> Sequence[Attachment]:
    return [one for one in queries.photos_of(row) if media_type_of(one).startswith("image/")]


def _shown(row: Transcript) -> list[tuple[Sentence, str, bool]]:
    """Each value in the reader's words, and whether somebody typed it in Chinese."""
    return [(name, told(value), isinstance(value, str)) for name, value in queries.values_of(row)]


def _page(row: Transcript, comparing: CompareForm, rejecting: RejectForm) -> str:
    by, signer = actor(), db.session.get_one(User, row.signer_id)
    is_second = by.can("transcript.compare") and by.person_id != row.entered_by
    return render_template(
        "transcripts/show.html", row=row, case=db.session.get_one(Case, row.case_id), comparing=comparing,
        rejecting=rejecting, values=_shown(row), photos=_photos(row), papers=queries.photos_of(row),
        aid_list=list_on(row), back=_back_to(row), names=queries.names_of(row), stands=queries.STATES[row.state],
        may_compare=is_second and row.state == "waiting" and by.person_id != signer.person_id,
        may_reject=is_second and row.state == "waiting", is_waiting=row.state == "waiting",
    )  # fmt: skip
