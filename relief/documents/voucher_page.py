"""Which words of a voucher go where? Everything that differs from one voucher to the next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from relief.documents import voucher_form as form
from relief.documents.batch import Batch, render_in_chunks
from relief.documents.language import Words, words
from relief.documents.layers import underlay
from relief.documents.paper import COPY_NAMES, Copy
from relief.documents.pdf import refused_papers, render
from relief.documents.placing import Box, Page, Picture
from relief.documents.qr import qr
from relief.documents.voucher import Voucher
from relief.domain.money import in_capitals


def rendered(vouchers: Sequence[Voucher], locale: str, copy: Copy, **batch: Any) -> bytes:
    """The vouchers' words over their forms; `batch` is handed to `render_in_chunks`."""
    speech = words(locale)
    pages = [page_of_words(one, speech, copy) for one in vouchers]
    forms = [form_pdf(speech.tag, copy, bool(one.goods), bool(one.verify_url)) for one in vouchers]
    return underlay(render_in_chunks("placed", pages, locale, **batch), forms)


def rendered_batch(vouchers: Sequence[Voucher], locale: str, copy: Copy, **batch: Any) -> Batch:
    """What can be printed of the vouchers, and which are refused."""
    speech = words(locale)
    refused = refused_papers("placed", [page_of_words(one, speech, copy) for one in vouchers], locale)
    kept = [one for place, one in enumerate(vouchers) if place not in refused]
    return Batch(rendered(kept, locale, copy, **batch) if kept else b"", refused)


def page_of_words(voucher: Voucher, speech: Words, copy: Copy) -> Page:
    """The voucher's own words at their places on the form."""
    page = Page(f"{speech.gettext('Voucher of hardship relief')} {voucher.number}", voucher.office)
    boxes = _boxes(bool(voucher.goods))
    for name, text in _values(voucher, speech, copy).items():
        if name in boxes:
            page.write(text, boxes[name])
    for name, text in _hands(voucher).items():
        page.write(f"{speech.say(form.LABELS[name])}{speech.gettext(': ')}{text}", boxes[name])
    _head(page, voucher, speech)
    return page


@lru_cache(maxsize=32)
def form_pdf(locale: str, copy: Copy, goods: bool, code: bool) -> bytes:
    """The form under the words, one page, laid out once per process."""
    speech = words(locale)
    return render("placed", [form.form(speech, speech.say(COPY_NAMES[copy]), goods, code)], locale)


@lru_cache(maxsize=2)
def _boxes(goods: bool) -> dict[str, Box]:
    return form.boxes(goods)


def _values(voucher: Voucher, speech: Words, copy: Copy) -> dict[str, str]:
    agent = voucher.agent
    return {
        "payee": voucher.payee,
        "resident_id": voucher.resident_id.shown(copy),
        "kind": speech.say(voucher.kind),
        "fund": speech.say(voucher.fund),
        "case_number": voucher.case_number,
        "month": speech.month(voucher.month),
        "reason": speech.say(voucher.reason),
        "capitals": in_capitals(voucher.amount),
        "figures": f"¥{voucher.amount}",
        "way": speech.say(voucher.way),
        "bank": voucher.bank,
        "account": voucher.account.shown(copy),
        "goods": speech.say(voucher.goods_line) if voucher.goods else "",
        "agent": agent.name if agent else "",
        "agent_id": agent.resident_id.shown(copy) if agent else "",
        "authority": f"{speech.say(agent.relation)} {agent.authorisation}" if agent else "",
        "witness": voucher.witness,
        "attachments": speech.ngettext("%(num)d sheet", "%(num)d sheets", voucher.attachments)
        % {"num": voucher.attachments},
        "entry_number": voucher.entry_number,
    }


def _hands(voucher: Voucher) -> dict[str, str]:
    first, second, *_ = (*voucher.handlers, "", "")
    return {
        "approver": voucher.approver,
        "reviewer": voucher.reviewer,
        "handler_1": first,
        "handler_2": second,
        "cashier": "",
    }


def _head(page: Page, voucher: Voucher, speech: Words) -> None:
    page.write(voucher.office, form.OFFICE)
    page.write(f"№ {voucher.number}", form.NUMBER)
    page.write(f"{speech.gettext('Unit')}{speech.gettext(': ')}{voucher.unit}", form.UNIT)
    page.write(speech.day(voucher.made_at.date()), form.DAY)
    if voucher.replaces:
        page.write(speech.gettext("Replaces void %(number)s") % {"number": voucher.replaces}, form.REPLACES)
    if voucher.verify_url:
        page.pictures.append(Picture(qr(voucher.verify_url), *form.CODE))
    else:
        call = speech.gettext("To verify, call %(telephone)s and give the number above.")
        page.write(call % {"telephone": voucher.telephone}, form.CALL)
    made = speech.gettext(
        "Made %(moment)s. Telephone %(telephone)s. The payee signs in person; nobody signs for another "
        "without a written authorisation."
    )
    page.write(made % {"moment": speech.moment(voucher.made_at), "telephone": voucher.telephone}, form.FOOT)
