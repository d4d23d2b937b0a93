"""What are the steps, fields and endings of a case called on the screen?"""

from __future__ import annotations

from relief.domain.labels import label
from relief.domain.reasons import REASONS
from relief.domain.sentences import Sentence

# A step that was taken: its words, tone and icon on the timeline.
TAKEN: dict[str, tuple[Sentence, str, str]] = {
    "edit": (label("Application mended"), "still", "edit"),
    "ask_urgently": (label("Emergency aid asked for"), "bad", "bolt"),
    "submit": (label("Application submitted"), "moves", "send"),
    "give_opinion": (label("Unit's opinion given"), "good", "users-group"),
    "post_notice": (label("Put on public notice"), "moves", "speakerphone"),
    "record_objection": (label("Objection recorded"), "bad", "hand-stop"),
    "settle_objection": (label("Objection settled"), "moves", "scale"),
    "end_notice": (label("Notice ended, papers forwarded"), "good", "speakerphone"),
    "review": (label("Review passed"), "good", "clipboard-check"),
    "approve": (label("Approved"), "good", "gavel"),
    "send_back": (label("Sent back to be mended"), "waits", "arrow-back-up"),
    "refuse": (label("Refused"), "bad", "ban"),
    "hold": (label("Put on hold"), "waits", "player-pause"),
    "resume": (label("Resumed"), "moves", "refresh"),
    "withdraw": (label("Withdrawn"), "still", "x"),
    "lift_out": (label("Lifted out of its list"), "waits", "arrow-back-up"),
    "put_back": (label("Put back on its list"), "moves", "refresh"),
    "recall": (label("Approval taken back"), "waits", "arrow-back-up"),
    "enter_sheet": (label("Put on a sheet"), "moves", "file-spreadsheet"),
    "leave_sheet": (label("Taken off the sheet"), "waits", "file-spreadsheet"),
    "finish_payment": (label("All money paid"), "good", "cash"),
    "reopen_payment": (label("A payment came back"), "bad", "cash"),
    "end_months": (label("Monthly aid ended, back to the fund"), "waits", "hand-stop"),
    "follow_up": (label("Household asked"), "good", "phone"),
    "close": (label("Case closed"), "still", "circle-check"),
    "revoke": (label("Revoked"), "bad", "ban"),
    "ratify": (label("Emergency aid ratified"), "good", "gavel"),
    "record_appeal": (label("Appeal recorded"), "waits", "scale"),
    "judge_appeal": (label("Appeal answered"), "moves", "scale"),
    "reopen": (label("Opened again after the appeal"), "waits", "refresh"),
}

# What a case can be sent back for; the keys are those of the verb.
MENDABLE: dict[str, Sentence] = {
    "event": label("The event and its day"),
    "story": label("What happened"),
    "grade": label("Grade of loss"),
    "requested": label("Amount asked for"),
    "evidence": label("Papers"),
    "visits": label("Home visit"),
    "account": label("Bank account"),
    "members": label("Members of the household"),
    "notice": label("Public notice"),
}
FIELDS_OF = {"event": ("event_kind", "event_on"), "story": ("story",), "grade": ("grade",), "requested": ("requested",)}

WAYS: dict[str, Sentence] = {"phone": label("By telephone"), "visit": label("By a visit")}
SATISFACTION: dict[str, Sentence] = {
    "5": label("Very satisfied"),
    "4": label("Satisfied"),
    "3": label("So-so"),
    "2": label("Dissatisfied"),
    "1": label("Very dissatisfied"),
}
OUTCOMES: dict[str, Sentence] = {
    "upheld": label("The objection was upheld"),
    "dismissed": label("The objection was not upheld"),
}
FLAGS: dict[str, Sentence] = {
    "overdue": label("Overdue"),
    "objection": label("Objection open"),
    "on_hold": label("On hold"),
    "emergency": label("Emergency"),
    "appeal": label("Appeal open"),
}
MINE: dict[str, Sentence] = {"turn": label("Waiting for me"), "entered": label("Entered by me")}
ORDERS: dict[str, Sentence] = {"due": label("Oldest deadline first")}


def reason_label(code: str | None) -> Sentence | None:
    """What a reason code stands for."""
    return next((family[code] for family in REASONS.values() if code in family), None) if code else None


def fields_to_mend(names: list[str]) -> frozenset[str]:
    """The fields of the application's form among the things to mend."""
    return frozenset(field for name in names for field in FIELDS_OF.get(name, ()))
