"""What can be done to a voucher? Made at release, printed, signed, archived, void with its number kept."""

from relief.vouchers.service.handling import archive, print_sheet, print_void_copy, print_voucher, sign
from relief.vouchers.service.making import find_live, make_for_sheet, void, void_of_bounced

__all__ = [
    "archive",
    "find_live",
    "make_for_sheet",
    "print_sheet",
    "print_void_copy",
    "print_voucher",
    "sign",
    "void",
    "void_of_bounced",
]
