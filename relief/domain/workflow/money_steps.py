"""Which step takes a sheet, a payment or a voucher out of which state?"""

from __future__ import annotations

from enum import StrEnum

from relief.domain.labels import label
from relief.domain.workflow.taking import Step


class SheetState(StrEnum):
    """States of a disbursement sheet 发放表."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RELEASED = "released"
    SENT = "sent"
    RECONCILED = "reconciled"
    CLOSED = "closed"


SHEET_STEPS: tuple[Step, ...] = (
    Step("gather", label("Gather rows"), "sheet.make", (SheetState.DRAFT,)),
    Step("remove_row", label("Take a row off"), "sheet.make", (SheetState.DRAFT,)),
    Step("discard", label("Discard the sheet"), "sheet.make", (SheetState.DRAFT,), danger=True),
    Step("submit", label("Submit the sheet"), "sheet.make", (SheetState.DRAFT,), SheetState.SUBMITTED,
         hand="make"),
    Step("return", label("Return to the maker"), "sheet.release", (SheetState.SUBMITTED,), SheetState.DRAFT,
         hand="release"),
    Step("release", label("Release the money"), "sheet.release", (SheetState.SUBMITTED,), SheetState.RELEASED,
         hand="release"),
    Step("send", label("Mark as sent to the bank"), "payment.record", (SheetState.RELEASED,), SheetState.SENT,
         hand="pay"),
    Step("record", label("Record results"), "payment.record", (SheetState.SENT, SheetState.RECONCILED)),
    Step("reconcile", label("All results recorded"), "payment.record", (SheetState.SENT,),
         SheetState.RECONCILED, by_itself=True),
    Step("book", label("Enter the accounting numbers"), "sheet.make",
         (SheetState.RELEASED, SheetState.SENT, SheetState.RECONCILED)),
    Step("close", label("Close the sheet"), "sheet.make", (SheetState.RECONCILED,), SheetState.CLOSED),
)  # fmt: skip


class PaymentState(StrEnum):
    """States of one attempt to pay one instalment."""

    PLANNED = "planned"
    ON_SHEET = "on_sheet"
    RELEASED = "released"
    SENT = "sent"
    SUCCEEDED = "succeeded"
    BOUNCED = "bounced"
    VOID = "void"


PAYMENT_STEPS: tuple[Step, ...] = (
    Step("put_on_sheet", label("Put on a sheet"), "sheet.make", (PaymentState.PLANNED,), PaymentState.ON_SHEET),
    Step("take_off_sheet", label("Take off the sheet"), "sheet.make", (PaymentState.ON_SHEET,),
         PaymentState.PLANNED),
    Step("release", label("Release"), "sheet.release", (PaymentState.ON_SHEET,), PaymentState.RELEASED),
    Step("send", label("Send to the bank"), "payment.record", (PaymentState.RELEASED,), PaymentState.SENT),
    Step("succeed", label("Mark as succeeded"), "payment.record", (PaymentState.SENT,), PaymentState.SUCCEEDED),
    Step("bounce", label("Mark as bounced"), "payment.record", (PaymentState.SENT, PaymentState.SUCCEEDED),
         PaymentState.BOUNCED),
    Step("pay_again", label("Pay again"), "sheet.make", (PaymentState.BOUNCED,)),
    Step("void", label("Void"), "sheet.make", (PaymentState.PLANNED, PaymentState.ON_SHEET,
         PaymentState.RELEASED), PaymentState.VOID),
)  # fmt: skip


class VoucherState(StrEnum):
    """States of a voucher 领款单; how often it was printed is a count beside it."""

    MADE = "made"
    PRINTED = "printed"
    SIGNED = "signed"
    ARCHIVED = "archived"
    VOID = "void"


VOUCHER_STEPS: tuple[Step, ...] = (
    Step("print", label("Print"), "voucher.print", (VoucherState.MADE,), VoucherState.PRINTED),
    Step("reprint", label("Print again"), "voucher.print", (VoucherState.PRINTED, VoucherState.SIGNED)),
    Step("sign", label("Record the signature"), "payment.record", (VoucherState.PRINTED,), VoucherState.SIGNED),
    Step("archive", label("Archive"), "voucher.print", (VoucherState.SIGNED,), VoucherState.ARCHIVED),
    Step("void", label("Void"), "voucher.void", (VoucherState.MADE, VoucherState.PRINTED, VoucherState.SIGNED),
         VoucherState.VOID, reasons="void", danger=True),
)  # fmt: skip
