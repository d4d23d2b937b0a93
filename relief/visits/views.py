"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("visits", __name__)
