"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("households", __name__)
