"""Which large buttons stand on a caseworker's desk? Log a visit, who is due, lists, find a person."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, url_for

from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.visits.due import count_due_visits

MOST = 99


@dataclass(frozen=True)
class Button:
    """A large button: what it does, where it leads, its sign, and how many wait behind it."""

    label: Sentence
    url: str
    icon: str
    count: int = 0


def buttons_for(by: Actor) -> list[Button]:
    """The four of whoever logs visits and opens cases; none for other desks."""
    if not (by.can("visit.write") and by.can("case.write")):
        return []
    found = [
        Button(label("Log a visit"), url_for("visits.log_visit"), "walk"),
        Button(label("Who is due for a visit"), url_for("visits.list_due"), "calendar-due",
               count_due_visits({}, by=by, cap=MOST)),
    ]  # fmt: skip
    if "lists.list_lists" in current_app.view_functions:
        found.append(Button(label("Lists"), url_for("lists.list_lists"), "clipboard-list"))
    found.append(Button(label("Find a person"), url_for("households.search_results"), "search"))
    return found
