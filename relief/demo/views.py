"""What does only the demo have? Sign-in by a click, another person in one click, the next working day."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from relief import clock
from relief.accounts import sessions
from relief.accounts.queries import find_user
from relief.demo import day
from relief.demo.cards import told_stories
from relief.demo.checklist import ChecklistStep, checklist
from relief.demo.papers import sample_paper
from relief.demo.people import PLAYERS
from relief.demo.units import BUREAU
from relief.domain.errors import NotYours
from relief.domain.sentences import Sentence, sentence
from relief.office import office
from relief.web.access import public, signed_in
from relief.web.locale import local_path
from relief.web.sentences import render

blueprint = Blueprint("demo", __name__, url_prefix="/demo")


@dataclass(frozen=True)
class Card:
    """A person of the demo as a card: name, role, unit, and where a click signs in."""

    name: str
    role: Sentence
    unit: str
    url: str


@dataclass(frozen=True)
class StoryCard:
    """A story as a card: a click signs in as whoever it is told through, and opens the page."""

    title: Sentence
    text: Sentence
    role: Sentence
    become_url: str
    url: str


@dataclass(frozen=True)
class Bar:
    """The demo's bar: its day, its people, the way to the next day, the six steps."""

    day: Any
    people: list[Card]
    next_day_url: str
    checklist: list[ChecklistStep]
    paper_url: str

    @property
    def stories(self) -> list[StoryCard]:
        """Asked for by the start page alone."""
        roles = {one.key: one.role.label for one in PLAYERS}
        return [
            StoryCard(one.title, one.text, roles[one.player], url_for("demo.become", key=one.player), one.url)
            for one in told_stories()
        ]


@blueprint.app_context_processor
def known_to_templates() -> dict[str, Any]:
    """The bar, on every page of the demo."""
    if request.endpoint == "static":
        return {}
    cards = [
        Card(one.name, one.role.label, one.unit or BUREAU[1], url_for("demo.become", key=one.key)) for one in PLAYERS
    ]
    return {"demo": Bar(clock.today(), cards, url_for("demo.next_day"), checklist(), url_for("demo.paper"))}


@blueprint.post("/become/<key>")
@public
def become(key: str) -> ResponseReturnValue:
    """Sign in as this person of the demo, and stay on the page."""
    user = find_user(key)
    if user is None or key not in {one.key for one in PLAYERS}:
        raise NotYours
    sessions.start(user, request.remote_addr or "", request.user_agent.string)
    return redirect(local_path(request.form.get("next")), 303)


@blueprint.post("/next-day")
@public
def next_day() -> ResponseReturnValue:
    """Move to the next working day; notices that end are ended."""
    happened = day.to_next_working_day(office().instance)
    flash(render(_told(happened["notices"])), "good")
    return redirect(local_path(request.form.get("next")), 303)


@blueprint.get("/paper.png")
@signed_in
def paper() -> ResponseReturnValue:
    """A sample paper, to be attached where evidence is asked for."""
    return send_file(BytesIO(sample_paper()), mimetype="image/png", as_attachment=True, download_name="示例材料.png")


def _told(notices: int) -> Sentence:
    if notices:
        return sentence("It is %(day)s. Notices that ended: %(notices)s.", day=clock.today(), notices=notices)
    return sentence("It is %(day)s.", day=clock.today())
