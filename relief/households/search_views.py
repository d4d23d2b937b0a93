"""How is somebody searched for? By POST; only names and pinyin may stand in an address, never a number."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relief.households.closing import STATUS, TONES
from relief.households.finders import find_by_number
from relief.households.routes import blueprint
from relief.households.search import LONGEST, is_private, search
from relief.web.access import actor, requires
from relief.web.paging import Page, asked

MAY_SEARCH = ("household.read", "case.read")


@blueprint.post("/search")
@requires(*MAY_SEARCH)
def search_for() -> ResponseReturnValue:
    """A number is answered here; anything else goes on to an address that can be paged and come back to."""
    text = request.form.get("q", "").strip()
    if text and not is_private(text):
        return redirect(url_for("households.search_results", q=text[:LONGEST]), 303)
    return _results(text)


@blueprint.get("/search")
@requires(*MAY_SEARCH)
def search_results() -> ResponseReturnValue:
    """The results for a name or its letters; a number in the address is not looked up."""
    text = request.args.get("q", "").strip()
    return _results("" if is_private(text) else text)


def _results(text: str) -> ResponseReturnValue:
    by = actor()
    others = find_by_number(text, by=by) if text else []
    page = search(text, by=by, ask=asked()) if text and by.can("household.read") else Page([])
    if len(others) == 1 and not page.rows:
        return redirect(others[0].url, 303)
    if len(page.rows) == 1 and not others and not (page.next_key or page.previous_key):
        return redirect(url_for("households.show_file", household_id=page.rows[0].id), 303)
    return render_template("households/search.html", text=text, page=page, others=others, statuses=STATUS, tones=TONES)
