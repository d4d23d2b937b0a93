"""How does a browser keep what is being typed? It posts the fields of the form; nothing comes back but 204."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from relief.accounts import drafts
from relief.accounts.blueprint import blueprint
from relief.web.access import actor, signed_in


@blueprint.post("/drafts/<key>")
@signed_in
def save_draft(key: str) -> ResponseReturnValue:
    """Keep the fields of a form as they stand now."""
    drafts.save_draft(key, request.form.to_dict(flat=False), by=actor())
    return "", 204


@blueprint.delete("/drafts/<key>")
@signed_in
def drop_draft(key: str) -> ResponseReturnValue:
    """Throw the kept fields away."""
    drafts.drop_draft(key, by=actor())
    return "", 204
