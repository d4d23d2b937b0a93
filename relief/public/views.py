"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("public", __name__)
