"""The record: every verb writes one line here, in its own transaction."""
