"""Which pages does this room have? Those of the files imported here, on one blueprint."""

from relief.cases.routes import blueprint  # isort: skip - the view files below register on it
from relief.cases import (
    appeal_views,
    application_views,
    asked,
    case_views,
    chat,
    decision_views,
    emergency_views,
    ending_views,
    follow_up_views,
    life,
    list_views,
    meeting_views,
    notice_views,
    objection_views,
    opinion_views,
    passing_views,
    rechecks,
    recovery_views,
    register_views,
    submission_views,
)

__all__ = [
    "appeal_views", "application_views", "asked", "blueprint", "case_views", "chat", "decision_views",
    "emergency_views", "ending_views", "follow_up_views", "life", "list_views", "meeting_views", "notice_views",
    "objection_views", "opinion_views", "passing_views", "rechecks", "recovery_views", "register_views",
    "submission_views",
]  # fmt: skip
