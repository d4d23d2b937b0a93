"""Which words on an English page are Chinese? Names, units and funds in a sentence are marked to be read right."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from relief.web.formatting import in_chinese

HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
CHINESE = re.compile(rf"({HAN}(?:(?:{HAN}|[〔〕()、·\d*])*(?:{HAN}|[)*]))?)")


def tongues(text: object) -> object:
    """The text with its Chinese parts marked as such on an English page; markup and Chinese pages stay as they are."""
    if not isinstance(text, str) or isinstance(text, Markup) or in_chinese() or not CHINESE.search(text):
        return text
    parts = CHINESE.split(text)
    return Markup("").join(
        Markup('<span lang="zh-Hans">{}</span>').format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def tongue_of(text: str) -> Markup:
    """The `lang` attribute of an element that holds text only, such as an option; empty when it needs none."""
    return Markup(' lang="zh-Hans"') if not in_chinese() and CHINESE.search(text) else Markup("")
