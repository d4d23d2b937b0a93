"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("demo", __name__)
