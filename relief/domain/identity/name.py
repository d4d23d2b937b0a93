"""How is a name kept? Stray blanks out, one kind of dot, and every rare character as it came."""

from __future__ import annotations

import re
import unicodedata

from relief.domain.errors import RuleBroken

SHORTEST, LONGEST, TOO_LONG = 2, 30, 200
_DOTS = "・•‧･∙⋅․●"
_HAN = r"[\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003fffd]"


def clean_name(value: object) -> str:
    """A name as meant: half-width letters, `·` between its parts, no blank inside Chinese.

    Only full-width forms are folded: normalising the whole text would turn rare characters into others. What is longer
    than any name comes back cut, and is refused at once.
    """
    text = "" if value is None else str(value).strip()
    if len(text) > TOO_LONG:
        return text[:TOO_LONG]
    text = "".join(_folded(sign) for sign in text if unicodedata.category(sign) != "Cf")
    text = re.sub(rf"[{_DOTS}]", "·", " ".join(text.split()))
    text = re.sub(rf"(?<={_HAN})\s*\.\s*(?={_HAN})", "·", text)
    text = re.sub(rf"(?<={_HAN}) (?={_HAN})", "", text)
    return re.sub(r"\s*·[\s·]*", "·", text).strip("· ")


def judge_name(value: object) -> str:
    """The cleaned name, or RuleBroken on `name`. Letters of any script, `·`, blank, hyphen, apostrophe."""
    name = clean_name(value)
    if not name:
        raise RuleBroken("name", "The name is missing.")
    if not SHORTEST <= len(name) <= LONGEST:
        raise RuleBroken("name", "A name has %(least)s to %(most)s characters.", least=SHORTEST, most=LONGEST)
    if not all(_may_stand_in_a_name(sign) for sign in name):
        raise RuleBroken("name", "A name has letters only, and a dot between its parts.")
    return name


def _folded(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign) if "\uff00" <= sign <= "\uff5e" or sign == "\u3000" else sign


def _may_stand_in_a_name(sign: str) -> bool:
    """Rare Han may be newer than this Python's tables, or lie in a font's private area: they pass."""
    if 0x20000 <= ord(sign) < 0x40000 or sign in "·  -'’":
        return True
    return unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) == "Co"
