"""How do papers come onto a household's file?"""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief.files import service as files
from relief.files.kinds import KINDS
from relief.files.models import Attachment
from relief.households.file_views import page_of
from relief.households.routes import blueprint
from relief.households.sight import get_household
from relief.web.access import actor, requires
from relief.web.forms import Form, Needed, PickField, UploadField, answer

OF_A_FILE = (
    "application", "identity", "booklet", "income", "living_allowance", "diagnosis", "disability", "study", "work",
    "unit_proof", "consent", "authorisation", "check_report", "bank_card", "commitment", "other",
)  # fmt: skip


class PapersForm(Form):
    """What kind of paper, and the files."""

    kind = PickField(_l("Kind of paper"), [Needed()], choices=[(kind, KINDS[kind]) for kind in OF_A_FILE])
    files = UploadField(_l("Photos or PDF files"), [Needed()])


@blueprint.route("/households/<int:household_id>/papers/add", methods=["GET", "POST"])
@requires("household.write")
def add_papers(household_id: int) -> ResponseReturnValue:
    """Photos or PDF files of papers."""
    by = actor()
    household = get_household(household_id, by=by)
    form = PapersForm()

    def act() -> list[Attachment]:
        return files.attach_all(
            form.files.data, subject="household", subject_id=household.id, household_id=household.id,
            union_id=household.union_id, kind=form.kind.code, by=by,
        )  # fmt: skip

    def then(added: list[Attachment]) -> str:
        flash(_("Papers added: %(count)s.", count=len(added)), "good")
        return page_of(household_id)

    return answer(
        form, act, then=then, page=lambda: render_template("households/papers_add.html", form=form, household=household)
    )
