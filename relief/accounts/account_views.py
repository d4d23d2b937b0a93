"""What do people see and change of their own account? And which role may do what, for everybody signed in."""

from __future__ import annotations

from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.accounts import own, sessions, totp
from relief.accounts.blueprint import blueprint
from relief.accounts.forms import ChangePasswordForm, LooksForm, SecondFactorForm
from relief.accounts.gate import is_password_due, is_second_factor_due
from relief.accounts.passwords import is_strict
from relief.accounts.permission_table import permission_table
from relief.accounts.queries import current_grants
from relief.accounts.screens import devices
from relief.documents.qr import qr
from relief.domain.permissions import Role
from relief.office import office
from relief.persons.queries import list_relatives
from relief.web.access import actor, confirmed, signed_in
from relief.web.forms import answer
from relief.web.locale import choose_locale, keep_language, local_path


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in
def account() -> ResponseReturnValue:
    """My data, roles, looks and sessions."""
    form = LooksForm(obj=g.user)
    form.language.data = form.language.data or choose_locale()

    def act() -> None:
        own.choose_looks(form.language.data, form.large_type.data, version=form.version.data, by=actor())
        flash(_("Saved."), "good")

    response = make_response(answer(form, act, then=url_for("accounts.account"), page=lambda: _account_page(form)))
    if response.status_code == 303:
        keep_language(response, form.language.data)
    return response


def _account_page(form: LooksForm) -> str:
    return render_template(
        "accounts/account.html", form=form, user=g.user, grants=current_grants(g.user.id, clock.today()),
        devices=devices(sessions.list_open(g.user.id), g.sign_in.id), relatives=list_relatives(g.user.person_id),
        can_enrol=totp.is_available(),
    )  # fmt: skip


@blueprint.post("/account/large-type")
@signed_in
def switch_large_type() -> ResponseReturnValue:
    """Larger type and targets on every page, or the usual size again; back to the page where it was pressed."""
    own.switch_large_type(by=actor())
    return redirect(local_path(request.form.get("next")), 303)


@blueprint.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Change my password; every other session of mine ends."""
    form = ChangePasswordForm()

    def act() -> None:
        own.change_password(
            form.current.data or "", form.password.data or "", address=request.remote_addr or "", by=actor()
        )
        sessions.rotate()
        flash(_("Your password is changed. All your other sessions have ended."), "good")

    return answer(
        form, act, then=url_for("accounts.account"),
        page=lambda: render_template("accounts/password.html", form=form, **_rule()),
    )  # fmt: skip


def _rule() -> dict[str, bool]:
    return {"is_due": is_password_due(), "is_strict": is_strict()}


@blueprint.route("/account/second-factor", methods=["GET", "POST"])
@signed_in
@confirmed
def second_factor() -> ResponseReturnValue:
    """Set up one-time codes on my phone; after the password, so that a browser left open is not enough."""
    form = SecondFactorForm(offered=totp.offer(g.user) if request.method == "GET" else None)

    def act() -> None:
        totp.enrol(g.user.id, form.offered.data or "", form.code.data or "", by=actor())
        flash(_("From now on the phone's code is asked for when you sign in."), "good")

    return answer(form, act, then=url_for("accounts.account"), page=lambda: _second_factor_page(form))


def _second_factor_page(form: SecondFactorForm) -> str:
    secret = totp.secret_in(form.offered.data or "", g.user.id)
    picture = qr(totp.link(secret, g.user, office().office_name))
    return render_template(
        "accounts/second_factor.html", form=form, secret=secret, picture=picture, is_due=is_second_factor_due()
    )


@blueprint.post("/account/sessions/<int:session_id>/end")
@signed_in
def end_session(session_id: int) -> ResponseReturnValue:
    """End one of my sessions."""
    sessions.end_own(session_id, by=actor())
    flash(_("That session has ended."), "good")
    return redirect(url_for("accounts.account"), 303)


@blueprint.post("/account/sessions/end-others")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """End all my sessions but this one."""
    sessions.end_others(by=actor())
    flash(_("All your other sessions have ended."), "good")
    return redirect(url_for("accounts.account"), 303)


@blueprint.get("/permissions")
@signed_in
def permissions() -> ResponseReturnValue:
    """Which role may do what: the one matrix, printed."""
    return render_template("accounts/permissions.html", roles=list(Role), rows=permission_table())
