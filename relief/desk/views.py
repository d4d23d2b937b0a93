"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("desk", __name__)
