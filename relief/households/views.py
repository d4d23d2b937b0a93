"""Which pages does this room have? Those of the files imported here, on one blueprint."""

from relief.households.routes import blueprint  # isort: skip - the view files below register on it
from relief.households import (
    account_views,
    change_views,
    file_views,
    list_views,
    member_views,
    mistake_views,
    own_life,
    paper_views,
    roster_views,
    search_views,
)

__all__ = [
    "account_views", "blueprint", "change_views", "file_views", "list_views", "member_views", "mistake_views",
    "own_life", "paper_views", "roster_views", "search_views",
]  # fmt: skip
