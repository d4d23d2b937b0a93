"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("policies", __name__)
