"""Funds: what was announced, received, promised, paid."""
