"""Which step leaves which state? The one set of tables that buttons, checks and the record read."""

from relief.domain.workflow.case_steps import (
    BEFORE_MONEY,
    CASE_STEPS,
    ENDS,
    NOTICE_STEPS,
    PROMISED,
    STATE_LABELS,
    WITHOUT_AID,
    NoticeState,
    State,
)
from relief.domain.workflow.money_steps import (
    PAYMENT_STEPS,
    SHEET_STEPS,
    VOUCHER_STEPS,
    PaymentState,
    SheetState,
    VoucherState,
)
from relief.domain.workflow.taking import (
    EMERGENCY,
    ORDINARY,
    STOPS,
    Offer,
    Step,
    find_step,
    offers,
    take,
)

__all__ = [
    "BEFORE_MONEY",
    "CASE_STEPS",
    "EMERGENCY",
    "ENDS",
    "NOTICE_STEPS",
    "ORDINARY",
    "PAYMENT_STEPS",
    "PROMISED",
    "SHEET_STEPS",
    "STATE_LABELS",
    "STOPS",
    "VOUCHER_STEPS",
    "WITHOUT_AID",
    "NoticeState",
    "Offer",
    "PaymentState",
    "SheetState",
    "State",
    "Step",
    "VoucherState",
    "find_step",
    "offers",
    "take",
]
