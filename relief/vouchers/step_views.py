"""How is a voucher looked at, signed, filed, and made void?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.domain.workflow import VOUCHER_STEPS, Offer, offers
from relief.files.queries import list_attachments
from relief.files.shown import ShownPaper, shown_papers
from relief.vouchers import queries, service
from relief.vouchers.forms import ArchiveForm, PrintForm, SignForm, VoidForm
from relief.vouchers.models import Voucher
from relief.vouchers.queries import ListedVoucher
from relief.vouchers.routes import blueprint
from relief.web.access import actor, requires
from relief.web.forms import answer
from relief.web.locale import DEFAULT


@dataclass(frozen=True)
class VoucherPage:
    """A voucher as its page prints it, with the one before and the one after it."""

    listed: ListedVoucher
    offers: list[Offer]
    replaces: Voucher | None
    successor: Voucher | None
    papers: list[ShownPaper]


@blueprint.get("/vouchers/<int:voucher_id>")
@requires("sheet.read")
def show(voucher_id: int) -> ResponseReturnValue:
    """One voucher: its number, where it stands, and what can be done."""
    it, form = _page_of(voucher_id), PrintForm(copy="archive", language=DEFAULT)
    return render_template("vouchers/voucher.html", it=it, voucher=it.listed.voucher, form=form)


@blueprint.route("/vouchers/<int:voucher_id>/sign", methods=["GET", "POST"])
@requires("payment.record")
def sign(voucher_id: int) -> ResponseReturnValue:
    """The payee signed."""
    listed = queries.get_voucher(voucher_id, by=actor())
    form = SignForm(version=listed.voucher.version, signed_on=clock.today())

    def act() -> Voucher:
        assert form.signed_on.data is not None
        return service.sign(
            voucher_id, version=form.version.data or 0, signed_on=form.signed_on.data, scans=form.scans.data or [],
            by=actor(),
        )  # fmt: skip

    def then(_voucher: Voucher) -> str:
        flash(_("The signature is recorded."), "good")
        return url_for("vouchers.show", voucher_id=voucher_id)

    return answer(form, act, then=then, page=lambda: render_template("vouchers/sign.html", form=form, it=listed))


@blueprint.route("/vouchers/<int:voucher_id>/archive", methods=["GET", "POST"])
@requires("voucher.print")
def archive(voucher_id: int) -> ResponseReturnValue:
    """File the signed voucher."""
    listed = queries.get_voucher(voucher_id, by=actor())
    form = ArchiveForm(version=listed.voucher.version)

    def act() -> Voucher:
        return service.archive(voucher_id, version=form.version.data or 0, by=actor())

    def then(_voucher: Voucher) -> str:
        flash(_("The voucher is filed."), "good")
        return url_for("vouchers.show", voucher_id=voucher_id)

    return answer(form, act, then=then, page=lambda: render_template("vouchers/archive.html", form=form, it=listed))


@blueprint.route("/vouchers/<int:voucher_id>/void", methods=["GET", "POST"])
@requires("voucher.void")
def void(voucher_id: int) -> ResponseReturnValue:
    """Make a voucher void; the next one cites it."""
    listed = queries.get_voucher(voucher_id, by=actor())
    form = VoidForm(version=listed.voucher.version)

    def act() -> Voucher:
        return service.void(
            voucher_id, version=form.version.data or 0, reason=form.reason.code, note=form.note.data or "", by=actor()
        )

    def then(new: Voucher) -> str:
        flash(_("The voucher is void. The new one is %(number)s.", number=new.number), "good")
        return url_for("vouchers.show", voucher_id=new.id)

    return answer(form, act, then=then, page=lambda: render_template("vouchers/void.html", form=form, it=listed))


def _page_of(voucher_id: int) -> VoucherPage:
    listed = queries.get_voucher(voucher_id, by=actor())
    voucher = listed.voucher
    return VoucherPage(
        listed, offers(VOUCHER_STEPS, voucher.state, actor()), queries.find_replaced(voucher, by=actor()),
        queries.find_successor(voucher), shown_papers(list_attachments("voucher", voucher.id, by=actor()), by=actor()),
    )  # fmt: skip
