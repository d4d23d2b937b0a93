"""How is a step of a case taken over HTTP? Its page, its form, its verb, and back to the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relief.cases.models import Case
from relief.cases.offers import offers_for
from relief.domain.errors import WrongState
from relief.domain.permissions import Actor
from relief.domain.workflow import CASE_STEPS, Offer, find_step
from relief.web.access import actor
from relief.web.forms import VersionedForm, answer

T = TypeVar("T")


def page_of(case: Case | int) -> str:
    """The address of a case's page."""
    return url_for("cases.show", case_id=case if isinstance(case, int) else case.id)


def take_step(
    case: Case, verb: str, form: VersionedForm, act: Callable[[int], T], *, said: str,
    more: Callable[[], Mapping[str, Any]] = dict, then: Callable[[T], str] | None = None,
) -> ResponseReturnValue:  # fmt: skip
    """GET: the page of the step. POST: `act(version)`, and back to the case with the sentence `said`.

    `more` adds to what the page knows. A form that comes without a version counts as one of long ago.
    """
    case_id = case.id

    def done(result: T) -> str:
        flash(said, "good")
        return then(result) if then else page_of(case_id)

    def page() -> str:
        offer = offer_of(case, verb, actor())
        return render_template(f"cases/{verb}.html", case=case, form=form, offer=offer, **more())

    return answer(form, lambda: act(version_of(form)), then=done, page=page)


def version_of(form: VersionedForm) -> int:
    """The version that the form was opened with; 0, which no row has, when it came without one."""
    return int(form.version.data or 0) if form.version.raw_data else 0


def offer_of(case: Case, verb: str, by: Actor) -> Offer | None:
    """The step as it is offered; opening the page of one that is not possible now says so (409, 403)."""
    offer = next((one for one in offers_for(case, by) if one.verb == verb), None)
    if offer is None and request.method in ("GET", "HEAD"):
        step = find_step(CASE_STEPS, verb, case.state, case.lane)
        by.require(step.permission)
        raise WrongState(None, "“%(step)s” is not possible now: the state has moved on.", step=step.label)
    return offer
