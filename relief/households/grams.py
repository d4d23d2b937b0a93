"""Under which pieces of text is a household found? One and two characters of each name, and its letters.

Chinese names are cut into single characters and pairs, since most searches are two characters long. Letters are
kept whole (initials and full pinyin) and searched by their beginning. Rows follow the file in the same verb.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from relief.db import db, transaction
from relief.households.models import Household, Member, SearchGram
from relief.persons.models import Person
from relief.persons.pinyin import initials, reading

BATCH = 500


def refresh(household: Household) -> None:
    """Make the household's pieces agree with its people and its union; joins the verb around."""
    with transaction():
        db.session.flush()
        wanted = pieces(names_of([household.id]).get(household.id, ()))
        held = set(db.session.scalars(sa.select(SearchGram.gram).where(SearchGram.household_id == household.id)))
        of_household = SearchGram.household_id == household.id
        db.session.execute(sa.delete(SearchGram).where(of_household, SearchGram.gram.in_(sorted(held - wanted))))
        db.session.execute(sa.update(SearchGram).where(of_household).values(union_id=household.union_id))
        new = [
            {"gram": gram, "household_id": household.id, "union_id": household.union_id}
            for gram in sorted(wanted - held)
        ]
        if new:
            db.session.execute(sa.insert(SearchGram), new)


def rebuild() -> int:
    """Make every household's pieces anew, a batch at a time; the number of households."""
    done, last = 0, 0
    while True:
        with transaction():
            batch = db.session.scalars(
                sa.select(Household).where(Household.id > last).order_by(Household.id).limit(BATCH)
            ).all()
            for household in batch:
                refresh(household)
            if not batch:
                return done
            done, last = done + len(batch), batch[-1].id


def names_of(household_ids: Iterable[int]) -> dict[int, list[str]]:
    """The names under which each household is found: its head, its members, and of a closed file its last ones."""
    ids = list(household_ids)
    at_the_end = sa.and_(Household.closed_on.is_not(None), Member.until == Household.closed_on)
    found = db.session.execute(
        sa.select(Household.id, Person.name)
        .select_from(Household)
        .join(Member, Member.household_id == Household.id, isouter=True)
        .join(Person, sa.or_(Person.id == Household.head_id, Person.id == Member.person_id))
        .where(
            Household.id.in_(ids),
            sa.or_(Person.id == Household.head_id, Member.until.is_(None), at_the_end),
        )
        .distinct()
        .order_by(Household.id, Person.name)
    )
    names: dict[int, list[str]] = {}
    for household_id, name in found:
        names.setdefault(household_id, []).append(name)
    return names


def pieces(names: Iterable[str]) -> set[str]:
    """Every piece of these names, at most 64 characters each."""
    return {piece[:64] for name in names for piece in (*characters(name), *letters(name)) if piece}


def characters(name: str) -> set[str]:
    """Single characters and pairs, as they stand beside each other."""
    return {*name, *(name[at : at + 2] for at in range(len(name) - 1))} - {"·", " "}


def letters(name: str) -> set[str]:
    """Its initials in every reading, and its full pinyin without blanks, in lower case."""
    return {*initials(name), plain_letters(reading(name))}


def plain_letters(text: str) -> str:
    """Latin letters as they are searched: lower case, without blanks, dots and apostrophes."""
    return "".join(sign for sign in text.lower() if sign.isalpha())
