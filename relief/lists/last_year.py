"""What did each household get in the window of the year before, in Relief or on the sheets before it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from relief.cases.models import Case
from relief.db import db
from relief.domain.money import Money
from relief.domain.workflow import WITHOUT_AID
from relief.opening.models import PastAward
from relief.windows.models import AidWindow


def last_year_of(household_ids: Sequence[int], window: AidWindow) -> dict[int, Money]:
    """What each household got in the window of the year before, or from the sheets before Relief."""
    before = sa.select(AidWindow.id).where(AidWindow.kind == window.kind, AidWindow.code == code_before(window))
    rows = db.session.execute(
        sa.select(Case.household_id, Case.approved)
        .where(Case.household_id.in_(household_ids), Case.window_id.in_(before), Case.approved.is_not(None))
        .where(Case.state.not_in(WITHOUT_AID))
    )
    found = {household_id: amount for household_id, amount in rows if amount is not None}
    since, until = year_before(window)
    past = db.session.execute(
        sa.select(PastAward.household_id, PastAward.amount).where(
            PastAward.household_id.in_(household_ids), PastAward.kind == window.kind, PastAward.on.between(since, until)
        )
    )
    for household_id, amount in past:
        found.setdefault(household_id, amount)
    return found


def code_before(window: AidWindow) -> str:
    """The code of the same window a year before: `2026-festival` for `2027-festival`."""
    return window.code.replace(str(window.award_year), str(window.award_year - 1), 1)


def year_before(window: AidWindow) -> tuple[date, date]:
    """A year's span around the day a year before the window's own, wide enough for a feast that moves."""
    year = window.award_year - 1
    return date(year, 1, 1), date(year, 12, 31)
