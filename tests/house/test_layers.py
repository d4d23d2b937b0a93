"""Which way do imports lean? The rule book stands alone, rooms lean one way, papers know no rows."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

RELIEF = Path(__file__).resolve().parents[2] / "relief"
ORDER = (
    "audit", "files", "jobs", "persons", "accounts", "households", "visits", "policies", "funds", "opening", "windows",
    "cases", "lists", "transcripts", "payments", "vouchers", "auditing", "desk", "public", "demo",
)  # fmt: skip
ABOVE_ALL = {"worker", "running"}  # files of a low room that start the whole: they may import any room
UPWARD = {"consequences"}  # the one place where effects run upward
FLASK_FREE = ("domain", "documents")
DOORS = ("service", "queries", "models", "forms", "views")


def modules() -> list[Path]:
    return sorted(path for path in RELIEF.rglob("*.py") if "vendor" not in path.parts)


def imports_of(path: Path, *, top_level: bool = False) -> set[str]:
    """Dotted names that a file imports; with `top_level`, outside functions only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level else list(ast.walk(tree))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room_of(dotted: str) -> str | None:
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "relief" and parts[1] in ORDER else None


def name(path: Path) -> str:
    return str(path.relative_to(RELIEF.parent))


@pytest.mark.parametrize("path", [p for p in modules() if p.is_relative_to(RELIEF / "domain")], ids=name)
def test_the_rule_book_imports_the_standard_library_and_itself(path: Path) -> None:
    for dotted in imports_of(path):
        top = dotted.split(".")[0]
        assert dotted.startswith("relief.domain") or dotted == "relief" or top in sys.stdlib_module_names, dotted


def test_the_rule_book_never_asks_the_clock() -> None:
    asking = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}
    for path in modules():
        if path.is_relative_to(RELIEF / "domain"):
            calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)}
            assert not calls & asking, path


def test_one_file_asks_what_time_it_is() -> None:
    for path in modules():
        calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)}
        if calls & {"datetime.now", "date.today", "datetime.utcnow"}:
            assert path.name in {"clock.py"}, path


@pytest.mark.parametrize("path", [p for p in modules() if room_of("relief." + p.relative_to(RELIEF).parts[0])], ids=name)
def test_a_room_imports_no_room_that_stands_above_it(path: Path) -> None:
    room = path.relative_to(RELIEF).parts[0]
    if path.stem in ABOVE_ALL:
        return
    for dotted in imports_of(path):
        other = room_of(dotted)
        if other is not None and other != room:
            assert ORDER.index(other) < ORDER.index(room), f"{name(path)} imports {dotted}"


def test_a_room_never_uses_anothers_forms_or_views() -> None:
    for path in modules():
        room = path.relative_to(RELIEF).parts[0]
        if path.stem in ABOVE_ALL or path == RELIEF / "__init__.py":
            continue
        for dotted in imports_of(path):
            parts = dotted.split(".")
            if room_of(dotted) not in (None, room) and len(parts) > 2:
                assert parts[2] not in ("forms", "views"), f"{name(path)} imports {dotted}"


@pytest.mark.parametrize("path", [p for p in modules() if p.is_relative_to(RELIEF / "documents")], ids=name)
def test_papers_know_neither_rows_nor_requests(path: Path) -> None:
    for dotted in imports_of(path):
        assert room_of(dotted) is None, dotted
        assert dotted.split(".")[0] not in ("flask", "flask_sqlalchemy", "sqlalchemy", "flask_babel"), dotted


@pytest.mark.parametrize("path", [p for p in modules() if p.stem == "service" or p.parent.name == "service"], ids=name)
def test_services_know_no_http(path: Path) -> None:
    assert not {one for one in imports_of(path) if one.split(".")[0] in ("flask", "flask_login", "wtforms")}


@pytest.mark.parametrize("path", [p for p in modules() if p.stem.endswith("views")], ids=name)
def test_views_hold_no_session_and_no_try(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Try)]
    assert "relief.db.transaction" not in imports_of(path)
    assert "session.add" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [p for p in modules() if p.stem.endswith("forms") and "web" not in p.parts], ids=name)
def test_forms_ask_no_questions_of_the_database(path: Path) -> None:
    for dotted in imports_of(path):
        assert not dotted.startswith(("sqlalchemy", "relief.db")), dotted
        assert ".queries" not in dotted and ".service" not in dotted, dotted


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    heavy = {"weasyprint", "pikepdf", "xlsxwriter", "python_calamine", "PIL", "pypinyin", "chinese_calendar", "segno"}
    for path in modules():
        tops = {dotted.split(".")[0] for dotted in imports_of(path, top_level=True)}
        assert not tops & heavy, path


def test_only_one_file_knows_weasyprint() -> None:
    users = {name(path) for path in modules() if "weasyprint" in {d.split(".")[0] for d in imports_of(path)}}
    assert users == {"relief/documents/pdf.py"}


def test_the_walls_see_a_hole(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("from relief.cases.service import approve\nimport sqlalchemy\n")
    assert room_of("relief.cases.service") == "cases"
    assert "sqlalchemy" in imports_of(planted)
    assert ORDER.index("cases") > ORDER.index("households")
