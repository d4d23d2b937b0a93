"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("cases", __name__)
