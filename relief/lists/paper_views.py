"""How is the paper for the table of the meeting 上会材料 taken away? At once, or once it was made in the background."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from relief.audit.service import record_access
from relief.jobs.queries import get_job
from relief.lists import papers
from relief.lists.routes import blueprint
from relief.lists.service.asking import LONG
from relief.web.access import actor, requires
from relief.web.downloads import download
from relief.windows.queries import get_window


@blueprint.get("/windows/<int:window_id>/paper")
@requires("case.read")
def paper(window_id: int) -> ResponseReturnValue:
    """The printed list for the meeting; the download is written down. A long one is asked for on the window's page."""
    by, window, language = actor(), get_window(window_id), str(get_locale())
    if len(papers.paper_rows(window, by=by)) > LONG:
        return redirect(url_for("lists.show_window", window_id=window_id))
    content = papers.paper_of(window, language, by=by)
    record_access("list.paper", "aid_window", window_id, by=by)
    return download(content, papers.PDF, papers.file_name(window, language))


@blueprint.post("/windows/<int:window_id>/paper")
@requires("case.read")
def ask_paper(window_id: int) -> ResponseReturnValue:
    """A long list for the meeting is made in the background."""
    job = papers.ask_paper(window_id, str(get_locale()), by=actor())
    return redirect(url_for("jobs.show", job_id=job.id), 303)


@blueprint.get("/windows/<int:window_id>/paper/<int:job_id>")
@requires("case.read")
def made_paper(window_id: int, job_id: int) -> ResponseReturnValue:
    """The list that was made in the background; the download is written down."""
    by = actor()
    content, name = papers.get_paper(get_job(job_id, by=by), window_id)
    record_access("list.paper", "aid_window", window_id, by=by)
    return download(content, papers.PDF, name)
