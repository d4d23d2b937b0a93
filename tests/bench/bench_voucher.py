"""How long does a voucher take, alone and among a hundred, beside the naive way to print the same page?"""

from __future__ import annotations

import re

from relief.documents import pdf, voucher_form, voucher_page
from relief.documents.language import words
from relief.documents.paper import ARCHIVE
from relief.documents.placing import Page
from relief.documents.voucher import Voucher, voucher_batch, voucher_pdf
from tests.bench.report import Report, in_turns, seconds_of
from tests.documents.cast import LINK, a_voucher
from tests.documents.reading import letters_of

BATCH, LARGE, NAIVE_ONES = 100, 1000, 5


def run(report: Report) -> None:
    """Single ≥ 3 times as fast as the naive way; each of a hundred ≥ 4, each of a thousand on two cores ≥ 8."""
    papers = [a_voucher(number=f"XLGH-F4-202602-{at:06d}", verify_url=f"{LINK}{at}") for at in range(BATCH)]
    page = whole_page(papers[0])
    report.note("peer: one HTML().write_pdf() each, fresh fonts and styles, the system's Noto Sans CJK")
    report.faster("voucher, one", lambda: voucher_pdf(papers[:1], "zh"), lambda: naive(page), peer_is="naive", reach=3)
    batch, few = in_turns(lambda: voucher_pdf(papers, "zh"), lambda: [naive(page) for _ in range(NAIVE_ONES)], 3)
    report.was_faster(f"voucher, each of {BATCH}", batch / BATCH, few / NAIVE_ONES, peer_is="naive", reach=4)
    many = papers * (LARGE // BATCH)
    large = seconds_of(lambda: voucher_batch(many, "zh", workers=2))
    report.was_faster(
        f"voucher, each of {LARGE} on 2 processes", large / LARGE, few / NAIVE_ONES, peer_is="naive", reach=8
    )
    made = letters_of(voucher_pdf(papers, "zh"))
    report.note(f"read back: {sum(one.number in made for one in papers)} of {BATCH} numbers")


def whole_page(voucher: Voucher) -> Page:
    """Form and words on one page, as a first version would lay them out."""
    speech = words("zh")
    page = voucher_page.page_of_words(voucher, speech, ARCHIVE)
    form = voucher_form.form(speech, "存档联", goods=False, code=True)
    return Page(page.title, page.author, form.words + page.words, form.rules, page.pictures)


def naive(page: Page) -> bytes:
    """What most people write."""
    import weasyprint

    styles = "".join((pdf.TEMPLATES / f"{name}.css").read_text(encoding="utf-8") for name in ("paper", "placed"))
    styles = re.sub(r"@font-face \{.*?\}", "", styles)
    styles = styles.replace('"Relief Sans", "Relief Sans Rare"', '"Noto Sans CJK SC"')
    html = pdf.page_source("placed", [page], "zh").replace("</head>", f"<style>{styles}</style></head>")
    made: bytes = weasyprint.HTML(string=html).write_pdf()
    return made
