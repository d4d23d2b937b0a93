"""Vouchers 领款单."""
