"""Pages that anyone may open: checking a voucher."""
