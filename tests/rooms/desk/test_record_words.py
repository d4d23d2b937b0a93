"""Does the record say in words whatever it can hold? Every code that is written in the code, and every step."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from relief.config import ROOT
from relief.desk.record_words import deed_of
from relief.domain.sentences import Sentence


def _codes() -> set[str]:
    found = set()
    for path in Path(ROOT, "relief").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and "." in str(first.value):
                    found.add(str(first.value))
    return found


@pytest.mark.parametrize("code", sorted(_codes() | {"case.submit", "sheet.release", "fund.commit", "list.approve"}))
def test_a_deed_is_told_in_words(code: str) -> None:
    assert isinstance(deed_of(code), Sentence)


def test_what_has_no_words_stays_as_it_is_written() -> None:
    assert deed_of("nobody.knows") == "nobody.knows"
