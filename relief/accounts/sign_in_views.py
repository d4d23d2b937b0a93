"""How does a browser sign in, give the password again, and sign out?"""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relief.accounts import sessions
from relief.accounts.blueprint import blueprint
from relief.accounts.forms import CodeForm, ConfirmForm, SignInForm
from relief.accounts.models import User
from relief.accounts.sign_in import check_code, check_password, confirm_password, enter
from relief.web.access import actor, public, signed_in
from relief.web.forms import answer
from relief.web.locale import local_path


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """User name and password."""
    form = SignInForm(next=local_path(request.args.get("next")))
    if g.actor is not None and request.method == "GET":
        return redirect(local_path(form.next.data), 303)

    def act() -> User:
        user = check_password(form.username.data or "", form.password.data or "", address=_address())
        if user.totp_secret is None:
            return enter(user, address=_address(), agent=_agent())
        sessions.wait_for_code(user)
        return user

    def then(user: User) -> str:
        onward = local_path(form.next.data)
        return onward if user.totp_secret is None else url_for("accounts.sign_in_code", next=onward)

    return answer(form, act, then=then, page=lambda: render_template("accounts/sign_in.html", form=form))


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def sign_in_code() -> ResponseReturnValue:
    """The one-time code, after the right password."""
    form = CodeForm(next=local_path(request.args.get("next")))
    user = sessions.waiting_for_code()
    if user is None:
        return redirect(url_for("accounts.sign_in", next=local_path(form.next.data)), 303)

    def act() -> User:
        return enter(check_code(user, form.code.data or "", address=_address()), address=_address(), agent=_agent())

    then = local_path(form.next.data)
    return answer(form, act, then=then, page=lambda: render_template("accounts/code.html", form=form))


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End this session, at once."""
    sessions.sign_out(by=actor())
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/confirm", methods=["GET", "POST"])
@signed_in
def confirm() -> ResponseReturnValue:
    """The password again, before money moves or an account changes."""
    form = ConfirmForm(next=local_path(request.args.get("next")))

    def act() -> None:
        confirm_password(g.user, form.password.data or "", address=_address())
        sessions.confirm()

    then = local_path(form.next.data)
    return answer(form, act, then=then, page=lambda: render_template("accounts/confirm.html", form=form))


def _address() -> str:
    return (request.remote_addr or "")[:64]


def _agent() -> str:
    return request.user_agent.string
