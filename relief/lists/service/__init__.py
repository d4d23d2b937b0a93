"""What can be done to a list? Proposed, its rows added, taken off, lifted out; then each step for all rows at once."""

from relief.lists.service.deciding import decide
from relief.lists.service.lifting import lift_out, put_back
from relief.lists.service.proposing import add_row, propose, take_off
from relief.lists.service.stepping import give_opinion, post_notice, review, submit

__all__ = [
    "add_row",
    "decide",
    "give_opinion",
    "lift_out",
    "post_notice",
    "propose",
    "put_back",
    "review",
    "submit",
    "take_off",
]
