"""Which meetings were held, who was there, what did they decide, and where are the minutes?"""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.accounts.models import Union
from relief.accounts.queries import list_unions
from relief.cases import queries, service
from relief.cases.forms import MeetingForm, MeetingPaperForm
from relief.cases.list_views import units_of
from relief.cases.models import Meeting
from relief.cases.registers import list_all_meetings
from relief.cases.routes import blueprint
from relief.cases.words import TAKEN
from relief.db import db
from relief.domain.permissions import Actor
from relief.files import service as files
from relief.files.judging import Judged, judge_all
from relief.files.models import Attachment
from relief.files.queries import list_attachments
from relief.files.shown import shown_papers
from relief.web.access import actor, requires
from relief.web.exporting import address_of
from relief.web.filters import chosen
from relief.web.forms import answer, whole
from relief.web.paging import asked


@blueprint.get("/meetings")
@requires("household.read")
def meetings() -> ResponseReturnValue:
    """The meetings of one's own subtree."""
    by = actor()
    picked = chosen(units_of(by))
    return render_template(
        "cases/meetings.html", picked=picked, page=list_all_meetings(picked, by=by, ask=asked(1)),
        download_url=address_of("cases.download_meetings", picked),
    )  # fmt: skip


@blueprint.route("/meetings/new", methods=["GET", "POST"])
@requires("meeting.write")
def record_meeting() -> ResponseReturnValue:
    """A meeting, with its minutes and photos."""
    by = actor()
    units = [(str(union.id), union.name) for union in list_unions(by=by)]
    begins = {"union_id": str(by.union_id or ""), "meeting_on": clock.today()}
    form = MeetingForm(data=begins, choices={"union_id": units})

    def act() -> Meeting:
        papers = {"minutes": form.minutes, "meeting_photo": form.photos}
        return keep({kind: judge_all(field.data, field=field.short_name) for kind, field in papers.items()})

    @whole
    def keep(judged: dict[str, list[Judged]]) -> Meeting:
        meeting = service.record_meeting(
            int(form.union_id.code), number=form.number.data or "", on=form.meeting_on.data or clock.today(),
            attendees=(form.attendees.data or "").splitlines(), resolution=form.resolution.data or None, by=by,
        )  # fmt: skip
        for kind, found in judged.items():
            for one in found:
                _attach(meeting, kind, one)
        return meeting

    def then(meeting: Meeting) -> str:
        flash(_("Meeting %(number)s is recorded.", number=meeting.number), "good")
        return url_for("cases.show_meeting", meeting_id=meeting.id)

    return answer(form, act, then=then, page=lambda: render_template("cases/record_meeting.html", form=form))


@blueprint.get("/meetings/<int:meeting_id>")
@requires("household.read")
def show_meeting(meeting_id: int) -> ResponseReturnValue:
    """The meeting, what it carried, and its papers."""
    return _meeting_page(queries.get_meeting(meeting_id, by=actor()), MeetingPaperForm(formdata=None), actor())


@blueprint.post("/meetings/<int:meeting_id>/papers/add")
@requires("meeting.write")
def add_meeting_papers(meeting_id: int) -> ResponseReturnValue:
    """Minutes and photos that come later."""
    by = actor()
    meeting = queries.get_meeting(meeting_id, by=by)
    form = MeetingPaperForm()

    def act() -> list[Attachment]:
        return files.attach_all(
            form.files.data, subject="meeting", subject_id=meeting.id, household_id=None, union_id=meeting.union_id,
            kind=form.kind.code, by=by,
        )  # fmt: skip

    def then(added: list[Attachment]) -> str:
        flash(_("Papers added: %(count)s.", count=len(added)), "good")
        return url_for("cases.show_meeting", meeting_id=meeting_id)

    return answer(form, act, then=then, page=lambda: _meeting_page(meeting, form, by))


def _meeting_page(meeting: Meeting, form: MeetingPaperForm, by: Actor) -> str:
    return render_template(
        "cases/meeting.html", meeting=meeting, form=form, unit=db.session.get_one(Union, meeting.union_id),
        carried=queries.list_cases_of_meeting(meeting.id), taken=TAKEN,
        papers_kept=shown_papers(list_attachments("meeting", meeting.id, by=by), by=by),
    )  # fmt: skip


def _attach(meeting: Meeting, kind: str, judged: object) -> None:
    files.attach(
        judged, subject="meeting", subject_id=meeting.id, household_id=None, union_id=meeting.union_id, kind=kind,
        by=actor(),
    )  # fmt: skip
