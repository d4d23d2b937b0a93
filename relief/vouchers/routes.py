"""Under which name are the room's pages registered? One blueprint, filled by the view files."""

from flask import Blueprint

blueprint = Blueprint("vouchers", __name__)
