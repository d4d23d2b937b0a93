"""Cases from application to close: opinions, notices, decisions, follow-up."""
