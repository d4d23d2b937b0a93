"""Who is meant by what somebody typed? A name, its letters, an ID, a phone, a file number; only one's own subtree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.db import db
from relief.domain.identity import clean_mobile, clean_resident_id
from relief.domain.numbering import file_number, read_file_number
from relief.domain.permissions import Actor
from relief.households.grams import letters, names_of, plain_letters, run_together
from relief.households.models import Household, Member, SearchGram
from relief.office import office_prefix
from relief.persons.models import Person
from relief.persons.service import PHONE, RESIDENT_ID
from relief.sealing import blind_index
from relief.web.paging import Ask, Page, page_of

PER_PAGE = 30
LONGEST = 60
END_OF_RANGE = "zzzzzzzz"
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")


@dataclass(frozen=True)
class Hit:
    """A household that was found: its number, head, unit, status, and the members whose names matched."""

    id: int
    number: str
    head: str
    unit: str
    status: str
    matched: tuple[str, ...] = ()


def search(text: str, *, by: Actor, ask: Ask | None = None) -> Page[Hit]:
    """The households meant by `text`, the newest first, a page at a time.

    A number is looked up whole; a name by any run of its characters, or by the beginning of its initials or pinyin.
    """
    by.require("household.read")
    ask = ask or Ask()
    plain = unicodedata.normalize("NFC", text).strip()[:LONGEST]
    for recognise in (_by_resident_id, _by_phone, _by_number):
        chosen = recognise(plain)
        if chosen is not None:
            return _page(chosen, by, ask, lambda name: False)
    if _HAN.search(plain):
        return _by_characters(run_together(plain), by, ask)
    letters_typed = plain_letters(plain).replace("ü", "v")
    return _by_letters(letters_typed, by, ask) if len(letters_typed) > 1 else Page([])


def is_private(text: str) -> bool:
    """Whether the text may be a number that no address should carry: six figures or more in a row."""
    return bool(re.search(r"\d{6}", re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))))


def _by_resident_id(text: str) -> Any:
    number = clean_resident_id(text)
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return None
    return _of_person(Person.resident_id_index == blind_index(number, RESIDENT_ID))


def _by_phone(text: str) -> Any:
    number = clean_mobile(text)
    if not re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}", number, re.ASCII):
        return None
    return _of_person(Person.phone_index == blind_index(number, PHONE))


def _by_number(text: str) -> Any:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
    short = re.fullmatch(r"D?0*([1-9]\d{0,5})", plain, re.ASCII)
    if short:
        plain = file_number(office_prefix(), int(short[1]))
    return Household.number == plain if read_file_number(plain) else None


def _of_person(condition: sa.ColumnElement[bool]) -> Any:
    people = sa.select(Person.id).where(condition)
    return Household.id.in_(sa.select(Member.household_id).where(Member.person_id.in_(people)))


def _by_characters(text: str, by: Actor, ask: Ask) -> Page[Hit]:
    pieces = [text] if len(text) == 1 else [text[at : at + 2] for at in range(len(text) - 1)]
    ids = sa.select(SearchGram.household_id).where(SearchGram.gram == pieces[0], within(SearchGram.union_id, by))
    for piece in dict.fromkeys(pieces[1:]):
        other = aliased(SearchGram)
        ids = ids.join(other, other.household_id == SearchGram.household_id).where(other.gram == piece)
    return _named(ids, lambda name: text in run_together(name), by, ask)


def _by_letters(typed: str, by: Actor, ask: Ask) -> Page[Hit]:
    ids = (
        sa.select(SearchGram.household_id)
        .where(SearchGram.gram >= typed, SearchGram.gram <= typed + END_OF_RANGE, within(SearchGram.union_id, by))
        .distinct()
    )
    return _named(ids, lambda name: any(piece.startswith(typed) for piece in letters(name)), by, ask)


def _named(ids: sa.Select[Any], matches: Callable[[str], bool], by: Actor, ask: Ask) -> Page[Hit]:
    """One page of ids first, straight from the index; the rows of that page afterwards."""
    if ask.key:
        column = SearchGram.household_id
        ids = ids.where(column > ask.key[0] if ask.backwards else column < ask.key[0])
    order = SearchGram.household_id if ask.backwards else SearchGram.household_id.desc()
    found = db.session.scalars(ids.order_by(order).limit(PER_PAGE + 1)).all()
    page = _page(Household.id.in_(found), by, ask, matches)
    return Page([hit for hit in page.rows if hit.matched], page.next_key, page.previous_key)


def _page(chosen: Any, by: Actor, ask: Ask, matches: Callable[[str], bool]) -> Page[Hit]:
    rows = db.session.execute(_rows(chosen, by, ask)).all()
    names = names_of([row.id for row in rows])
    hits = [
        Hit(*row, matched=tuple(name for name in names.get(row.id, ()) if matches(name)))
        for row in rows
    ]
    return page_of(hits, ask, lambda hit: (hit.id,), PER_PAGE)


def _rows(chosen: Any, by: Actor, ask: Ask) -> sa.Select[int, str, str, str, str]:
    rows = (
        sa.select(Household.id, Household.number, Person.name, Union.short_name, Household.status)
        .join(Person, Person.id == Household.head_id)
        .join(Union, Union.id == Household.union_id)
        .where(chosen, within(Household.union_id, by))
        .limit(PER_PAGE + 1)
    )  # fmt: skip
    if ask.key:
        rows = rows.where(Household.id > ask.key[0] if ask.backwards else Household.id < ask.key[0])
    return rows.order_by(Household.id if ask.backwards else Household.id.desc())

