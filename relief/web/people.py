"""What do templates need to write names and fields? Pinyin beside names, attributes of inputs."""

from __future__ import annotations

from flask import Flask

from relief.persons.pinyin import reading
from relief.web.attributes import field_attributes
from relief.web.formatting import in_chinese
from relief.web.paging import capped


def register(app: Flask) -> None:
    """Give the templates `|pinyin_name`, `in_chinese()`, `capped()` and `field_attributes()`."""
    app.jinja_env.filters["pinyin_name"] = reading
    words = {"in_chinese": in_chinese, "field_attributes": field_attributes, "capped": capped}
    app.jinja_env.globals.update(words)
