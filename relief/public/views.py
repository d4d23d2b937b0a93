"""What may anyone ask? Whether a voucher is genuine: its number, month, amount, signed or not; never whose it is."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale

from relief.office import office
from relief.public.routes import PER_ADDRESS, blueprint, limiter
from relief.vouchers.queries import find_by_token
from relief.web.access import public
from relief.web.locale import LANGUAGES


@blueprint.get("/verify/<token>")
@public
@limiter.limit(PER_ADDRESS)
def verify(token: str) -> ResponseReturnValue:
    """The voucher behind a code, or a calm 404; in the language asked for, without a cookie."""
    voucher = find_by_token(token)
    wanted = request.args.get("in", "")
    with force_locale(wanted if wanted in LANGUAGES else str(get_locale())):
        page = render_template(
            "public/verify.html", voucher=voucher, path=request.path, phone=office().office_phone, languages=LANGUAGES
        )
    return page, 200 if voucher else 404
