"""What can be done to a list? Proposed, its rows added, taken off, lifted out; then each step for all rows at once."""

from relief.lists.service.deciding import decide
from relief.lists.service.following import follow_up
from relief.lists.service.lifting import lift_out, lift_out_rows, put_back, put_back_rows
from relief.lists.service.proposing import add_row, propose, take_off
from relief.lists.service.stepping import close, give_opinion, post_notice, review, submit

__all__ = [
    "add_row",
    "close",
    "decide",
    "follow_up",
    "give_opinion",
    "lift_out",
    "lift_out_rows",
    "post_notice",
    "propose",
    "put_back",
    "put_back_rows",
    "review",
    "submit",
    "take_off",
]
