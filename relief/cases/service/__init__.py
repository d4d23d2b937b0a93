"""What can be done to a case? The verbs, by subject: application, opinion, notice, decision, ending, follow-up."""

from relief.cases.service.appeals import judge_appeal, record_appeal
from relief.cases.service.applications import discard, edit_case, open_case, submit
from relief.cases.service.decisions import approve, recall, review
from relief.cases.service.emergencies import ask_urgently, ratify
from relief.cases.service.endings import hold, refuse, resume, revoke, send_back, withdraw
from relief.cases.service.follow_ups import close, follow_up
from relief.cases.service.notices import end_due_notices, post_notice, take_down
from relief.cases.service.objections import record_objection, settle_objection
from relief.cases.service.opinions import give_opinion, record_meeting
from relief.cases.service.passing import end_passing, pass_again, pass_opinions
from relief.cases.service.paying import enter_sheets, finish_payment, leave_sheet, open_instalments, reopen_payment
from relief.cases.service.recoveries import note_bounce, record_recovery, write_off

__all__ = [
    "approve",
    "ask_urgently",
    "close",
    "discard",
    "edit_case",
    "end_due_notices",
    "end_passing",
    "enter_sheets",
    "finish_payment",
    "follow_up",
    "give_opinion",
    "hold",
    "judge_appeal",
    "leave_sheet",
    "note_bounce",
    "open_case",
    "open_instalments",
    "pass_again",
    "pass_opinions",
    "post_notice",
    "ratify",
    "recall",
    "record_appeal",
    "record_meeting",
    "record_objection",
    "record_recovery",
    "refuse",
    "reopen_payment",
    "resume",
    "review",
    "revoke",
    "send_back",
    "settle_objection",
    "submit",
    "take_down",
    "withdraw",
    "write_off",
]
