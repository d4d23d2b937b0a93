"""How is one urgent award paid without waiting for a batch? On a sheet of its own, handed on at once."""

from __future__ import annotations

from relief import clock
from relief.cases.models import Case
from relief.db import db, transaction
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.domain.workflow import EMERGENCY
from relief.funds.sight import require_office
from relief.payments.facts import list_waiting
from relief.payments.models import Sheet
from relief.payments.service.gathering import gather
from relief.payments.service.sheets import start_sheet, submit


def pay_at_once(case_id: int, *, by: Actor) -> Sheet:
    """A sheet of the rows of one emergency case, made and submitted in one go; it waits for its release.

    Maker, releaser and payer stay three people. RuleBroken for a case that is not urgent, or of which nothing waits.
    """
    by.require("sheet.make")
    require_office(by)
    with transaction():
        case = db.session.get(Case, case_id)
        if case is None:
            raise NotYours
        if case.lane != EMERGENCY:
            raise RuleBroken(None, "Only emergency aid is paid on a sheet of its own. Put it on the next sheet.")
        waiting = [one for one in list_waiting(case.fund_id or 0) if one.case.id == case.id]
        if not waiting:
            raise RuleBroken(None, "Nothing of this case waits for a sheet.")
        sheet = start_sheet(case.fund_id or 0, month=Month.of(clock.today()), title=_title(case), by=by)
        gather(sheet.id, version=sheet.version, instalment_ids=[one.instalment.id for one in waiting], by=by)
        db.session.flush()
        return submit(sheet.id, version=sheet.version, by=by)


def _title(case: Case) -> str:
    """The number says whose it is; a title stands on papers in the office's own language."""
    return f"急难 {case.number}"
