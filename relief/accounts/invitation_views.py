"""How is a link for a password made, handed over once, and used?"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from relief.accounts import invitations
from relief.accounts.blueprint import blueprint
from relief.accounts.forms import InvitationCodeForm, NewPasswordForm
from relief.accounts.invitations import Issued
from relief.accounts.models import User
from relief.accounts.passwords import is_strict
from relief.accounts.slips import slip_of
from relief.documents.qr import qr
from relief.documents.slip import invitation_pdf
from relief.domain.errors import RuleBroken
from relief.office import office
from relief.web.access import actor, public, requires
from relief.web.downloads import download
from relief.web.forms import answer
from relief.web.locale import DEFAULT


@blueprint.post("/users/<int:user_id>/invite")
@requires("user.manage")
def invite(user_id: int) -> ResponseReturnValue:
    """Make the link for a first password and show it, this once: loading the page again makes another one."""
    return _handed_over(invitations.invite(user_id, by=actor()))


@blueprint.post("/users/<int:user_id>/reset-password")
@requires("password.reset")
def reset_password(user_id: int) -> ResponseReturnValue:
    """Make the link for a new password and show it, this once."""
    return _handed_over(invitations.reset_password(user_id, by=actor()))


@blueprint.post("/users/<int:user_id>/invitation-slip")
@requires("user.manage", "password.reset")
def invitation_slip(user_id: int) -> ResponseReturnValue:
    """The slip to print, with the link and its picture. The code travels in the form: in no address, in no log."""
    code = request.form.get("code", "")
    slip = slip_of(user_id, code, _link(code), by=actor())
    content = invitation_pdf(slip, str(get_locale() or DEFAULT))
    return download(content, "application/pdf", f"{slip.user_name}.pdf")


def _link(code: str) -> str:
    address = url_for("accounts.invitation", code=code or "-")
    return f"{(office().public_url or request.host_url).rstrip('/')}{address}"


def _handed_over(issued: Issued) -> str:
    link = _link(issued.code)
    return render_template(
        "accounts/invitation_made.html", issued=issued, user=issued.user, link=link, picture=qr(link),
        telephone=office().office_phone,
    )  # fmt: skip


@blueprint.route("/invitation", methods=["GET", "POST"])
@public
def invitation_code() -> ResponseReturnValue:
    """Type the code of a printed slip."""
    form = InvitationCodeForm()

    def act() -> str:
        if invitations.find_open(form.code.data or "") is None:
            raise RuleBroken("code", "This code was used, or it is older than seven days. Ask for a new one.")
        return form.code.data or ""

    return answer(
        form, act, then=lambda code: url_for("accounts.invitation", code=code),
        page=lambda: render_template("accounts/invitation_code.html", form=form),
    )  # fmt: skip


@blueprint.route("/invitation/<code>", methods=["GET", "POST"])
@public
def invitation(code: str) -> ResponseReturnValue:
    """Choose a password with a link that works once."""
    found = invitations.find_open(code)
    if found is None:
        return redirect(url_for("accounts.invitation_gone"), 303)
    form, user = NewPasswordForm(), invitations.user_of(found)

    def act() -> User:
        accepted = invitations.accept(code, form.password.data or "")
        flash(_("Your password is set. Sign in with it now."), "good")
        return accepted

    return answer(
        form, act, then=url_for("accounts.sign_in"),
        page=lambda: render_template("accounts/invitation.html", form=form, user=user, is_strict=is_strict()),
    )  # fmt: skip


@blueprint.get("/invitation-gone")
@public
def invitation_gone() -> ResponseReturnValue:
    """What a link says that was used, is too old, or never was: the same for all three."""
    return render_template("accounts/invitation_gone.html", telephone=office().office_phone), 410
