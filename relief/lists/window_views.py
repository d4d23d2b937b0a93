"""How are windows opened, looked over and closed, and how does a unit get its list?"""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.accounts.queries import get_union, unit_choices
from relief.domain.deadlines import awaits_notice
from relief.domain.money import total
from relief.domain.permissions import Actor
from relief.lists.forms import ConfirmForm, ProposeForm, WindowForm
from relief.lists.next_days import all_on_notice, days_left, next_day
from relief.lists.oddities import odd_rows
from relief.lists.queries import paying_funds, running_rows, unit_lines, units_without_list
from relief.lists.routes import blueprint
from relief.lists.service.asking import LONG, take_proposal
from relief.lists.service.deciding import rows_to_decide
from relief.lists.works import work_on_list, work_on_window
from relief.web.access import actor, requires
from relief.web.forms import answer
from relief.windows.models import AidList, AidWindow
from relief.windows.queries import computed_windows, get_window, list_windows, unopened_windows
from relief.windows.service import close_window, open_window

EXCEPTIONS_SHOWN = 100


@blueprint.get("/windows")
@requires("case.read")
def list_lists() -> ResponseReturnValue:
    """The windows that are open, those that can be opened, and those that are over."""
    return render_template("lists/windows.html", **_overview())


@blueprint.post("/windows/open")
@requires("window.open")
def open() -> ResponseReturnValue:
    """A window opens for the whole bureau."""
    coming = computed_windows(clock.today())
    form = WindowForm(choices={"window": [(f"{one.kind.code}/{one.window.code}", one.window.code) for one in coming]})

    def act() -> AidWindow:
        kind, _slash, code = (form.window.code or "").partition("/")
        return open_window(kind, code, by=actor())

    def then(window: AidWindow) -> str:
        flash(_("The window is open. Each unit can make its list now."), "good")
        return url_for("lists.show_window", window_id=window.id)

    def page() -> str:
        return render_template("lists/windows.html", **_overview(), form=form)

    return answer(form, act, then=then, page=page)


@blueprint.get("/windows/<int:window_id>")
@requires("case.read")
def show_window(window_id: int) -> ResponseReturnValue:
    """The window at a glance: units, rows and sums, the exceptions, the money left, the days."""
    return render_template("lists/window.html", **_glance(get_window(window_id), actor()))


@blueprint.post("/windows/<int:window_id>/propose")
@requires("case.write")
def propose(window_id: int) -> ResponseReturnValue:
    """The list of a unit is made, or filled up with who came since."""
    by, window = actor(), get_window(window_id)
    form = ProposeForm(choices={"union": _units(by)})

    def act() -> AidList:
        return take_proposal(window_id, get_union(int(form.union.code or 0), by=by).id, by=by)

    def then(made: AidList) -> str:
        work = work_on_list(made.id, by=by)
        if work is None or not work.is_under_way:
            flash(_("The list is made. Look through who stands on it, and who is left out and why."), "good")
        return url_for("lists.show_list", list_id=made.id)

    def page() -> str:
        return render_template("lists/window.html", **_glance(window, by), form=form)

    return answer(form, act, then=then, page=page)


@blueprint.post("/windows/<int:window_id>/close")
@requires("window.open")
def close(window_id: int) -> ResponseReturnValue:
    """No row enters any more."""
    form, by = ConfirmForm(), actor()

    def then(window: AidWindow) -> str:
        flash(_("The window is closed. Rows on their way go on."), "good")
        return url_for("lists.show_window", window_id=window.id)

    def page() -> str:
        return render_template("lists/window.html", **(_glance(get_window(window_id), by) | {"form": form}))

    return answer(
        form, lambda: close_window(window_id, version=int(form.version.data or 0), by=by), then=then, page=page
    )


def _overview() -> dict[str, Any]:
    windows, today = list_windows(), clock.today()
    is_open = [window for window in windows if window.closed_at is None]
    settled = all_on_notice([window.id for window in is_open], by=actor())
    left = {window.id: None if window.id in settled else days_left(window) for window in is_open}
    return {"windows": windows, "coming": unopened_windows(today), "today": today, "left": left}


def _glance(window: AidWindow, by: Actor) -> dict[str, Any]:
    lines = unit_lines(window, by=by)
    states = {state for line in lines for state in line.rows}
    to_decide = set(rows_to_decide(window.id, by)) if by.can("case.approve") else set()
    work = work_on_window(window.id, by=by)
    most = None if request.args.get("exceptions") == "all" else EXCEPTIONS_SHOWN
    exceptions, odd = odd_rows(running_rows([line.list_id for line in lines]), window, most)
    return {
        "window": window, "lines": lines, "exceptions": exceptions, "odd": odd, "work": work,
        "days_left": days_left(window) if awaits_notice(states) else None,
        "to_decide": set() if work and work.is_under_way else to_decide,
        "coming": next_day(window, states, by=by),
        "amount": total(line.amount for line in lines), "rows": sum(line.count for line in lines),
        "is_long": sum(line.count for line in lines) > LONG,
        "funds": _funds(window, by), "missing_units": units_without_list(window, by=by), "today": clock.today(),
        "form": ProposeForm(choices={"union": _units(by)}), "close_form": ConfirmForm(data={"version": window.version}),
    }  # fmt: skip


def _units(by: Actor) -> list[tuple[str, str]]:
    return unit_choices(by=by)


def _funds(window: AidWindow, by: Actor) -> list[Any]:
    """The funds that may pay this kind with what they can still promise, for those who may see funds."""
    if not by.can("fund.read"):
        return []
    return paying_funds(window)
