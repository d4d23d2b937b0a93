"""How is a sheet taken away? As workbook or PDF, masked, or in full for a reason that is written down."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from relief.payments.forms import COPIES, FORMATS, TakeAwayForm
from relief.payments.issuing import prepare_file, take_away
from relief.payments.models import Sheet
from relief.payments.queries import get_sheet
from relief.payments.routes import blueprint
from relief.web.access import actor, requires
from relief.web.downloads import download
from relief.web.forms import answer
from relief.web.locale import LANGUAGES


@blueprint.route("/sheets/<int:sheet_id>/download", methods=["GET", "POST"])
@requires("sheet.read")
def choose_file(sheet_id: int) -> ResponseReturnValue:
    """Choose the copy, and say why when it shows full numbers."""
    sheet = get_sheet(sheet_id, by=actor())
    form = TakeAwayForm(copy="masked", file_format="xlsx", language=str(get_locale()))
    asked = {"copy": form.copy.code, "file_format": form.file_format.code, "language": form.language.code}

    def act() -> Sheet:
        return prepare_file(sheet_id, **asked, reason=form.reason.data, by=actor())

    def page() -> ResponseReturnValue:
        return render_template("payments/download.html", form=form, sheet=sheet)

    def then(_sheet: Sheet) -> str:
        query = urlencode(asked | ({"reason": form.reason.code} if form.reason.code else {}))
        return f"{url_for('payments.take_file', sheet_id=sheet_id)}?{query}"

    return answer(form, act, then=then, page=page)


@blueprint.get("/sheets/<int:sheet_id>/file")
@requires("sheet.read")
def take_file(sheet_id: int) -> ResponseReturnValue:
    """The file itself; who took an archive copy is in the access log."""
    asked = {name: request.args.get(name, "") for name in ("copy", "file_format", "language")}
    if not _is_offered(asked):
        abort(404)
    taken = take_away(sheet_id, **asked, reason=request.args.get("reason"), by=actor())
    return download(taken.content, taken.media_type, taken.file_name)


def _is_offered(asked: dict[str, str]) -> bool:
    return asked["copy"] in dict(COPIES) and asked["file_format"] in dict(FORMATS) and asked["language"] in LANGUAGES
