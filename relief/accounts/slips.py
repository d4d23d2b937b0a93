"""What stands on the slip that hands a one-time link over? It is a secret: drawn when it is asked for, kept nowhere."""

from __future__ import annotations

from relief import clock
from relief.accounts.invitations import RESET, find_open
from relief.accounts.queries import get_user, roles_of
from relief.audit.service import record_access
from relief.clock import SHANGHAI
from relief.documents.slip import Invitation as Slip
from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.permissions import Actor, Role
from relief.office import office


def slip_of(user_id: int, code: str, link: str, *, by: Actor) -> Slip:
    """The slip of a link that still works, for whoever made it; that it was printed is noted, never its code.

    RuleBroken when the code opens nothing any more, or another account; NotAllowed for a link that somebody else made.
    """
    user, found = get_user(user_id, by=by), find_open(code)
    if found is None or found.user_id != user.id:
        raise RuleBroken(None, "This link was used, or it is older than seven days. Ask for a new one.")
    if found.made_by != by.user_id:
        raise NotAllowed(None, "Only who made this link prints its slip.")
    record_access("invitation.slip", "user", user.id, by=by)
    held = roles_of(user.id, clock.today())
    return Slip(
        office=office().office_name, unit=user.union.name, name=user.person.name, user_name=user.username,
        roles=tuple(role.label for role in Role if role in held), link=link, code=code,
        valid_until=found.expires_at.astimezone(SHANGHAI).replace(tzinfo=None), telephone=office().office_phone,
        is_new_password=found.purpose == RESET,
    )  # fmt: skip
