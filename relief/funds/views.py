"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("funds", __name__)
