"""What may be pasted into a chat about a case? Its number, kind, state, day, what is missing, whom it waits for.

Chats lie on other people's servers (PIPL). So this takes nothing that could hold a name, a number of a person, an
address or a word on health: codes of closed lists, a day, and one surname of an officer who is addressed by title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from relief.domain.aid import find_kind
from relief.domain.labels import label
from relief.domain.numbering import read_case_number
from relief.domain.permissions import ROLE_LABELS, Role
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import State

MISSING: dict[str, Sentence] = {
    "papers": label("papers"),
    "visit": label("the home visit"),
    "account": label("the bank account"),
    "consent": label("the consent"),
    "household": label("the household's file"),
    "application": label("the application"),
    "notice": label("the public notice"),
}
TITLES: dict[Role, Sentence] = {
    Role.UNIT_CHAIR: label("Chair"),
    Role.VICE_CHAIR: label("Vice-chair"),
    Role.CHAIR: label("Chair"),
}
COMPOUND = frozenset({
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容",
    "令狐", "司徒", "夏侯", "宇文", "长孙", "端木", "独孤", "南宫",
})  # fmt: skip
_ONE_HAN = re.compile(r"[\u4e00-\u9fff]")


def chat_text(
    kind: str, number: str, state: State, *, due_on: date | None = None, missing: Iterable[str] = (),
    waits_for: Role | None = None, surname: str = "",
) -> Sentence:  # fmt: skip
    """One line for a chat. `missing` holds keys of MISSING, `surname` is that of an officer with a title.

    ValueError for a number that is no case's number and for a surname that is more than a surname; KeyError for a
    kind or a missing thing that is in no list: nothing else can get in.
    """
    if read_case_number(number) is None:
        raise ValueError("not a number of a case")
    text = sentence("%(kind)s %(number)s: %(state)s", kind=find_kind(kind).name, number=number, state=state.label)
    if due_on is not None:
        text = sentence("%(text)s, due by %(day)s", text=text, day=due_on)
    lacks = tuple(MISSING[key] for key in dict.fromkeys(missing))
    if lacks:
        text = sentence("%(text)s, still missing: %(missing)s", text=text, missing=lacks)
    if waits_for is not None:
        text = sentence("%(text)s, waiting for %(who)s", text=text, who=_addressed(waits_for, surname))
    return sentence("%(text)s.", text=text)


def surname_of(name: str) -> str:
    """The surname of a Chinese name; empty for a name that is not written in Han characters."""
    first = name[:2] if name[:2] in COMPOUND else name[:1]
    return first if first and _ONE_HAN.match(first) and "·" not in name else ""


def _addressed(role: Role, surname: str) -> Sentence:
    if surname and not (surname in COMPOUND or _ONE_HAN.fullmatch(surname)):
        raise ValueError("a surname only")
    if role not in TITLES:
        return sentence("%(who)s", who=ROLE_LABELS[role])
    if not surname:
        return TITLES[role]
    return sentence("%(title)s %(surname)s", title=TITLES[role], surname=surname)
