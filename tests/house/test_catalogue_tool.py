"""Does the catalogue tool find what the code says, and tell where two parts disagree?"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from gettext import GNUTranslations
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "catalogue.py"
Write = Callable[..., None]


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, looking at a project of its own."""
    specification = importlib.util.spec_from_file_location("catalogue", TOOL)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    monkeypatch.setitem(sys.modules, "catalogue", module)
    specification.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "PARTS", tmp_path / "parts")
    monkeypatch.setattr(module, "MESSAGES", tmp_path / "zh" / "messages.po")
    (tmp_path / "parts").mkdir()
    return module


@pytest.fixture
def part(tmp_path: Path) -> Write:
    """Write a part: `part("funds", Fund="资金")`."""

    def write(name: str, **words: str) -> None:
        entries = [f'msgid "{english}"\nmsgstr "{chinese}"\n' for english, chinese in words.items()]
        (tmp_path / "parts" / f"{name}.po").write_text("\n".join(entries), encoding="utf-8")

    return write


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("Fund")', ["Fund"]),
        ('sentence("%(n)s days late.", n=3)', ["%(n)s days late."]),
        ('sentence("one " "sentence")', ["one sentence"]),
        ('RuleBroken("amount", "Too much.")', ["Too much."]),
        ('raise errors.WrongState(None, "Closed.")', ["Closed."]),
        ('super().__init__(None, "Not yours.")', ["Not yours."]),
        ('label("paid") if done else label("waiting")', ["paid", "waiting"]),
        ('_("Yes" if sure else "No")', ["Yes", "No"]),
        ('_(_("inner"))', ["inner"]),
        ('RuleBroken(field_of("card"), sentence_text)', []),
        ('print("nothing said")', []),
        ("_(name)", []),
    ],
)
def test_literals_in_speaking_calls_are_found(tool: ModuleType, source: str, found: list[str]) -> None:
    assert sorted(text for _line, text in tool.spoken_in(source)) == sorted(found)


def test_a_plural_is_one_message(tool: ModuleType) -> None:
    found = list(tool.spoken_in('ngettext("%(n)s case", "%(n)s cases", n)'))
    assert found == [(1, ("%(n)s case", "%(n)s cases"))]


def test_templates_are_read_too(tool: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    page = '{% trans trimmed n=3 %}\n  Kept for\n  {{ n }}\n{% endtrans %}{{ _("Fund") }}'
    (tmp_path / "templates" / "page.html").write_text(page, encoding="utf-8")
    assert {message.id for message in tool.extracted(tmp_path)} >= {"Kept for %(n)s", "Fund"}


def test_parts_become_one_catalogue(tool: ModuleType, part: Write, tmp_path: Path) -> None:
    part("funds", Fund="资金", Sheet="发放表")
    part("visits", Visit="走访")
    assert tool.main(["merge"]) == 0
    first = tool.MESSAGES.read_bytes()
    assert tool.main(["merge"]) == 0
    assert tool.MESSAGES.read_bytes() == first
    assert "走访" in first.decode() and "发放表" in first.decode()


def test_two_words_for_one_thing_are_reported(
    tool: ModuleType, part: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    part("funds", Sheet="发放表")
    part("payments", Sheet="发放单")
    assert tool.main(["merge"]) == 1
    said = capsys.readouterr().out
    assert "'Sheet': '发放表' in funds.po, '发放单' in payments.po" in said


def test_an_empty_translation_gives_way_to_a_full_one(tool: ModuleType, part: Write) -> None:
    part("funds", Sheet="")
    part("payments", Sheet="发放表")
    assert tool.main(["merge"]) == 0
    assert "发放表" in tool.MESSAGES.read_text(encoding="utf-8")


def test_the_compiled_catalogue_speaks_chinese(tool: ModuleType, part: Write) -> None:
    part("funds", Fund="资金")
    assert tool.main(["compile"]) == 0
    with tool.MESSAGES.with_suffix(".mo").open("rb") as file:
        assert GNUTranslations(file).gettext("Fund") == "资金"


def test_what_has_no_chinese_is_listed_with_its_place(
    tool: ModuleType, part: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "relief").mkdir()
    (tmp_path / "relief" / "funds.py").write_text('_("Fund")\n_("Left: %(left)s", left=1)\n_("Paid")')
    part("funds", Fund="资金", **{"Left: %(left)s": "余额 %(rest)s"})
    assert tool.main(["missing"]) == 1
    said = capsys.readouterr().out
    assert "relief/funds.py:3: no Chinese for 'Paid'" in said
    assert "relief/funds.py:2: other placeholders" in said
    assert "2 to mend" in said


def test_an_unknown_command_is_refused(tool: ModuleType) -> None:
    assert tool.main(["polish"]) == 2
