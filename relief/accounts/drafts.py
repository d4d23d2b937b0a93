"""What was this user typing when the page went away? One sealed draft per user and form, until it is sent.

Drafts are notes of one's own and change nothing that others see, so that they leave no line in the record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Draft, User
from relief.db import db, transaction
from relief.domain.errors import RuleBroken
from relief.domain.permissions import Actor

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}")
NEVER_KEPT = frozenset({"csrf_token", "version"})
LONGEST = 200_000
KEPT_FOR = timedelta(days=30)
MOST_KEPT = 50


class FoundDraft(dict[str, list[str]]):
    """What was typed, by field, each with all its values; `saved_at` says when.

    A form takes it as it is: `XForm(MultiDict(draft))`.
    """

    def __init__(self, fields: Mapping[str, list[str]], saved_at: datetime) -> None:
        super().__init__(fields)
        self.saved_at = saved_at


def find_draft(user: User | Actor, key: str) -> FoundDraft | None:
    """The user's own draft of this form."""
    found = _find(_id_of(user), key)
    return FoundDraft(json.loads(found.body), found.saved_at) if found else None


def save_draft(key: str, fields: Mapping[str, Sequence[str]], *, by: Actor) -> None:
    """Keep what stands in a form now, in place of what was kept before; passwords and tokens are left out.

    RuleBroken for a key that no form of ours has, or for more text than any form takes.
    """
    kept = {name: list(values) for name, values in fields.items() if _may_be_kept(name)}
    body = json.dumps(kept, ensure_ascii=False)
    if not KEY.fullmatch(key) or len(body) > LONGEST:
        raise RuleBroken(None, "This draft cannot be kept.")
    with transaction():
        draft = _find(by.user_id, key)
        if draft is None:
            draft = Draft(user_id=by.user_id, form_key=key)
            db.session.add(draft)
        draft.body, draft.saved_at = body, clock.now()
        _sweep(by.user_id)


def drop_draft(key: str, by: Actor) -> None:
    """Throw the user's draft of this form away; nothing happens when there is none. Joins the verb around."""
    with transaction():
        db.session.execute(sa.delete(Draft).where(Draft.user_id == by.user_id, Draft.form_key == key))


def _find(user_id: int | None, key: str) -> Draft | None:
    return db.session.scalar(sa.select(Draft).where(Draft.user_id == user_id, Draft.form_key == key))


def _id_of(user: User | Actor) -> int | None:
    return user.user_id if isinstance(user, Actor) else user.id


def _may_be_kept(name: str) -> bool:
    return name not in NEVER_KEPT and "password" not in name


def _sweep(user_id: int | None) -> None:
    """What nobody came back to for a month is thrown away, and the oldest beyond fifty: a disk is not without end."""
    old = clock.now() - KEPT_FOR
    db.session.flush()
    newest = sa.select(Draft.id).where(Draft.user_id == user_id).order_by(Draft.saved_at.desc(), Draft.id.desc())
    kept = list(db.session.scalars(newest.limit(MOST_KEPT)))
    beyond = sa.or_(Draft.saved_at < old, Draft.id.not_in(kept))
    db.session.execute(sa.delete(Draft).where(Draft.user_id == user_id, beyond))
