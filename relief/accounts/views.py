"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
