"""What does the page say when something is not possible? Calmly: what happened, and what to do now."""

from __future__ import annotations

from dataclasses import dataclass
from errno import ENOSPC

from flask import Flask, current_app, g, make_response
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

from relief.domain.errors import NotYours, Refusal
from relief.web.forms import status_of
from relief.web.locale import spoken
from relief.web.sentences import render


@dataclass(frozen=True)
class Notice:
    """What an error page says: its title, what happened, what to do."""

    title: object
    text: object
    advice: object


_BACK = _l("Go back to the page before, or start again from your desk.")
BUSY = _l(
    "Others are writing at this moment, and this did not get its turn. Nothing of it was saved: send it once more."
)
HELD = ("55P03", "40P01")  # PostgreSQL: waited too long for a lock, and waited for each other
_WAIT = _l("Nothing that was confirmed is lost. Wait a minute, then try again; if it stays, call the office.")
PAGES: dict[int, Notice] = {
    400: Notice(
        _l("This request could not be read"),
        _l("The page had been open for too long, or it was sent in a way that this system does not know."),
        _l("Go back, load the page again, and send it once more."),
    ),
    401: Notice(_l("Please sign in"), _l("This page needs you to be signed in."), _l("Sign in and open it again.")),
    403: Notice(
        _l("This is not for your hands"),
        _l("Your role does not allow this step, or you have already had a part in this case."),
        _l("Ask a colleague whose task it is. Your office knows who holds which role."),
    ),
    404: Notice(
        _l("This page was not found"),
        _l("There is no such page, or it is not yours to see."),
        _l("Check the address, or look for the case by its number from your desk."),
    ),
    405: Notice(_l("This address is not opened that way"), _l("The page cannot be opened like this."), _BACK),
    409: Notice(
        _l("This has changed meanwhile"),
        _l("Somebody else has taken a step here since you opened the page."),
        _l("Load the page again to see how it stands now."),
    ),
    410: Notice(_l("This page is gone"), _l("Its time is over and it was taken down."), _BACK),
    413: Notice(
        _l("This file is too large"),
        _l("What was sent is larger than this system takes in at once."),
        _l("Send fewer files at a time, or photograph the page again at a smaller size."),
    ),
    415: Notice(_l("This kind of file is not taken"), _l("Photos and PDF files are taken in."), _BACK),
    422: Notice(_l("This cannot be done"), _l("What was sent does not fit the rules."), _BACK),
    429: Notice(
        _l("Too many tries"),
        _l("There were more tries in a short time than this system allows."),
        _l("Wait a few minutes, then try again."),
    ),
    500: Notice(
        _l("Something went wrong here"),
        _l("The fault lies with the system, not with you. It has been written down for the administrator."),
        _l("Try once more. If it happens again, tell the administrator the time and the number below."),
    ),
    503: Notice(_l("The system is not ready"), _l("The database does not answer at the moment."), _WAIT),
    507: Notice(
        _l("There is no room left to write"),
        _l("The disk of the system is full, so that nothing new can be kept."),
        _l("Nothing that was confirmed is lost. Tell the administrator now, and keep your paper at hand."),
    ),
}


def register(app: Flask) -> None:
    """Answer refusals, HTTP errors and faults with the pages of this file."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)


def page(status: int, why: str | None = None) -> ResponseReturnValue:
    """The error page of a status, in the reader's language; `why` stands in place of its general sentence.

    Needs no database, no session and no sign-in, and every 404 has the same body, whatever was asked for.
    """
    notice = PAGES.get(status, PAGES[500] if status >= 500 else PAGES[400])
    number = getattr(g, "request_id", None) if status >= 500 else None
    template = current_app.jinja_env.get_template("errors/page.html")  # no context processor: they ask the database
    office = getattr(current_app.extensions.get("relief"), "office_name", "Relief")
    words = {"status": status, "notice": notice, "why": why, "number": number, "office_name": office}
    return make_response(template.render(words | spoken()), status)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    if isinstance(refusal, NotYours):
        return page(404)
    return page(status_of(refusal), render(refusal.sentence))


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error  # type: ignore[return-value]
    cause = getattr(error, "original_exception", None)
    status = status_of_fault(cause) if cause is not None else error.code
    answer = make_response(page(status, str(BUSY) if _is_busy(cause) else None))
    kept = [(name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")]
    answer.headers.extend(kept or ([("Retry-After", "60")] if status == 503 else []))
    return answer


def _is_busy(cause: BaseException | None) -> bool:
    """Whether the database answers, but others held for too long what was asked for."""
    said = getattr(cause, "orig", None)
    return getattr(said, "sqlstate", None) in HELD or "database is locked" in str(said)


def status_of_fault(cause: BaseException) -> int:
    """507 for a full disk, 503 for a database that is gone or locked, else 500."""
    from sqlalchemy.exc import InterfaceError, OperationalError

    if getattr(cause, "errno", None) == ENOSPC or "disk is full" in str(cause):
        return 507
    return 503 if isinstance(cause, (OperationalError, InterfaceError)) else 500
