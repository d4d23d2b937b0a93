"""What becomes of a batch of rows? New households are opened together, known ones compared and changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from relief.domain.permissions import Actor
from relief.domain.roster import MemberRow, Reason
from relief.domain.sentences import sentence
from relief.households.roster_comparing import BANK_UNNAMED, compare, compare_members
from relief.households.roster_held import load_held
from relief.households.roster_judged import why_not
from relief.households.roster_known import OnFile, find_people
from relief.households.roster_opening import Opened, open_files
from relief.households.roster_stored import Kept
from relief.households.roster_updating import (
    CREATED,
    ELSEWHERE,
    LEFT_OUT,
    Ended,
    Step,
    foreseen,
    member_steps,
    propose_new_member,
    steps_for,
    take,
)

Ends = dict[int, Ended]


def apply_households(rows: Sequence[Kept], *, by: Actor) -> tuple[Ends, Ends]:
    """What became of each row of the first sheet and of the second, by row number; joins the verb around."""
    people = find_people(_numbers(rows))
    ended, members, known, new = _sorted_out(rows, people, by)
    for kept, steps in _steps(known, people, by):
        ended[kept.row.row], of_members = take(steps, known[kept])
        members |= _all_members(kept, known[kept]) | of_members
    for opened in open_files(new, people, by=by):
        ended[opened.row.row], of_members = _end_of(opened, by)
        members |= of_members
    return ended, members


def foresee(rows: Sequence[Kept], *, by: Actor) -> list[str]:
    """How each household row would end if it were applied now; writes nothing."""
    people = find_people(_numbers(rows))
    ended, _, known, new = _sorted_out(rows, people, by)
    steps = {kept.row.row: foreseen(of_file, known[kept])[0] for kept, of_file in _steps(known, people, by)}
    return [end.applied for end in (ended | steps).values()] + [CREATED] * len(new)


def apply_members(rows: Sequence[MemberRow], *, by: Actor) -> Ends:
    """The same for members whose households are on file and not among the rows of the first sheet."""
    people = find_people({number for row in rows for number in (row.head_id, row.resident_id) if number})
    of_head: dict[str, list[MemberRow]] = defaultdict(list)
    for row in rows:
        of_head[row.head_id].append(row)
    places = {head: known.heads for head in of_head if (known := people.get(head)) and known.heads}
    held = load_held(place.household_id for place in places.values())
    ended: Ends = {}
    for head, members in of_head.items():
        place = places.get(head)
        if place is None or not by.sees(place.union_id):
            ended |= {row.row: Ended(LEFT_OUT, notes=[_head_unknown()]) for row in members}
            continue
        file = held[place.household_id]
        steps = member_steps(compare_members(members, file), file, people, by=by)
        ended |= {row.row: Ended(household_id=place.household_id) for row in members}
        ended |= take(steps, place.household_id)[1]
    return ended


def _sorted_out(
    rows: Sequence[Kept], people: Mapping[str, OnFile], by: Actor
) -> tuple[Ends, Ends, dict[Kept, int], list[Kept]]:
    """Ends of what the register cannot take, members of those; known households with their ids; new ones."""
    ended: Ends = {}
    members: Ends = {}
    known: dict[Kept, int] = {}
    new = []
    for kept in rows:
        refusal, place = why_not(kept.row, people, by), getattr(people.get(kept.row.resident_id), "heads", None)
        if refusal:
            ended[kept.row.row] = Ended(LEFT_OUT, notes=[refusal])
            members |= {member.row: Ended(LEFT_OUT, notes=[refusal]) for member in kept.members}
        elif place:
            known[kept] = place.household_id
        else:
            new.append(kept)
    return ended, members, known, new


def _steps(known: Mapping[Kept, int], people: Mapping[str, OnFile], by: Actor) -> Iterable[tuple[Kept, list[Step]]]:
    held = load_held(known.values())
    for kept, household_id in known.items():
        file = held[household_id]
        yield kept, steps_for(compare(kept, file), file, people, by=by)


def _end_of(opened: Opened, by: Actor) -> tuple[Ended, Ends]:
    """A new file's rows; members who cannot join at once are proposed or left out."""
    household_id = opened.household.id
    members = {row: Ended(CREATED, household_id) for row in _rows(opened.kept)}
    steps = [
        Step(LEFT_OUT, None, member.row, refusal)
        if refusal
        else propose_new_member(household_id, member, ELSEWHERE, by=by)
        for member, refusal in opened.not_joined
    ]
    notes = [BANK_UNNAMED] if opened.row.card and not opened.row.bank else []
    return Ended(CREATED, household_id, notes), members | take(steps, household_id)[1]


def _all_members(kept: Kept, household_id: int) -> Ends:
    return {row: Ended(household_id=household_id) for row in _rows(kept)}


def _rows(kept: Kept) -> list[int]:
    return [member.row for member in kept.members]


def _numbers(rows: Iterable[Kept]) -> set[str]:
    heads = {kept.row.resident_id for kept in rows}
    return heads | {member.resident_id for kept in rows for member in kept.members if member.resident_id}


def _head_unknown() -> Reason:
    said = sentence("No household in the roster or on file has this head's resident ID.")
    return Reason("head unknown", said)
