"""Which page opens first? The desk of whoever signed in."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from relief.cases.chat import waiting_lines
from relief.desk.buttons import buttons_for
from relief.desk.charts import charts_for
from relief.desk.glances import glances_for
from relief.desk.health import list_checks
from relief.desk.month import month_board
from relief.desk.returned import list_returned
from relief.desk.routes import blueprint
from relief.desk.waiting import list_queues
from relief.domain.permissions import Actor
from relief.web.access import actor, signed_in

TOLD_APART = "sent_back"


@blueprint.get("/")
@signed_in
def show() -> ResponseReturnValue:
    """Large buttons, what came back and why, what waits (oldest deadline first), the month, the charts."""
    by = actor()
    returned = list_returned(by=by) if by.can("case.write") else []
    queues = [queue for queue in list_queues(by) if not (returned and queue.code == TOLD_APART)]
    return render_template(
        "desk/show.html", queues=queues, returned=returned, charts=charts_for(by), buttons=buttons_for(by),
        board=month_board(by) if by.can("sheet.make") and by.sees(None) else None,
        checks=list_checks(by=by) if by.can("system.run") else [],
        lines=waiting_lines(by=by) if _writes_chats(by) else [], glances=glances_for(by),
    )  # fmt: skip


def _writes_chats(by: Actor) -> bool:
    """Caseworkers and unit chairs remind each other."""
    return by.can("case.read") and (by.can("case.write") or by.can("case.opinion"))
