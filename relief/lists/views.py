"""Which pages has the room? Its view files, gathered."""

from relief.lists import (
    decision_views,
    following_views,
    lifting_views,
    paper_views,
    row_views,
    step_views,
    window_views,
)
from relief.lists.routes import blueprint

__all__ = [
    "blueprint", "decision_views", "following_views", "lifting_views", "paper_views", "row_views", "step_views",
    "window_views",
]  # fmt: skip
