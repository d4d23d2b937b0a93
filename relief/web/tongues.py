"""Which words on an English page are Chinese? Names, units and funds in a sentence are marked to be read right."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from relief.web.formatting import in_chinese

HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
CHINESE = re.compile(rf"({HAN}(?:(?:{HAN}|[〔〕()、·\d*])*(?:{HAN}|[)*]))?)")


def tongues(text: object) -> object:
    """The text with its Chinese parts marked on an English page; Chinese pages and whole elements stay as they are."""
    if not isinstance(text, str) or in_chinese() or not CHINESE.search(text):
        return text
    safe = escape(text)  # what gettext gave a template is safe already
    if "<" in safe:
        return text
    return Markup(CHINESE.sub(r'<span lang="zh-Hans">\1</span>', str(safe)))  # noqa: S704 - escaped above


def tongue_of(text: str) -> Markup:
    """The `lang` attribute of an element that holds text only, such as an option; empty when it needs none."""
    return Markup(' lang="zh-Hans"') if not in_chinese() and CHINESE.search(text) else Markup("")
