"""Visits, who made them, needs heard and promises given."""
