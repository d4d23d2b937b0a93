"""What do templates need to write names and fields? Pinyin beside names, attributes of inputs."""

from __future__ import annotations

from flask import Flask

from relief.persons.pinyin import reading
from relief.web.attributes import field_attributes
from relief.web.formatting import in_chinese
from relief.web.paging import capped
from relief.web.states import state_tone, state_words
from relief.web.tongues import tongue_of, tongues


def register(app: Flask) -> None:
    """Give the templates what marks names and Chinese parts, `capped()`, states and `field_attributes()`."""
    app.jinja_env.filters |= {"pinyin_name": reading, "tongues": tongues}
    words: dict[str, object] = {"in_chinese": in_chinese, "field_attributes": field_attributes, "capped": capped}
    words |= {"state_words": state_words, "state_tone": state_tone, "tongue_of": tongue_of}
    app.jinja_env.globals.update(words)
