"""Which pages show vouchers? The list, one voucher, its steps, a sheet's vouchers in one PDF, the gaps."""

from relief.vouchers import (
    list_views,
    on_case,
    print_views,
    step_views,
)
from relief.vouchers.routes import blueprint

__all__ = ["blueprint", "list_views", "on_case", "print_views", "step_views"]
