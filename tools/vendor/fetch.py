"""Where do the files in relief/static/vendor come from? From npm packages pinned by hash.

Needs Node's npm, which nothing else in this project does:  python tools/vendor/fetch.py
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
STATIC = ROOT / "relief/static/vendor"
FOR_TESTS = ROOT / "tests/browser/vendor"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": STATIC / "tabler.min.css",
    "htmx.org/dist/htmx.min.js": STATIC / "htmx.min.js",
    "htmx.org/LICENSE": STATIC / "LICENSE-htmx.txt",
    "@tabler/icons/LICENSE": STATIC / "LICENSE-tabler-icons.txt",
    "axe-core/axe.min.js": FOR_TESTS / "axe.min.js",
    "axe-core/LICENSE": FOR_TESTS / "LICENSE-axe-core.txt",
}
SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
    'stroke-linecap="round" stroke-linejoin="round">{drawing}</symbol>'
)


def main() -> None:
    """Install the pinned packages into a passing folder and copy what is used."""
    with tempfile.TemporaryDirectory() as folder:
        packages = _installed(Path(folder))
        for source, target in FILES.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(packages / source, target)
        shutil.copy(HERE / "LICENSE-tabler.txt", STATIC)  # the package comes without its own
        names = (HERE / "icons.txt").read_text().split()
        (STATIC / "icons.svg").write_text(sprite(packages / "@tabler/icons/icons/outline", names))
    print(f"copied {len(FILES)} files and {len(names)} icons")


def _installed(folder: Path) -> Path:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
    return folder / "node_modules"


def _copy(source: Path, target: Path) -> None:
    text = source.read_text(encoding="utf-8")
    target.write_text(re.sub(r"\n?(/\*|//)# sourceMappingURL=\S+( \*/)?", "", text), encoding="utf-8")


def sprite(drawings: Path, names: list[str]) -> str:
    """One SVG with a symbol for each icon."""
    symbols = [SYMBOL.format(name=name, drawing=_drawing(drawings / f"{name}.svg")) for name in sorted(set(names))]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _drawing(file: Path) -> str:
    inside = re.search(r"<svg[^>]*>(.*)</svg>", file.read_text(), re.S)
    lines = (line.strip() for line in (inside[1] if inside else "").splitlines())
    return "".join(line for line in lines if line and "M0 0h24v24H0z" not in line)


if __name__ == "__main__":
    main()
