"""How is a notice posted, printed, photographed and taken down over the screen?"""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.cases import queries, service
from relief.cases.forms import NoticeForm, NoticePhotoForm, TakeDownForm
from relief.cases.models import Case, Notice
from relief.cases.papers import issue_notice
from relief.cases.register_views import picked_notices
from relief.cases.registers import list_notices
from relief.cases.routes import blueprint
from relief.cases.service.notices import cause_of
from relief.cases.service.steps import policy_for
from relief.cases.stepping import take_step, version_of
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.identity import mask_name
from relief.domain.labels import label
from relief.domain.notice import end_of_notice, generic_cause
from relief.domain.permissions import Actor
from relief.domain.workflow import EMERGENCY
from relief.files import service as files
from relief.files.models import Attachment
from relief.files.queries import content_of, list_attachments
from relief.files.shown import shown_papers
from relief.persons.models import Person
from relief.policies.queries import load_calendar
from relief.web.access import actor, requires
from relief.web.downloads import download
from relief.web.exporting import address_of
from relief.web.forms import answer
from relief.web.paging import asked


@blueprint.route("/cases/<int:case_id>/post-notice", methods=["GET", "POST"])
@requires("case.notice")
def post_notice(case_id: int) -> ResponseReturnValue:
    """Where it hangs, and until when."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = NoticeForm(data={"version": case.version})
    return take_step(
        case, "post_notice", form,
        lambda version: service.post_notice([case_id], versions=[version], place=form.place.data or "", by=by),
        said=_("The notice is posted. Print it now and hang it up."), more=lambda: _as_posted(case),
        then=lambda notice: url_for("cases.show_notice", notice_id=notice.id),
    )  # fmt: skip


def _as_posted(case: Case) -> dict[str, Any]:
    """What the board will show, and its last day."""
    days = find_kind(case.kind).notice_rule(policy_for(case)).working_days
    return {
        "days": days, "ends": end_of_notice(clock.today(), days, load_calendar()),
        "masked": mask_name(case.applicant.name), "cause": generic_cause(cause_of(case)),
        "kind": find_kind(case.kind), "helped_first": case.lane == EMERGENCY,
    }  # fmt: skip


@blueprint.get("/notices")
@requires("case.read")
def notices() -> ResponseReturnValue:
    """The notices of one's own subtree."""
    by = actor()
    picked = picked_notices(by)
    return render_template(
        "cases/notices.html", picked=picked, page=list_notices(picked, by=by, ask=asked(1)),
        download_url=address_of("cases.download_notices", picked),
    )  # fmt: skip


@blueprint.get("/notices/<int:notice_id>")
@requires("case.read")
def show_notice(notice_id: int) -> ResponseReturnValue:
    """What hangs on the board."""
    return _notice_page(queries.get_notice(notice_id, by=actor()), NoticePhotoForm(formdata=None), actor())


@blueprint.post("/notices/<int:notice_id>/photos/add")
@requires("case.notice")
def add_notice_photos(notice_id: int) -> ResponseReturnValue:
    """A photo of the board, as proof that it hung there."""
    by = actor()
    notice = queries.get_notice(notice_id, by=by)
    form = NoticePhotoForm()

    def act() -> list[Attachment]:
        return files.attach_all(
            form.files.data, subject="notice", subject_id=notice.id, household_id=None, union_id=notice.union_id,
            kind="notice_photo", by=by,
        )  # fmt: skip

    def then(added: list[Attachment]) -> str:
        flash(_("Photos added: %(count)s.", count=len(added)), "good")
        return url_for("cases.show_notice", notice_id=notice_id)

    return answer(form, act, then=then, page=lambda: _notice_page(notice, form, by))


def _notice_page(notice: Notice, form: NoticePhotoForm, by: Actor) -> str:
    photos = shown_papers(list_attachments("notice", notice.id, by=by), by=by)
    poster = db.session.get(Person, notice.posted_by) if notice.posted_by else None
    return render_template(
        "cases/notice.html", notice=notice, rows=queries.list_notice_rows(notice.id), photos=photos, form=form,
        poster=poster, take_down=TakeDownForm(formdata=None, data={"version": notice.version}),
        is_over=notice.state in ("ended", "stopped"), kinds=find_kind, cause_words=label,
    )  # fmt: skip


@blueprint.post("/notices/<int:notice_id>/paper")
@requires("case.read")
def notice_paper(notice_id: int) -> ResponseReturnValue:
    """The paper for the board."""
    paper = issue_notice(queries.get_notice(notice_id, by=actor()), by=actor())
    return download(content_of(paper), paper.media_type, paper.file_name)


@blueprint.post("/notices/<int:notice_id>/take-down")
@requires("case.notice")
def take_down(notice_id: int) -> ResponseReturnValue:
    """The paper came off the board."""
    by = actor()
    notice, form = queries.get_notice(notice_id, by=by), TakeDownForm()

    def then(_notice: Notice) -> str:
        flash(_("Noted: the notice is taken down."), "good")
        return url_for("cases.show_notice", notice_id=notice_id)

    return answer(
        form, lambda: service.take_down(notice_id, version=version_of(form), by=by), then=then,
        page=lambda: _notice_page(notice, NoticePhotoForm(formdata=None), by),
    )  # fmt: skip
