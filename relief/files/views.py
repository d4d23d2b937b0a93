"""How is a paper opened, shown small, and taken off the file?"""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.audit.service import record_access
from relief.domain.errors import NotYours
from relief.files import images, queries, service
from relief.files.forms import RemoveForm
from relief.files.kinds import KINDS, READERS
from relief.web.access import actor, requires
from relief.web.downloads import download, inline_image
from relief.web.forms import answer
from relief.web.locale import local_path
from relief.web.sentences import words

blueprint = Blueprint("files", __name__)


@blueprint.get("/files/<int:attachment_id>")
@requires(*READERS)
def show(attachment_id: int) -> ResponseReturnValue:
    paper = queries.get_attachment(attachment_id, by=actor())
    content, media_type = queries.content_of(paper), queries.media_type_of(paper)
    name = f"{words(KINDS[paper.kind])}-{paper.id}{queries.EXTENSIONS[media_type]}"
    record_access("download", "attachment", attachment_id, by=actor())
    return download(content, media_type, name)


@blueprint.get("/files/<int:attachment_id>/small")
@requires(*READERS)
def small(attachment_id: int) -> ResponseReturnValue:
    paper = queries.get_attachment(attachment_id, by=actor())
    if not queries.media_type_of(paper).startswith("image/"):
        raise NotYours
    return inline_image(images.thumbnail(queries.content_of(paper)))


@blueprint.route("/files/<int:attachment_id>/remove", methods=["GET", "POST"])
@requires(*READERS)
def remove(attachment_id: int) -> ResponseReturnValue:
    paper = queries.get_attachment(attachment_id, by=actor())
    back = local_path(request.values.get("back"))
    form = RemoveForm(data={"back": back})

    def act() -> None:
        service.remove_attachment(attachment_id, by=actor(), reason=form.reason.data or "")
        flash(_("The paper was taken off the file. The record keeps it."), "good")

    def page() -> str:
        return render_template("files/remove.html", form=form, paper=paper, label=KINDS[paper.kind], back=back)

    return answer(form, act, then=back, page=page)
