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
    heads = sa.select(Household.id, Person.name).join(Person, Person.id == Household.head_id)
    members = (
        sa.select(Household.id, Person.name)
        .join(Member, Member.household_id == Household.id)
        .join(Person, Person.id == Member.person_id)
        .where(sa.or_(Member.until.is_(None), at_the_end))
    )
    found = sa.union(heads.where(Household.id.in_(ids)), members.where(Household.id.in_(ids))).subquery()
    names: dict[int, list[str]] = {}
    for household_id, name in db.session.execute(sa.select(found).order_by(*found.c)):
        names.setdefault(household_id, []).append(name)
    return names


def pieces(names: Iterable[str]) -> set[str]:
    """Every piece of these names, at most 64 characters each."""
    return {piece[:64] for name in names for piece in (*characters(name), *letters(name)) if piece}


def characters(name: str) -> set[str]:
    """Single characters and pairs, as they stand beside each other; a dot between parts of a name does not count."""
    plain = run_together(name)
    return {*plain, *(plain[at : at + 2] for at in range(len(plain) - 1))}


def run_together(name: str) -> str:
    """A name as its characters are searched: without blanks and dots."""
    return "".join(name.split()).replace("·", "")


def letters(name: str) -> set[str]:
    """Its initials in every reading, and its full pinyin without blanks; ü as the v and u that people type."""
    whole = plain_letters(reading(name))
    return {*initials(name), whole.replace("ü", "v"), whole.replace("ü", "u")}


def plain_letters(text: str) -> str:
    """Latin letters as they are searched: lower case, without blanks, dots and apostrophes."""
    return "".join(sign for sign in text.lower() if sign.isalpha())
