"""What does one field of a row say? Read and typed, or refused, warned of, noted."""

from __future__ import annotations

from datetime import date

from relief.domain.errors import RuleBroken
from relief.domain.household import Category, Cause, Heating
from relief.domain.household import read_category as known_category
from relief.domain.household import read_cause as known_cause
from relief.domain.household import read_heating as known_heating
from relief.domain.identity import ResidentId, judge_name, read_sex
from relief.domain.money import ZERO, Money
from relief.domain.roster.cells import NotUnderstood, amount, compact, count, day, month, quoted, text
from relief.domain.roster.findings import Findings
from relief.domain.sentences import sentence


def read_name(found: Findings) -> str:
    """The cleaned name; empty, and a refusal, when it is missing or no name."""
    cell = found.raw.get("name")
    try:
        return judge_name(text(cell))
    except RuleBroken as broken:
        found.refuse("name not understood" if text(cell) else "name missing", broken.sentence)
        return ""


def read_income(found: Findings) -> tuple[Money | None, Money | None, Money | None]:
    """Income and rigid expenditure must be figures where they are given. The monthly figure is derived.

    It is only noted when it is no figure, unless it is the only income that the row gives.
    """
    income12 = _figure("income12", "income is not a number", found)
    rigid = _figure("rigid", "rigid expenditure is not a number", found)
    if compact(found.raw.get("income12")):
        return income12, rigid, _derived_figure(found)
    return income12, rigid, _figure("monthly_net", "income is not a number", found, may_be_negative=True)


def _figure(field: str, code: str, found: Findings, *, may_be_negative: bool = False) -> Money | None:
    cell = found.raw.get(field)
    try:
        money = amount(cell)
    except NotUnderstood:
        words = found.raw.headers.get(field, "")
        found.refuse(
            code,
            sentence("%(text)s is no amount of money (%(column)s).", text=quoted(cell), column=words),
        )
        return None
    if money is not None and money < ZERO and not may_be_negative:
        found.refuse(code, sentence("%(amount)s is below zero.", amount=money))
    return money


def _derived_figure(found: Findings) -> Money | None:
    try:
        return amount(found.raw.get("monthly_net"))
    except NotUnderstood:
        found.note("monthly income not understood", sentence("The monthly income per head is no figure."))
        found.leave_over("monthly_net")
        return None


def read_birth(person: ResidentId | None, found: Findings) -> date | None:
    """The ID's birth date, or the row's where there is no ID; where they differ, a warning, and the ID holds."""
    cell = found.raw.get("born")
    try:
        said = day(cell)
    except NotUnderstood:
        _doubt_birth(person, month(cell), found)
        return person.born if person else None
    if person is None:
        return said
    if said is not None and said != person.born:
        found.warn(
            "birth date differs from resident-id",
            sentence(
                "The birth date is %(said)s in the row and %(held)s in the resident ID: the ID holds.",
                said=said,
                held=person.born,
            ),
        )
    return person.born


def _doubt_birth(person: ResidentId | None, said: tuple[int, int] | None, found: Findings) -> None:
    """A cell with year and month only is compared as far as it goes; other words are kept as a remark."""
    if person and said == (person.born.year, person.born.month):
        return
    found.leave_over("born")
    if person and said:
        found.warn(
            "birth date differs from resident-id",
            sentence("The birth month in the row differs from the resident ID: the ID holds."),
        )
    else:
        found.warn("birth date not understood", sentence("The birth date in the row is no date."))


def compare_sex(person: ResidentId, found: Findings) -> None:
    """Where they differ the ID holds."""
    said = read_sex(compact(found.raw.get("sex")))
    if said is not None and said is not person.sex:
        found.warn(
            "sex differs from resident-id",
            sentence("The sex in the row differs from the resident ID: the ID holds."),
        )


def read_size(found: Findings) -> int | None:
    """Members of the household; None for nothing, and with a warning for no number."""
    try:
        size = count(found.raw.get("size"))
    except NotUnderstood:
        size = 0
    if size == 0:
        found.warn("household size not understood", sentence("The number of household members is no number."))
        found.leave_over("size")
        return None
    return size


def read_category(found: Findings) -> Category | None:
    """The declared category; None, and a warning, when no category is meant."""
    words = _said(found, "category")
    category = known_category(words)
    if category is None and words:
        found.warn(
            "category not understood",
            sentence("%(text)s is no category of hardship: choose one on the file.", text=quoted(words)),
        )
        found.leave_over("category")
    elif category is None:
        found.warn("category missing", sentence("The category of hardship is missing: choose one on the file."))
    return category


def read_cause(found: Findings) -> Cause | None:
    """The cause; a word that nobody knows is kept as a remark."""
    words = _said(found, "cause")
    cause = known_cause(words)
    if cause is None and words:
        found.note("cause not understood", sentence("The cause %(text)s is kept as a remark.", text=quoted(words)))
        found.leave_over("cause")
    return cause


def read_heating(found: Findings) -> Heating | None:
    """The heating; a word that nobody knows is kept as a remark."""
    words = _said(found, "heating")
    heating = known_heating(words)
    if heating is None and words:
        found.note("heating not understood", sentence("The heating %(text)s is kept as a remark.", text=quoted(words)))
        found.leave_over("heating")
    return heating


def read_opening(found: Findings) -> date | None:
    """The day the file was opened; an unreadable one is kept as a remark."""
    try:
        return day(found.raw.get("opened_on"))
    except NotUnderstood:
        found.note("opening date not understood", sentence("The day the file was opened is kept as a remark."))
        found.leave_over("opened_on")
        return None


def _said(found: Findings, field: str) -> str:
    """The cell's words; a dash says nothing."""
    cell = found.raw.get(field)
    return text(cell) if compact(cell) else ""
