"""Does the record say in words whatever it can hold? Every code that is written in the code, and every step."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from flask_babel import force_locale

from relief.audit.models import AuditEntry
from relief.auditing.unusual_sources import TOLD_ELSEWHERE
from relief.auditing.words import MARKS
from relief.config import ROOT
from relief.desk.record import SUBJECTS
from relief.desk.record_changes import changes_of
from relief.desk.record_fields import name_of
from relief.desk.record_words import deed_of, way_of
from relief.domain.sentences import Sentence, sentence

NODES = [node for path in Path(ROOT, "relief").rglob("*.py") for node in ast.walk(ast.parse(path.read_text()))]
RECORDED = [
    node for node in NODES if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and node.args
]


def _codes() -> set[str]:
    said = [str(call.args[0].value) for call in RECORDED if isinstance(call.args[0], ast.Constant)]
    return {code for code in said if "." in code}


def _subjects() -> set[str]:
    said = [call.args[1] for call in RECORDED if len(call.args) > 1]
    return {str(one.value) for one in said if isinstance(one, ast.Constant)}


def _fields() -> set[str]:
    given = [one.value for node in NODES if isinstance(node, ast.Call) for one in node.keywords if one.arg == "changes"]
    given += [
        node.value for node in NODES
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("changes", "told")
    ]  # fmt: skip
    names = [key for one in given if isinstance(one, ast.Dict) for key in one.keys]
    return {str(name.value) for name in names if isinstance(name, ast.Constant)}


def _said(subject: str, **changes: object) -> dict[str, str]:
    with force_locale("en"):
        return {one.name: one.value for one in changes_of(AuditEntry(subject=subject, changes=changes))}


@pytest.mark.parametrize("code", sorted(_codes() | {"case.submit", "sheet.release", "fund.commit", "list.approve"}))
def test_a_deed_is_told_in_words(code: str) -> None:
    assert isinstance(deed_of(code), Sentence)


def test_what_has_no_words_stays_as_it_is_written() -> None:
    assert deed_of("nobody.knows") == "nobody.knows"
    assert name_of("shoe_size") == "shoe_size"
    assert way_of("by_pigeon") == "by_pigeon"


@pytest.mark.parametrize("field", sorted(_fields()))
def test_a_field_is_named_in_words(field: str) -> None:
    assert isinstance(name_of(field), Sentence)


@pytest.mark.parametrize("subject", sorted(_subjects()))
def test_a_subject_is_named_in_words(subject: str) -> None:
    assert subject in SUBJECTS


@pytest.mark.parametrize("code", sorted({*MARKS, *TOLD_ELSEWHERE}))
def test_an_unusual_way_is_told_in_words(code: str) -> None:
    assert isinstance(way_of(code), Sentence)


@pytest.mark.usefixtures("app")
def test_a_change_goes_from_one_word_to_another() -> None:
    assert _said("case", state=["draft", "submitted"]) == {"State": "Draft → Waiting for the unit's opinion"}
    assert _said("household", heating=[None, "wood"]) == {"Heating": "— → Firewood"}
    assert _said("fund", amount={"fen": 123456}, fund="F4") == {"Amount": "¥1,234.56", "Fund": "F4"}


@pytest.mark.usefixtures("app")
def test_a_list_is_no_change() -> None:
    assert _said("visit", visitors=[3, 9], needs=["medical", "work"], promises=0) == {
        "Visitors": "3, 9", "Needs": "Medical care, Finding work", "Promises": "0",
    }  # fmt: skip


@pytest.mark.usefixtures("app")
def test_sentences_truth_and_values_within_values_are_said_whole() -> None:
    why = sentence("The household has an open case.").as_data()
    assert _said("household", why=why, phoned=True, next_on=None) == {
        "Why": "The household has an open case.", "Called back": "Yes", "Next visit": "—",
    }  # fmt: skip
    stories = {"fire": "/cases/204", "bounced": "/cases/311", "objected": "/cases/312", "recovered": "/households/19"}
    said = _said("union", stories=stories)["Stories told"]
    assert said.endswith("recovered /households/19")


@pytest.mark.usefixtures("app")
def test_long_words_are_cut_with_a_mark() -> None:
    assert _said("case", note="很" * 200)["Note"] == "很" * 79 + "…"


@pytest.mark.usefixtures("app")
def test_a_name_and_a_code_mean_what_they_mean_for_their_subject() -> None:
    assert _said("user", address="10.0.0.9") == {"Address of the computer": "10.0.0.9"}
    assert _said("household", address=[None, "#73ca"]) == {"Address": "— → #73ca"}
    assert "sheet.issue" not in _said("job", kind="sheet.issue")["Kind"]
