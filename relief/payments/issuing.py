"""How is a released sheet issued once, and handed out as the same bytes with a mark over them?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from relief import clock
from relief.audit.service import record_access
from relief.documents.language import words
from relief.documents.paper import ARCHIVE, MASKED, Copy
from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.permissions import Actor, system_actor
from relief.files.queries import content_of, find_document
from relief.files.service import keep_document
from relief.jobs.registry import Work, job
from relief.payments.models import Sheet
from relief.payments.papers import is_final, sheet_paper
from relief.payments.queries import get_sheet

KIND = "sheet"
MEDIA_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "pdf": "application/pdf"}
NAME = label("Detailed disbursement sheet")
GOODS_NAME = label("Sign-for sheet")
COPY_WORDS = {ARCHIVE: label("archive"), MASKED: label("masked")}
WHY = ("pay", "sign", "file", "audit")


@dataclass(frozen=True)
class Taken:
    """A file to hand out."""

    content: bytes
    media_type: str
    file_name: str


def prepare_file(sheet_id: int, *, copy: str, file_format: str, language: str, reason: str | None, by: Actor) -> Sheet:
    """Judge whether this person may take such a copy, and issue it if the sheet is released and it is not yet.

    An archive copy needs `account.read` and a reason of the list: RuleBroken on `reason`.
    """
    sheet = get_sheet(sheet_id, by=by)
    _judge(copy, reason, by)
    if is_final(sheet):
        issue(sheet, cast(Copy, copy), file_format, language, by=by)
    return sheet


def take_away(sheet_id: int, *, copy: str, file_format: str, language: str, reason: str | None, by: Actor) -> Taken:
    """The file: the bytes that were issued, or of a draft a rendering that says so and is not kept.

    A mark lies over each page of a PDF: who took an archive copy and when, or that nothing was released yet. An
    archive copy is written to the access log.
    """
    sheet, wanted = get_sheet(sheet_id, by=by), cast(Copy, copy)
    _judge(copy, reason, by)
    content = _kept(sheet, wanted, file_format, language) if is_final(sheet) else None
    if content is None:
        content = _rendered(sheet, wanted, file_format, language)
    if wanted == ARCHIVE:
        record_access("sheet.archive", "sheet", sheet.id, by=by, reason=reason)
    if file_format == "pdf":
        content = _marked(content, sheet, wanted, language, by)
    return Taken(content, MEDIA_TYPES[file_format], file_name(sheet, wanted, file_format, language))


def issue(sheet: Sheet, copy: Copy, file_format: str, language: str, *, by: Actor) -> None:
    """Render and keep a paper of a released sheet, unless it is kept already."""
    if _kept(sheet, copy, file_format, language) is None:
        keep_document(
            **_place(sheet, copy, language), content=_rendered(sheet, copy, file_format, language),
            media_type=MEDIA_TYPES[file_format], file_name=file_name(sheet, copy, file_format, language), by=by,
        )  # fmt: skip


@job("sheet.issue", label("Papers of a released sheet"))
def issue_papers(work: Work) -> dict[str, str]:
    """Render and keep every paper of a sheet; what is kept already stays."""
    sheet = get_sheet(int(work.params["sheet"]), by=system_actor())
    wanted = [(copy, form) for copy in (ARCHIVE, MASKED) for form in MEDIA_TYPES]
    for done, (copy, form) in enumerate(wanted, 1):
        issue(sheet, copy, form, "zh_Hans_CN", by=work.by)
        work.progress(done, len(wanted))
    return {"url": f"/sheets/{sheet.id}"}


def file_name(sheet: Sheet, copy: Copy, file_format: str, language: str) -> str:
    """`发放明细表_XLGH-F4-202602-S03_归档版.xlsx`: what it is, which one, which copy."""
    speech = words(language)
    number = sheet.number or f"{sheet.fund.code}-{sheet.month.replace('-', '')}-{sheet.id}"
    parts = [speech.say(GOODS_NAME if sheet.is_goods else NAME), number, speech.say(COPY_WORDS[copy])]
    if not is_final(sheet):
        parts.append(speech.gettext("draft, not released"))
    return "_".join(part.replace(" ", "-") for part in parts) + f".{file_format}"


def _judge(copy: str, reason: str | None, by: Actor) -> None:
    if copy == ARCHIVE:
        by.require("account.read")
        if reason not in WHY:
            raise RuleBroken("reason", "Say why the full numbers are needed.")


def _place(sheet: Sheet, copy: Copy, language: str) -> dict[str, Any]:
    return {"kind": KIND, "subject": "sheet", "subject_id": sheet.id, "copy": copy, "language": language}


def _kept(sheet: Sheet, copy: Copy, file_format: str, language: str) -> bytes | None:
    kept = find_document(**_place(sheet, copy, language), media_type=MEDIA_TYPES[file_format])
    return content_of(kept) if kept else None


def _rendered(sheet: Sheet, copy: Copy, file_format: str, language: str) -> bytes:
    if file_format == "pdf":
        from relief.documents.sheet import sheet_pdf

        return sheet_pdf(sheet_paper(sheet), language, copy)
    from relief.documents.sheet_workbook import sheet_xlsx

    return sheet_xlsx(sheet_paper(sheet), language, copy)


def _marked(content: bytes, sheet: Sheet, copy: Copy, language: str, by: Actor) -> bytes:
    """A layer over the pages: not released yet, or who took this archive copy and when."""
    from relief.documents.layers import Watermark, stamp

    speech = words(language)
    if not is_final(sheet):
        return stamp(content, Watermark(speech.gettext("Draft, not released")), language)
    if copy == MASKED:
        return content
    now = clock.now().astimezone(clock.SHANGHAI)
    return stamp(content, Watermark(f"{by.name} {now:%Y-%m-%d %H:%M}"), language)
