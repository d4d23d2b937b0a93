"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("files", __name__)
