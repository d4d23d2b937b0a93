"""Which rooms does this person see? The menu, by permission, with a count on what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, request

from relief.desk.waiting import count_waiting
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence


@dataclass(frozen=True)
class MenuItem:
    """A way into a room."""

    label: Sentence
    url: str
    icon: str
    count: int = 0
    active: bool = False


_ROOMS: tuple[tuple[str | None, Sentence, str, str], ...] = (
    (None, label("My desk"), "/", "home"),
    ("household.read", label("Files"), "/households", "users"),
    ("visit.read", label("Visits"), "/visits", "walk"),
    ("case.read", label("Cases"), "/cases", "folder"),
    ("case.read", label("Lists"), "/windows", "clipboard-list"),
    ("case.read", label("Notices"), "/notices", "speakerphone"),
    ("meeting.write", label("Meetings"), "/meetings", "messages"),
    ("transcript.compare", label("Decisions on paper"), "/transcripts", "file-text"),
    ("opinion.pass", label("Who gives the opinion"), "/opinions", "users-group"),
    ("sheet.read", label("Disbursement sheets"), "/sheets", "table"),
    ("voucher.print", label("Vouchers"), "/vouchers", "receipt"),
    ("audit.doubt", label("Vouchers"), "/vouchers", "receipt"),
    ("fund.read", label("Funds"), "/funds", "coins"),
    ("fund.read", label("Money to come back"), "/recoveries", "arrow-back-up"),
    ("case.read", label("Figures"), "/figures", "chart-bar"),
    ("household.import", label("Rosters"), "/rosters", "upload"),
    ("opening.import", label("Start of the office"), "/opening", "file-import"),
    ("audit.read", label("Auditing"), "/auditing", "flag"),
    ("audit.read", label("Record"), "/record", "history"),
    ("user.manage", label("Users"), "/users", "user-circle"),
    ("password.reset", label("Users"), "/users", "user-circle"),
    ("union.manage", label("Unions"), "/unions", "building"),
)


def menu_for(by: Actor, path: str) -> list[MenuItem]:
    """The rooms that open for this actor, each once, the present one marked."""
    rooms = {url: (name, icon) for permission, name, url, icon in _ROOMS if permission is None or by.can(permission)}
    return [
        MenuItem(name, url, icon, count_waiting(by) if url == "/" else 0, _is_here(path, url))
        for url, (name, icon) in rooms.items()
    ]


def known_to_templates() -> dict[str, Any]:
    """The context of the menu, for pages behind the sign-in."""
    by = g.get("actor")
    return {"menu": menu_for(by, request.path) if by else []}


def _is_here(path: str, url: str) -> bool:
    return path == url if url == "/" else path == url or path.startswith(url + "/")
