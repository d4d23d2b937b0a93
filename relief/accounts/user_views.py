"""How are users, their roles and their relatives kept on screen?"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief import clock
from relief.accounts import service
from relief.accounts.blueprint import blueprint
from relief.accounts.forms import EndGrantForm, GrantForm, RelativeForm, UserForm, WithdrawRelativeForm
from relief.accounts.models import User
from relief.accounts.queries import get_grant, get_user, list_unions
from relief.accounts.user_queries import (
    STATES,
    TONES,
    find_last_invitation,
    last_seen,
    list_grants,
    list_lines,
    state_of,
)
from relief.domain.permissions import Role
from relief.persons import service as persons
from relief.persons.queries import list_relatives
from relief.web.access import actor, requires
from relief.web.filters import Chosen, Filter, chosen
from relief.web.forms import answer, choices_of
from relief.web.paging import asked


def _filters() -> Chosen:
    return chosen(
        Filter("unit", _l("Union"), options=_unions),
        Filter("role", _l("Role"), options=lambda: choices_of(Role)),
        Filter("state", _l("State"), options=lambda: STATES.items()),
    )


def _unions() -> list[tuple[str, str]]:
    return [(str(union.id), union.name) for union in list_unions(by=actor())]


@blueprint.get("/users")
@requires("user.manage", "password.reset")
def users() -> ResponseReturnValue:
    """The accounts that the actor sees."""
    picked = _filters()
    ask = asked(2)
    page = list_lines(picked, ask, by=actor(), on=clock.today())
    return render_template("accounts/users.html", page=page, chosen=picked)


@blueprint.get("/users/<int:user_id>")
@requires("user.manage", "password.reset")
def user(user_id: int) -> ResponseReturnValue:
    """One account: whose, which roles, how it stands, declared relatives."""
    found = get_user(user_id, by=actor())
    state = state_of(found)
    return render_template(
        "accounts/user.html", user=found, state=STATES[state], tone=TONES[state], state_code=state,
        grants=list_grants(found.id), invitation=find_last_invitation(found.id), seen=last_seen(found.id),
        relatives=list_relatives(found.person_id), is_own=found.person_id == actor().person_id, now=clock.now(),
    )  # fmt: skip


@blueprint.route("/users/new", methods=["GET", "POST"])
@requires("user.manage")
def new_user() -> ResponseReturnValue:
    """Add an account for a person, on file or new."""
    form = UserForm(choices={"union_id": _unions()})

    def act() -> User:
        made = service.add_user(
            name=form.name.data or "", resident_id=form.resident_id.data or "", phone=form.phone.data or None,
            union_id=int(form.union_id.data or 0), username=form.username.data or "",
            roles=tuple(form.roles.data or ()), by=actor(),
        )  # fmt: skip
        flash(_("The account %(username)s is made. Now make its invitation.", username=made.username), "good")
        return made

    return answer(
        form, act, then=lambda made: _page_of(made.id),
        page=lambda: render_template("accounts/new_user.html", form=form),
    )  # fmt: skip


@blueprint.route("/users/<int:user_id>/grants/add", methods=["GET", "POST"])
@requires("user.manage")
def grant_role(user_id: int) -> ResponseReturnValue:
    """Give a role from a day on."""
    found = get_user(user_id, by=actor())
    form = GrantForm(since=clock.today())

    def act() -> None:
        service.grant(found.id, Role(form.role.data), since=form.since.data, until=form.until.data, by=actor())
        flash(_("The role is given. Open sessions of this person have ended."), "good")

    return answer(
        form, act, then=_page_of(user_id),
        page=lambda: render_template("accounts/grant.html", form=form, user=found),
    )  # fmt: skip


@blueprint.route("/users/<int:user_id>/grants/<int:grant_id>/end", methods=["GET", "POST"])
@requires("user.manage")
def end_grant(user_id: int, grant_id: int) -> ResponseReturnValue:
    """End a role on a day."""
    found = get_user(user_id, by=actor())
    given = get_grant(grant_id, user_id)
    form = EndGrantForm(until=clock.today())

    def act() -> None:
        service.end_grant(given.id, form.until.data or clock.today(), by=actor())
        flash(_("The role ends. Open sessions of this person have ended."), "good")

    return answer(
        form, act, then=_page_of(user_id),
        page=lambda: render_template("accounts/end_grant.html", form=form, user=found, role=Role(given.role).label),
    )  # fmt: skip


@blueprint.post("/users/<int:user_id>/disable")
@requires("user.manage")
def disable_user(user_id: int) -> ResponseReturnValue:
    """Close an account; its sessions end at once."""
    service.disable(user_id, by=actor())
    flash(_("The account is closed; its sessions have ended."), "good")
    return redirect(_page_of(user_id), 303)


@blueprint.post("/users/<int:user_id>/enable")
@requires("user.manage")
def enable_user(user_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    service.enable(user_id, by=actor())
    flash(_("The account is open again."), "good")
    return redirect(_page_of(user_id), 303)


@blueprint.post("/users/<int:user_id>/drop-second-factor")
@requires("user.manage")
def drop_second_factor(user_id: int) -> ResponseReturnValue:
    """Take a lost phone off an account."""
    service.drop_second_factor(user_id, by=actor())
    flash(_("The phone is taken off this account."), "good")
    return redirect(_page_of(user_id), 303)


@blueprint.route("/users/<int:user_id>/relatives/add", methods=["GET", "POST"])
@requires("user.manage")
def add_relative(user_id: int) -> ResponseReturnValue:
    """Declare a relative of this person."""
    found, form = get_user(user_id, by=actor()), RelativeForm()

    def act() -> None:
        persons.declare_relative_by_id(
            found.person_id, name=form.name.data or "", resident_id=form.resident_id.data or "",
            relation=form.relation.data, by=actor(),
        )  # fmt: skip
        flash(_("The relative is declared. The two are kept out of each other's cases."), "good")

    return answer(
        form, act, then=_page_of(user_id),
        page=lambda: render_template("accounts/relative.html", form=form, user=found),
    )  # fmt: skip


@blueprint.route("/users/<int:user_id>/relatives/<int:person_id>/withdraw", methods=["GET", "POST"])
@requires("user.manage")
def withdraw_relative(user_id: int, person_id: int) -> ResponseReturnValue:
    """Take back a declaration made in error."""
    found, form = get_user(user_id, by=actor()), WithdrawRelativeForm()

    def act() -> None:
        persons.withdraw_relative(found.person_id, person_id, form.reason.data or "", by=actor())
        flash(_("The declaration is taken back. The record keeps it."), "good")

    return answer(
        form, act, then=_page_of(user_id),
        page=lambda: render_template("accounts/withdraw_relative.html", form=form, user=found),
    )  # fmt: skip


def _page_of(user_id: int) -> str:
    return url_for("accounts.user", user_id=user_id)
