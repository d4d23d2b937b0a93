"""Is every piece small? No file of 300 lines, no function of 40, no homeless names, no float near money."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(p for p in (ROOT / "relief").rglob("*.py") if "vendor" not in p.parts)
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONG_WITH_A_REASON: dict[str, str] = {}
HOMELESS = {"util", "utils", "helper", "helpers", "common", "misc", "base", "manager", "handler"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in found]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_file_and_no_function_grows_a_tail(path: Path) -> None:
    if name(path) in LONG_WITH_A_REASON:
        return
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST_FILE
    assert not [one for one in functions(path) if one[1] >= LONGEST_FUNCTION]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_file_says_which_question_it_answers(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_names_have_a_home(path: Path) -> None:
    assert path.stem not in HOMELESS
    classes = [node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ClassDef)]
    assert not [one for one in classes if one.endswith(("Manager", "Helper", "Handler", "Util", "Data", "Info"))]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_float_is_near_money(path: Path) -> None:
    calls = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    ]  # fmt: skip
    text = path.read_text(encoding="utf-8")
    near_money = "money" in text.lower() or "fen" in text or "amount" in text
    assert not (calls and near_money), path


def test_no_word_puts_work_off() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert not [word for word in words if word in text], path
