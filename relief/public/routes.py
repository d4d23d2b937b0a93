"""Under which name are the public pages registered, and how often may one address ask?

What guards a voucher is its token, which nobody guesses; the limit only keeps one address from taking all the server's
time. Processes count together where RELIEF_QUEUE is redis, else each for itself.
"""

from __future__ import annotations

from flask import Blueprint
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

blueprint = Blueprint("public", __name__)
PER_ADDRESS = "30 per minute"
limiter = Limiter(get_remote_address)
blueprint.record_once(lambda state: limiter.init_app(state.app))  # type: ignore[arg-type]
