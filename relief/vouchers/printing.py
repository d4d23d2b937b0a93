"""How is a voucher issued once, and printed as the same bytes with what happened since laid over it?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import sqlalchemy as sa

from relief import clock
from relief.db import db
from relief.documents.batch import CHUNK
from relief.documents.language import words
from relief.documents.layers import Mark, Reprint, Void, merge, page_of, stamp
from relief.documents.paper import Copy
from relief.documents.voucher import voucher_pdf
from relief.domain.errors import NotYours
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.reasons import REASONS
from relief.domain.sentences import Sentence
from relief.domain.workflow import VoucherState
from relief.files.models import IssuedDocument
from relief.files.queries import content_of
from relief.files.service import keep_document
from relief.jobs.registry import Work, job
from relief.persons.models import Person
from relief.vouchers.models import Voucher
from relief.vouchers.papers import paper_of

Tell = Callable[[int, int], None]
PDF = "application/pdf"
PRINTED_AT_ONCE = 20
NAME = label("Relief voucher")
SHEETS_NAME = label("Relief vouchers")
COPY_WORDS = {"archive": label("archive"), "masked": label("masked")}


def printed(vouchers: Sequence[Voucher], copy: str, language: str, *, by: Actor, tell: Tell | None = None) -> bytes:
    """The vouchers as one PDF, a page each: the bytes that were issued, with 补打 or 作废 over them where it is so."""
    pages: list[bytes] = []
    for first in range(0, len(vouchers), CHUNK):
        chunk = vouchers[first : first + CHUNK]
        issued = _issued(chunk, cast(Copy, copy), language, by)
        pages += [_marked(one, page, language, by) for one, page in zip(chunk, issued, strict=True)]
        if tell:
            tell(min(first + CHUNK, len(vouchers)), len(vouchers))
    return merge(pages)


def file_name(voucher: Voucher, copy: str, language: str) -> str:
    """`领款单_XLGH-F4-202602-000123_归档版.pdf`."""
    return _named(NAME, voucher.number, copy, language)


def batch_name(sheet_number: str, copy: str, language: str) -> str:
    """`领款单_XLGH-F4-202602-S03_归档版.pdf`: those of a whole sheet."""
    return _named(SHEETS_NAME, sheet_number, copy, language)


@job("vouchers.print", label("Vouchers of a sheet as one PDF"))
def print_batch(work: Work) -> dict[str, str]:
    """Make the PDF of many vouchers; they were counted as printed when it was asked for."""
    asked = work.params
    ids = [int(one) for one in asked["vouchers"]]
    found = {one.id: one for one in db.session.scalars(sa.select(Voucher).where(Voucher.id.in_(ids)))}
    vouchers = [found[one] for one in ids]
    copy, language = str(asked["copy"]), str(asked["language"])
    content = printed(vouchers, copy, language, by=work.by, tell=work.progress)
    keep_document(
        kind="voucher_batch", subject="job", subject_id=work.job_id, copy=copy, language=language, content=content,
        media_type=PDF, file_name=batch_name(str(asked["sheet"]), copy, language), by=work.by,
    )  # fmt: skip
    return {"url": f"/vouchers/prints/{work.job_id}"}


def get_batch(job_id: int) -> tuple[bytes, str]:
    """The PDF that a job made, and its file name; the caller judged who may have it."""
    made = sa.select(IssuedDocument).where(
        IssuedDocument.kind == "voucher_batch", IssuedDocument.subject == "job", IssuedDocument.subject_id == job_id
    )
    kept = db.session.scalar(made)
    if kept is None:
        raise NotYours
    return content_of(kept), kept.file_name


def _named(what: Sentence, number: str, copy: str, language: str) -> str:
    speech = words(language)
    parts = (speech.say(what), number, speech.say(COPY_WORDS[copy]))
    return "_".join(part.replace(" ", "-") for part in parts) + ".pdf"


def _issued(vouchers: Sequence[Voucher], copy: Copy, language: str, by: Actor) -> list[bytes]:
    """Each voucher's issued page; those that were never issued are laid out together and kept."""
    kept = _kept(vouchers, copy, language)
    fresh = [one for one in vouchers if one.id not in kept]
    if fresh:
        together = voucher_pdf([paper_of(one) for one in fresh], language, copy)
        for place, voucher in enumerate(fresh):
            page = together if len(fresh) == 1 else page_of(together, place)
            document = keep_document(
                **_place(voucher, copy, language), content=page, media_type=PDF,
                file_name=file_name(voucher, copy, language), by=by, union_id=voucher.union_id,
            )  # fmt: skip
            kept[voucher.id] = content_of(document)
    return [kept[one.id] for one in vouchers]


def _place(voucher: Voucher, copy: Copy, language: str) -> dict[str, Any]:
    return {"kind": "voucher", "subject": "voucher", "subject_id": voucher.id, "copy": copy, "language": language}


def _kept(vouchers: Sequence[Voucher], copy: Copy, language: str) -> dict[int, bytes]:
    documents = db.session.scalars(
        sa.select(IssuedDocument).where(
            IssuedDocument.kind == "voucher", IssuedDocument.subject == "voucher", IssuedDocument.copy == copy,
            IssuedDocument.language == language, IssuedDocument.subject_id.in_([one.id for one in vouchers]),
        )
    )  # fmt: skip
    return {document.subject_id: content_of(document) for document in documents}


def _marked(voucher: Voucher, page: bytes, language: str, by: Actor) -> bytes:
    mark = _mark(voucher, language, by)
    return stamp(page, mark, language) if mark else page


def _mark(voucher: Voucher, language: str, by: Actor) -> Mark | None:
    """作废 once it is void; 补打 第n次 from the second printing on."""
    if voucher.state == VoucherState.VOID:
        assert voucher.voided_at is not None
        who = db.session.get(Person, voucher.voided_by) if voucher.voided_by else None
        why = words(language).say(REASONS["void"][voucher.void_reason or "V03"])
        by_whom = who.name if who else words(language).say(label("the system"))
        return Void(why, clock.business_date(voucher.voided_at), by_whom)
    if voucher.printed > 1:
        return Reprint(voucher.printed - 1, clock.today(), by.name)
    return None

