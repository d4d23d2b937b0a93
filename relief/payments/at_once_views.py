"""How does the accountant pay an emergency award with one press?"""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.payments import service
from relief.payments.routes import blueprint
from relief.web.access import actor, requires


@blueprint.post("/sheets/at-once/<int:case_id>")
@requires("sheet.make")
def pay_at_once(case_id: int) -> ResponseReturnValue:
    """A sheet of one row, submitted: the head of finance releases it."""
    sheet = service.pay_at_once(case_id, by=actor())
    flash(_("The sheet is submitted. The head of finance releases it."), "good")
    return redirect(url_for("payments.show", sheet_id=sheet.id), 303)
