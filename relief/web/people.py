"""What do templates need to write names and fields? Pinyin beside names, attributes of inputs."""

from __future__ import annotations

from flask import Flask

from relief.persons.pinyin import reading
from relief.web.attributes import field_attributes
from relief.web.formatting import in_chinese
from relief.web.paging import capped
from relief.web.states import state_tone, state_words


def register(app: Flask) -> None:
    """Give the templates `|pinyin_name`, `in_chinese()`, `capped()` and `field_attributes()`."""
    app.jinja_env.filters["pinyin_name"] = reading
    words: dict[str, object] = {"in_chinese": in_chinese, "field_attributes": field_attributes, "capped": capped}
    words |= {"state_words": state_words, "state_tone": state_tone}
    app.jinja_env.globals.update(words)
