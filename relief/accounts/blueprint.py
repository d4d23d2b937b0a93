"""Which addresses belong to this room? The blueprint that its views share, and what it checks at start."""

from flask import Blueprint

from relief.accounts import gate, totp

blueprint = Blueprint("accounts", __name__)
blueprint.record_once(lambda state: totp.demand(state.app.extensions["relief"]))
blueprint.before_app_request(gate.first_things_first)
