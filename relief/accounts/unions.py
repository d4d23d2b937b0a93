"""How does the tree of unions grow and change? Names, other spellings, whose opinion goes where, open or closed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief import consequences
from relief.accounts.models import Union, UnionAlias, User
from relief.accounts.queries import get_union
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.permissions import Actor

LEVELS = ("bureau", "grassroots", "group")


def create_union(
    *, name: str, short_name: str, code: str, parent_id: int | None, by: Actor, phone: str | None = None,
    address: str | None = None, area: str | None = None, aliases: tuple[str, ...] = (),
) -> Union:  # fmt: skip
    """Add a union below its parent; the first one, without a parent, is the bureau. RuleBroken on `code`, `alias`."""
    by.require("union.manage")
    with transaction():
        parent = _parent(parent_id, by)
        _refuse_code(code)
        union = Union(
            name=name, short_name=short_name, code=code, parent_id=parent_id, level=_level_below(parent),
            path=f"?{code}", phone=phone, address=address, area=area,
        )  # fmt: skip
        db.session.add(union)
        db.session.flush()
        union.path = f"{parent.path if parent else '/'}{union.id}/"
        for alias in dict.fromkeys(aliases):
            _add_alias(union, alias)
        record("union.create", "union", union.id, by=by, union_id=union.id, changes={"name": name, "code": code})
        return union


def change_union(
    union_id: int, *, version: int | None, name: str, short_name: str, by: Actor, phone: str | None = None,
    address: str | None = None, area: str | None = None,
) -> Union:  # fmt: skip
    """Rename a union and change what is known of it. Its old name stays as another spelling, for old rosters."""
    by.require("union.manage")
    with transaction():
        union = locked(Union, get_union(union_id, by=by).id, version)
        for spelling in {union.name, name}:
            _add_alias(union, spelling)
        wanted = {"name": name, "short_name": short_name, "phone": phone, "address": address, "area": area}
        record("union.change", "union", union.id, by=by, union_id=union.id, changes=_applied(union, wanted))
        return union


def add_alias(union_id: int, alias: str, *, by: Actor) -> None:
    """Add another spelling under which rosters name the union; RuleBroken on `alias` when another union has it."""
    by.require("union.manage")
    with transaction():
        union = get_union(union_id, by=by)
        if not _add_alias(union, alias):
            raise RuleBroken("alias", "This union has this spelling already.")
        record("union.alias", "union", union.id, by=by, union_id=union.id, changes={"alias": (None, alias)})


def remove_alias(union_id: int, alias_id: int, *, by: Actor) -> None:
    """Remove another spelling; the union's own name stays."""
    by.require("union.manage")
    with transaction():
        union, alias = get_union(union_id, by=by), db.session.get(UnionAlias, alias_id)
        if alias is None or alias.union_id != union.id:
            raise NotYours
        if alias.name == union.name:
            raise RuleBroken(None, "This is the union's own name. Rename the union instead.")
        db.session.delete(alias)
        record("union.alias", "union", union.id, by=by, union_id=union.id, changes={"alias": (alias.name, None)})


def close_union(union_id: int, *, by: Actor) -> Union:
    """Take a union out of every choice. RuleBroken while unions below it, its users or a passed opinion need it."""
    by.require("union.manage")
    with transaction():
        union = locked(Union, get_union(union_id, by=by).id)
        _refuse_needed(union)
        union.active = False
        record("union.close", "union", union.id, by=by, union_id=union.id)
        return union


def open_union(union_id: int, *, by: Actor) -> Union:
    """Bring a closed union back into the choices."""
    by.require("union.manage")
    with transaction():
        union = locked(Union, get_union(union_id, by=by).id)
        parent = db.session.get(Union, union.parent_id) if union.parent_id else None
        if parent is not None and not parent.active:
            raise RuleBroken(None, "The union above is closed. Open that one first.")
        union.active = True
        record("union.open", "union", union.id, by=by, union_id=union.id)
        return union


def _parent(parent_id: int | None, by: Actor) -> Union | None:
    if parent_id is None:
        if db.session.scalar(sa.select(Union.id).limit(1)):
            raise RuleBroken("parent_id", "Choose the union above: only the bureau has none.")
        return None
    return get_union(parent_id, by=by)


def _level_below(parent: Union | None) -> str:
    if parent is None:
        return LEVELS[0]
    if not parent.active:
        raise RuleBroken("parent_id", "The union above is closed. Open that one first.")
    if parent.level == LEVELS[-1]:
        raise RuleBroken("parent_id", "A group has no unions below it.")
    return LEVELS[LEVELS.index(parent.level) + 1]


def _refuse_code(code: str) -> None:
    if db.session.scalar(sa.select(Union.id).where(Union.code == code)):
        raise RuleBroken("code", "Another union has this code.")


def _add_alias(union: Union, name: str) -> bool:
    """Whether the spelling was new; RuleBroken when it is another union's."""
    known = db.session.scalar(sa.select(UnionAlias).where(UnionAlias.name == name))
    if known is None:
        db.session.add(UnionAlias(union_id=union.id, name=name))
        db.session.flush()
    elif known.union_id != union.id:
        other = db.session.get_one(Union, known.union_id)
        raise RuleBroken("alias", "“%(alias)s” already means %(union)s.", alias=name, union=other.name)
    return known is None


def _refuse_needed(union: Union) -> None:
    if union.parent_id is None:
        raise RuleBroken(None, "The bureau itself stays open.")
    below = sa.select(Union.id).where(Union.parent_id == union.id, Union.active)
    users = sa.select(User.id).where(User.union_id == union.id, User.disabled_at.is_(None))
    if db.session.scalar(below.limit(1)):
        raise RuleBroken(None, "There are open unions below it. Close those first.")
    if db.session.scalar(users.limit(1)):
        raise RuleBroken(None, "There are open accounts at this union. Close them or move the people first.")
    consequences.union_closes(union.id)


def _applied(union: Union, wanted: dict[str, Any]) -> dict[str, Any]:
    """Set what differs; from and to of each."""
    changes = {name: (getattr(union, name), value) for name, value in wanted.items() if getattr(union, name) != value}
    for name, (_before, value) in changes.items():
        setattr(union, name, value)
    return changes
