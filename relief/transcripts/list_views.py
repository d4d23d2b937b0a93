"""How is a paper that decides a whole list written over the screen?"""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.cases.models import Case
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.money import ZERO, total
from relief.lists.routes import window_words
from relief.lists.service.proposing import get_list
from relief.lists.service.stepping import waiting_rows
from relief.transcripts.applying import step_of
from relief.transcripts.choosing import funds, signers
from relief.transcripts.covering import LIST_VERBS
from relief.transcripts.forms import PaperForm
from relief.transcripts.list_service import transcribe_list
from relief.transcripts.models import Transcript
from relief.transcripts.routes import blueprint
from relief.web.access import actor, requires
from relief.web.forms import answer


@blueprint.route("/lists/<int:list_id>/paper/<verb>", methods=["GET", "POST"])
@requires("transcript.write")
def write_over_list(list_id: int, verb: str) -> ResponseReturnValue:
    """Write over a paper that decides every row that waits for this step."""
    by = actor()
    aid_list, cases = get_list(list_id, by), _waiting(list_id, verb)
    step = step_of(cases[0], verb)
    offered = {"signer": signers(cases[0], step, by=by), "fund": funds(cases[0])}
    form = PaperForm(verb=verb, data={"signed_on": clock.today()}, choices=offered)

    def act() -> Transcript:
        photos = form.photos.data or []
        return transcribe_list(list_id, form.said(), signer_id=int(form.signer.code), photos=photos, by=by)

    def then(_row: Transcript) -> str:
        flash(_("Kept. A second person now compares it with the photo. Until then nothing happens."), "good")
        return url_for("lists.show_list", list_id=list_id)

    def page() -> str:
        amount = total(case.proposed or ZERO for case in cases)
        return render_template(
            "transcripts/write_over_list.html", aid_list=aid_list, step=step, form=form, rows=len(cases),
            amount=amount, window=window_words(aid_list.window),
        )  # fmt: skip

    return answer(form, act, then=then, page=page)


def _waiting(list_id: int, verb: str) -> list[Case]:
    """The rows that wait for the step; NotYours when there is none."""
    wanted = waiting_rows([list_id], verb) if verb in LIST_VERBS else []
    if not wanted:
        raise NotYours
    return list(db.session.scalars(db.select(Case).where(Case.id.in_(wanted)).order_by(Case.id)))
