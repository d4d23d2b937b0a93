"""How do the words of the screens get from the code into Chinese? extract, merge, compile, missing.

    python tools/catalogue.py extract   the message ids of the code, into build/messages.pot
    python tools/catalogue.py merge     parts/*.po into the one zh_Hans_CN catalogue; conflicts are named
    python tools/catalogue.py compile   what the application reads: the catalogue, with parts while they exist
    python tools/catalogue.py missing   message ids without Chinese, and placeholders that differ

The exit code is 1 when `merge` or `missing` finds something to mend.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "relief" / "translations"
PARTS = TRANSLATIONS / "parts"
MESSAGES = TRANSLATIONS / "zh_Hans_CN" / "LC_MESSAGES" / "messages.po"
SOURCES = ("relief", "templates")

# Function name → which of its arguments are message ids.
SPOKEN: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(("_", "_l", "gettext", "lazy_gettext", "sentence", "label"), (1,)),
    **dict.fromkeys(("ngettext", "lazy_ngettext"), (1, 2)),
    **dict.fromkeys(("Refusal", "RuleBroken", "IdentityRefused", "WrongState", "NotAllowed", "super().__init__"), (2,)),
}
SPOKEN_IN_TEMPLATES: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2)}
JINJA = {"silent": "false"}
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sd]")

Id = str | tuple[str, ...]


def main(arguments: list[str]) -> int:
    """Do one of the four; the exit code."""
    commands = {"extract": extract, "merge": merge, "compile": compile_, "missing": missing}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__)
        return 2
    return commands[arguments[0]]()


def extract() -> int:
    """Write build/messages.pot, with the places of each message id."""
    target = ROOT / "build" / "messages.pot"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(_as_po(extracted(ROOT)))
    print(f"{target.relative_to(ROOT)}: {len(extracted(ROOT))} messages")
    return 0


def merge() -> int:
    """Fold the parts into the one catalogue, sorted by message id. What it says already, it keeps."""
    whole, conflicts = merged()
    MESSAGES.parent.mkdir(parents=True, exist_ok=True)
    MESSAGES.write_bytes(_as_po(whole))
    print(f"{MESSAGES.relative_to(ROOT)}: {len(whole)} messages")
    for conflict in conflicts:
        print(conflict)
    return 1 if conflicts else 0


def compile_() -> int:
    """Write messages.mo. Conflicts do not stop it: the first translation holds."""
    whole, _conflicts = merged()
    MESSAGES.parent.mkdir(parents=True, exist_ok=True)
    target = MESSAGES.with_suffix(".mo")
    unfinished = target.with_suffix(".new")
    with unfinished.open("wb") as file:
        write_mo(file, whole)
    unfinished.replace(target)
    print(f"{target.relative_to(ROOT)}: {len(whole)} messages")
    return 0


def missing() -> int:
    """List what a Chinese reader would get in English, or would see break."""
    findings = list(faults(extracted(ROOT), merged()[0]))
    for finding in findings:
        print(finding)
    print(f"{len(findings)} to mend")
    return 1 if findings else 0


def merged() -> tuple[Catalog, list[str]]:
    """The catalogue with its parts, and a line for each message id that two of them put differently."""
    whole, origin, conflicts = _new_catalogue(), {}, []
    for path in [MESSAGES, *sorted(PARTS.glob("*.po"))]:
        for message in _messages_of(path):
            known = whole.get(message.id, message.context)
            if known is None or not _is_translated(known):
                whole.delete(message.id, message.context)
                whole.add(message.id, message.string, context=message.context)
                origin[message.id] = path.name
            elif _is_translated(message) and known.string != message.string:
                first = f"{known.string!r} in {origin[message.id]}"
                conflicts.append(f"{message.id!r}: {first}, {message.string!r} in {path.name}")
    return whole, conflicts


def faults(wanted: Catalog, chinese: Catalog) -> Iterator[str]:
    """One line for each wanted message id that has no translation or whose placeholders differ."""
    for message in wanted:
        if not message.id:
            continue
        translated = chinese.get(message.id, message.context)
        if translated is None or not _is_translated(translated):
            yield f"{_place(message)}: no Chinese for {message.id!r}"
        elif _placeholders(translated.string) != _placeholders(message.id):
            yield f"{_place(message)}: other placeholders in {translated.string!r} than in {message.id!r}"


def extracted(root: Path) -> Catalog:
    """Every message id in the Python and the templates under `root`, with its places."""
    found = Catalog(project="Relief", charset="utf-8")
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            for line, message in _messages_in(path):
                found.add(message, locations=[(path.relative_to(root).as_posix(), line)])
    return found


def _messages_in(path: Path) -> Iterator[tuple[int, Id]]:
    if path.suffix == ".py":
        yield from spoken_in(path.read_text(encoding="utf-8"))
    elif path.suffix in {".html", ".txt", ".xml"} and path.is_file():
        for line, message, *_rest in extract_from_file(
            "jinja2", path, keywords=SPOKEN_IN_TEMPLATES, options=JINJA
        ):
            yield line, message


def spoken_in(source: str) -> Iterator[tuple[int, Id]]:
    """The message ids of Python source: literals in the argument that a speaking function reads."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or (places := SPOKEN.get(_called(node.func))) is None:
            continue
        texts = [list(_literals(_argument(node, place))) for place in places]
        if len(places) == 1:
            yield from ((node.lineno, text) for text in texts[0])
        elif all(texts):
            yield node.lineno, tuple(found[0] for found in texts)


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute):
        is_super = isinstance(function.value, ast.Call) and ast.unparse(function.value) == "super()"
        return f"super().{function.attr}" if is_super else function.attr
    return ""


def _argument(call: ast.Call, place: int) -> ast.expr | None:
    """The argument at `place`, or the one that is named `message`."""
    if len(call.args) >= place:
        return call.args[place - 1]
    return next((one.value for one in call.keywords if one.arg == "message"), None)


def _literals(node: ast.expr | None) -> Iterator[str]:
    """A literal, or both of `"one" if … else "other"`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _messages_of(path: Path) -> list[Message]:
    if not path.exists():
        return []
    with path.open("rb") as file:
        return [message for message in read_po(file, abort_invalid=True) if message.id]


def _new_catalogue() -> Catalog:
    whole = Catalog(locale="zh_Hans_CN", project="Relief", charset="utf-8", fuzzy=False)
    whole.header_comment = "# Chinese words of Relief. Written by people; merged by tools/catalogue.py."
    return whole


def _as_po(catalogue: Catalog) -> bytes:
    """Sorted, and without dates: the same words give the same file."""
    file = io.BytesIO()
    write_po(file, catalogue, width=110, sort_output=True)
    dated = re.compile(rb'^"(POT-Creation|PO-Revision)-Date: .*\n|^"Generated-By: .*\n', re.MULTILINE)
    return dated.sub(b"", file.getvalue())


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(strings) and all(strings)


def _placeholders(text: Any) -> set[str]:
    """The names a text fills in; of a plural pair those of the last form, the only one that Chinese has."""
    last = text if isinstance(text, str) else text[-1]
    return {name for name in PLACEHOLDER.findall(last.replace("%%", "")) if name}


def _place(message: Message) -> str:
    return ":".join(str(part) for part in message.locations[0]) if message.locations else "?"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
