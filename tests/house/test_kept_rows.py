"""Does a list whose printed rows are kept print nothing but its rows? Else one reader would see another's page."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
OF_THE_LANGUAGE = {"_", "ngettext"}  # the language is part of what a row is kept under
JINJA = Environment(extensions=["jinja2.ext.i18n"])


def keeping() -> list[tuple[Path, nodes.Template, nodes.CallBlock]]:
    """Each list of the templates that keeps its rows."""
    found = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        tree = JINJA.parse(path.read_text(encoding="utf-8"))
        found += [(path, tree, one) for one in tree.find_all(nodes.CallBlock) if keeps(one)]
    return found


def keeps(block: nodes.CallBlock) -> bool:
    return any(one.key == "keep" for one in block.call.kwargs)


def foreign_to(tree: nodes.Template, block: nodes.CallBlock) -> set[str]:
    """Which names the rows take from the page around them."""
    imported = {
        name[1] if isinstance(name, tuple) else name for one in tree.find_all(nodes.FromImport) for name in one.names
    }
    own = {one.name for one in block.args}
    names = [name for part in block.body for name in [part, *part.find_all(nodes.Node)] if isinstance(name, nodes.Name)]
    set_here = {one.name for one in names if one.ctx != "load"}
    return {one.name for one in names if one.ctx == "load"} - own - imported - set_here - OF_THE_LANGUAGE


@pytest.mark.parametrize("found", keeping(), ids=lambda found: found[0].stem)
def test_kept_rows_print_themselves_alone(found: tuple[Path, nodes.Template, nodes.CallBlock]) -> None:
    assert foreign_to(found[1], found[2]) == set()


def test_the_wall_sees_what_a_row_takes_from_its_page() -> None:
    tree = JINJA.parse('{% call(row, td) listing(rows, keep="x") %}{{ row.name }}{% if can("x") %}!{% endif %}{% endcall %}')
    assert foreign_to(tree, next(iter(tree.find_all(nodes.CallBlock)))) == {"can"}
