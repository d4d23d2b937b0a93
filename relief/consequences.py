"""Which effects run upward? Here and nowhere else, in the transaction of the verb that causes them.

Rooms lean one way; when something below matters above (a death freezes payments, a dropped award voids payments
that wait, a day that passed ends notices), the room below calls this file, and this file calls the room above.
"""

from __future__ import annotations

from datetime import date

from relief.domain.permissions import Actor


def on_death(person_id: int, *, by: Actor) -> None:
    """A person died: payments to them that are not released yet come off their sheets and are frozen."""
    from relief.payments.service import freeze_payments_to

    freeze_payments_to(person_id, by=by)


def death_taken_back(person_id: int, *, by: Actor) -> None:
    """A death was recorded in error: what it froze waits for a sheet again, where nothing else changed."""
    from relief.payments.service.thawing import wait_again

    wait_again(person_id, by=by)


def file_closed(household_id: int, *, by: Actor) -> None:
    """A household left: what is still to come of its awards by month is dropped."""
    from relief.payments.service import stop_instalments

    stop_instalments(household_id, by=by)


def award_dropped(case_id: int, *, by: Actor) -> None:
    """An award ended before it was paid: its waiting payments are void. WrongState while one is on its way."""
    from relief.payments.service import void_waiting

    void_waiting(case_id, by=by)


def sheet_released(sheet_id: int, *, by: Actor) -> None:
    """A sheet was released: each of its payments gets its voucher and number."""
    from relief.vouchers.service import make_for_sheet

    make_for_sheet(sheet_id, by=by)


def payment_bounced(payment_id: int, *, by: Actor) -> None:
    """A payment came back: its voucher is void and keeps its number."""
    from relief.vouchers.service import void_of_bounced

    void_of_bounced(payment_id, by=by)


def union_closes(union_id: int) -> None:
    """A union is about to close: RuleBroken while another one passes its opinions to it."""
    from relief.cases.service.passing import refuse_needed

    refuse_needed(union_id)


def run_due(on: date, *, by: Actor) -> dict[str, int]:
    """What a new day brings by itself: notices end and forward their cases. How many of each."""
    from relief.cases.service import end_due_notices
    from relief.cases.service.lanes import refresh_due

    refresh_due()
    return {"notices": end_due_notices(on, by=by)}
