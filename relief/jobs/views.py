"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("jobs", __name__)
