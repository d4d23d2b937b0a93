"""What may be pasted into a chat? A closed vocabulary, and nothing personal can get in by any parameter."""

from __future__ import annotations

import inspect
from datetime import date

import pytest

from relief.domain.chat_text import MISSING, chat_text, surname_of
from relief.domain.permissions import Role
from relief.domain.workflow import State

NUMBER = "XLGH-RC-2026-00012"
DUE = date(2026, 3, 16)


def test_a_line_says_what_waits_until_when_and_for_whom() -> None:
    line = chat_text("routine", NUMBER, State.SUBMITTED, due_on=DUE, waits_for=Role.UNIT_CHAIR, surname="李")
    assert str(line) == (
        f"Routine relief {NUMBER}: Waiting for the unit's opinion, due by 2026-03-16, waiting for Chair 李."
    )


def test_what_is_missing_comes_from_the_list_each_thing_once() -> None:
    line = chat_text("special", "XLGH-TS-2026-00001", State.DRAFT, missing=["visit", "papers", "visit"])
    assert str(line).endswith("still missing: the home visit, papers.")


@pytest.mark.parametrize(
    "smuggled",
    [
        {"number": "230126198001010014"}, {"number": "张桂兰"}, {"number": "13800000000"},
        {"number": f"{NUMBER} 张桂兰"}, {"surname": "张桂兰"}, {"surname": "138"}, {"surname": "癌症"},
        {"surname": "林场路3号"},
    ],
)  # fmt: skip
def test_no_name_number_address_or_disease_gets_in(smuggled: dict[str, str]) -> None:
    given = {"number": NUMBER, "surname": ""} | smuggled
    with pytest.raises(ValueError):
        chat_text("routine", given["number"], State.SUBMITTED, waits_for=Role.CHAIR, surname=given["surname"])


@pytest.mark.parametrize("given", [{"kind": "肺癌"}, {"missing": ["尿毒症诊断证明"]}])
def test_a_word_that_is_in_no_list_is_no_word(given: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        chat_text(**({"kind": "routine", "number": NUMBER, "state": State.DRAFT} | given))


def test_it_takes_no_parameter_that_could_hold_more() -> None:
    taken = set(inspect.signature(chat_text).parameters)
    assert taken == {"kind", "number", "state", "due_on", "missing", "waits_for", "surname"}
    health = ("illness", "disease", "medical", "health", "diagnosis", "疾", "病")
    assert not [word for words in MISSING.values() for word in health if word in str(words).lower()]


@pytest.mark.parametrize(
    ("name", "surname"),
    [("李建国", "李"), ("欧阳修文", "欧阳"), ("阿卜杜拉·买买提", ""), ("Anna", ""), ("", "")],
)
def test_the_surname_of_a_name(name: str, surname: str) -> None:
    assert surname_of(name) == surname


def test_an_officer_without_a_title_is_named_by_the_role_alone() -> None:
    line = chat_text("routine", NUMBER, State.APPROVED, waits_for=Role.ACCOUNTANT, surname="周")
    assert "周" not in str(line) and "Accountant" in str(line)
