"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("payments", __name__)
