"""How is one case seen, and how do papers come onto it?"""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.cases import queries
from relief.cases.case_page import ROAD, get_case_page
from relief.cases.forms import PaperForm
from relief.cases.routes import blueprint
from relief.cases.stepping import page_of
from relief.cases.story import titled
from relief.cases.words import MENDABLE, OUTCOMES, SATISFACTION, TAKEN, WAYS, reason_label
from relief.domain.permissions import ROLE_LABELS
from relief.domain.visit_codes import VisitKind
from relief.domain.workflow import STATE_LABELS
from relief.files import service as files
from relief.files.kinds import SUBJECTS
from relief.files.models import Attachment
from relief.web.access import actor, requires
from relief.web.forms import answer

WORDS = {
    "visit_kinds": {str(kind.value): kind.label for kind in VisitKind}, "taken": TAKEN, "mendable": MENDABLE,
    "outcomes": OUTCOMES, "satisfaction": SATISFACTION, "ways": WAYS, "reason_label": reason_label,
    "titled": titled,
    "role_labels": ROLE_LABELS, "road_labels": [STATE_LABELS[one] for one in ROAD],
}  # fmt: skip


@blueprint.get("/cases/<int:case_id>")
@requires("case.read")
def show(case_id: int) -> ResponseReturnValue:
    """The whole case on one page."""
    return _page(case_id, PaperForm(formdata=None))


@blueprint.post("/cases/<int:case_id>/papers/add")
@requires(*SUBJECTS["case"].write)
def add_papers(case_id: int) -> ResponseReturnValue:
    """Photos or PDF files of papers."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    household_id, union_id = case.household_id, case.union_id
    form = PaperForm()

    def act() -> list[Attachment]:
        return files.attach_all(
            form.files.data, subject="case", subject_id=case_id, household_id=household_id, union_id=union_id,
            kind=form.kind.code, by=by,
        )  # fmt: skip

    def then(added: list[Attachment]) -> str:
        flash(_("Papers added: %(count)s.", count=len(added)), "good")
        return f"{page_of(case_id)}#papers"

    return answer(form, act, then=then, page=lambda: _page(case_id, form))


def _page(case_id: int, form: PaperForm) -> str:
    it = get_case_page(case_id, by=actor())
    if it.first_missing and not form.is_submitted():
        form.kind.data = it.first_missing
    urls = {offer.verb: url_for(f"cases.{offer.verb}", case_id=case_id) for offer in it.offers}
    return render_template("cases/case.html", it=it, case=it.case, form=form, urls=urls, **WORDS)
