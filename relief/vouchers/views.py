"""Which pages does this room have?"""

from flask import Blueprint

blueprint = Blueprint("vouchers", __name__)
