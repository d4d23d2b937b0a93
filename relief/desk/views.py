"""Which pages does this room have? Those of the files imported here, on one blueprint."""

from relief.desk.routes import blueprint  # isort: skip - the view files below register on it
from relief.desk import figure_views, own_views, record_views

__all__ = ["blueprint", "figure_views", "own_views", "record_views"]
