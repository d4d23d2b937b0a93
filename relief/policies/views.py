"""Which pages does this room have?"""

from flask import Blueprint

from relief.policies.queries import load_calendar
from relief.visits import working_days

blueprint = Blueprint("policies", __name__)
working_days.register(load_calendar)
