"""What can be done to sheets and payments? Making, releasing, results, handing over, dropping."""

from relief.payments.service.at_once import pay_at_once
from relief.payments.service.dropping import freeze_payments_to, stop_instalments, void_waiting
from relief.payments.service.ending_months import end_months
from relief.payments.service.gathering import discard, gather, remove_row
from relief.payments.service.releasing import release, return_sheet, send
from relief.payments.service.results import pay_again, record_bounce, record_handover, record_success
from relief.payments.service.sheets import book, close, start_sheet, submit
from relief.payments.service.tallying import recount

__all__ = [
    "book",
    "close",
    "discard",
    "end_months",
    "freeze_payments_to",
    "gather",
    "pay_again",
    "pay_at_once",
    "record_bounce",
    "record_handover",
    "record_success",
    "recount",
    "release",
    "remove_row",
    "return_sheet",
    "send",
    "start_sheet",
    "stop_instalments",
    "submit",
    "void_waiting",
]
