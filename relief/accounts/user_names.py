"""Which user name does a new account get? The pinyin of the name, with a number when it is taken."""

from __future__ import annotations

from itertools import count

import sqlalchemy as sa

from relief.accounts.models import User
from relief.db import db
from relief.persons.models import Person
from relief.persons.pinyin import reading


def free_user_name(person: Person) -> str:
    """`wangxiulan`, or `wangxiulan2` when there is one already."""
    stem = "".join(sign for sign in reading(person.name).lower() if sign.isalnum())[:40] or "user"
    taken = set(db.session.scalars(sa.select(User.username).where(User.username.startswith(stem, autoescape=True))))
    return next(name for number in count(1) if (name := f"{stem}{number if number > 1 else ''}") not in taken)
