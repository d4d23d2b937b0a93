"""How does a form come up with what was typed before? From the user's own draft of it, else as things stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from flask import request
from werkzeug.datastructures import MultiDict

from relief.accounts.drafts import drop_draft, find_draft
from relief.db import transaction
from relief.web.access import actor
from relief.web.forms import Form

F = TypeVar("F", bound=Form)
T = TypeVar("T")


def drafted(
    kind: type[F], key: str, data: Mapping[str, Any] | None = None, **more: Any
) -> tuple[F, datetime | None]:
    """The form, and when its draft was saved (None when there is none). The version is always the row's own."""
    draft = None if request.method == "POST" else find_draft(actor(), key)
    form = kind(formdata=MultiDict(draft), data=data, **more) if draft else kind(data=dict(data or {}), **more)
    if draft and data and "version" in data:
        form["version"].data, form["version"].raw_data = data["version"], None
    return form, draft.saved_at if draft else None


def and_drop(key: str, act: Callable[[], T]) -> Callable[[], T]:
    """`act`, after which the draft is gone, in one transaction."""

    def done() -> T:
        with transaction():
            result = act()
            drop_draft(key, actor())
            return result

    return done
