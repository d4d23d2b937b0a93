"""Which pages does this room have? Sheets, their steps, the bank's answers, and what is taken away."""

from relief.payments import (
    at_once_views,
    download_views,
    end_months_views,
    on_file,
    payment_views,
    result_views,
    sheet_views,
    step_views,
    summary_views,
)
from relief.payments.routes import blueprint

__all__ = [
    "at_once_views", "blueprint", "download_views", "end_months_views", "on_file", "payment_views", "result_views",
    "sheet_views", "step_views", "summary_views",
]  # fmt: skip
