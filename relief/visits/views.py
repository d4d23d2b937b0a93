"""Which pages does this room have? Those of the files imported here, on one blueprint."""

from relief.visits.routes import blueprint  # isort: skip - the view files below register on it
from relief.visits import (
    choosing_views,
    due_views,
    edit_views,
    list_views,
    log_views,
    on_file,
    paper_views,
    promise_views,
    sheet_finding,
    sheet_new_views,
    sheet_views,
)

__all__ = [
    "blueprint", "choosing_views", "due_views", "edit_views", "list_views", "log_views", "on_file", "paper_views",
    "promise_views", "sheet_finding", "sheet_new_views", "sheet_views",
]  # fmt: skip
