"""What do the account pages print? Sessions as devices, an invitation as it is handed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from relief.accounts.models import SignInSession
from relief.domain.labels import label
from relief.domain.sentences import Sentence, sentence

_SYSTEMS = (("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
            ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip
_BROWSERS = (("MicroMessenger", "WeChat"), ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
             ("Safari/", "Safari"))  # fmt: skip
UNKNOWN = label("Unknown browser")


@dataclass(frozen=True)
class Device:
    """One open session as its owner knows it: which browser, from where, since when, last seen."""

    id: int
    name: Sentence
    address: str
    since: datetime
    seen: datetime
    is_here: bool


def devices(sessions: Iterable[SignInSession], here: int) -> list[Device]:
    """The sessions as devices; `here` is the id of the one that asks."""
    return [
        Device(one.id, browser_name(one.agent), one.address, one.created_at, one.last_seen_at, one.id == here)
        for one in sessions
    ]


def browser_name(agent: str) -> Sentence:
    """`Chrome on Windows`, guessed from what the browser says of itself."""
    system = next((name for sign, name in _SYSTEMS if sign in agent), None)
    browser = next((name for sign, name in _BROWSERS if sign in agent), None)
    if system is None or browser is None:
        return UNKNOWN
    return sentence("%(browser)s on %(system)s", browser=browser, system=system)
