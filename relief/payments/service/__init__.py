"""What can be done to sheets and payments?"""

from __future__ import annotations

from relief.payments.service.dropping import freeze_payments_to, void_waiting

__all__ = ["freeze_payments_to", "void_waiting"]
