"""Does one record feed all papers of a file, each on few pages and with room to sign?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from relief.documents.file_papers import FilePaper, FilePaperKind, PaperMember, file_paper_pdf
from relief.documents.visit_record import RecordedPromise, VisitRecord, visit_record_pdf
from relief.documents.visit_sheet import SheetBlock, SheetPaper, visit_sheet_pdf
from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.visit_codes import Aspect
from relief.domain.visit_sheet_keys import IN_MONTHS, PLACE_KEYS, RESULTS, THEME_KEYS
from tests.documents.cast import LONGEST_NAME, LONGEST_UNIT, OFFICE, RARE
from tests.documents.reading import codes_in, facts_of, letters_of, pixels_of, right_edges_of

HEAD = PaperMember(
    "张桂兰", label("Head of household"), label("Woman"), "230306196304054513", date(1963, 4, 5), "糖尿病",
    Money.yuan(1200), "退休",
)  # fmt: skip
PAPER = FilePaper(
    number="XLGH-D000123", office=OFFICE, unit="东兴林场工会", name="张桂兰", resident_id="230306196304054513",
    telephone="13800001234", address="兴隆镇东风路3号", nation="汉", members=(HEAD,), category=label("Deep hardship"),
    tier=label("Bureau file"), main_cause=label("Struck by severe illness"), other_causes=(label("Children at school"),),
    cause_note="透析", heating=label("Coal"), income=Money.yuan(14400), rigid=Money.yuan(6000),
    net_per_head=Money.yuan(700), bank="农业银行兴隆支行", account="**** 0000", opened_on=date(2025, 3, 1),
    reviewed_on=date(2026, 1, 5), printed_on=date(2026, 3, 10), keeper="王秀兰",
    purposes=((label("Keeping the file"), date(2025, 3, 1)), (label("Public notice"), None)),
    aspects=tuple((one.label, "炉子旧" if one is Aspect.HEATING else "") for one in Aspect), last_on=date(2026, 2, 3),
    office_telephone="0451-57500000",
)  # fmt: skip
LINK = "https://relief.example.org/visits/sheets/K7M-4PX"


def block(place: int, **other: object) -> SheetBlock:
    usual: dict[str, object] = {
        "place": place, "name": "张桂兰", "number": "XLGH-D000123", "resident_id": "230***********4513",
        "address": "兴隆镇东风路3号", "telephone": "13800001234", "unit": "东兴林场", "members": ("张明",),
        "heating": label("Coal"),
    }  # fmt: skip
    return SheetBlock(**(usual | other))  # type: ignore[arg-type]


def sheet(*blocks: SheetBlock) -> SheetPaper:
    return SheetPaper(
        code="K7M-4PX", office=OFFICE, unit="东兴林场工会", kind=label("Verification visit"), day=date(2026, 3, 10),
        visitors=("王秀兰", "老赵"), blocks=blocks, results=RESULTS,
        places={key: one.label for key, one in PLACE_KEYS.items()},
        themes={key: one.label for key, one in THEME_KEYS.items()}, aspects=tuple(one.label for one in Aspect),
        months=tuple(IN_MONTHS), link=LINK,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "pages", "says"),
    [
        ("application", 1, ("张桂兰", "230306196304054513", "13800001234", "兴隆镇东风路3号", "透析")),
        ("consent", 1, ("张桂兰", "0451-57500000", "2025年3月1日")),
        ("authorisation", 1, ("张桂兰", "230306196304054513", "兴隆镇东风路3号")),
        ("file_form", 2, ("农业银行兴隆支行", "****0000", "14,400.00", "700.00", "糖尿病", "炉子旧")),
        ("survey", 1, ("张桂兰", "炉子旧", "2026年2月3日", "14,400.00")),
    ],
)
def test_each_paper_says_what_the_file_holds(kind: FilePaperKind, pages: int, says: tuple[str, ...]) -> None:
    document = file_paper_pdf(kind, PAPER, "zh")
    text = letters_of(document)
    for value in (*says, "XLGH-D000123", OFFICE):
        assert value in text, value
    assert 1 <= int(facts_of(document)["Pages"]) <= pages
    assert facts_of(document)["Page size"].startswith("595.276 x 841.89 pts (A4)")


@pytest.mark.parametrize("kind", ["application", "consent", "authorisation", "file_form", "survey"])
def test_a_file_that_knows_little_prints_all_the_same(kind: FilePaperKind) -> None:
    bare = replace(
        PAPER, members=(), income=None, rigid=None, net_per_head=None, bank="", account="", reviewed_on=None,
        telephone="", address="", other_causes=(), cause_note="", last_on=None, purposes=(),
    )  # fmt: skip
    assert "张桂兰" in letters_of(file_paper_pdf(kind, bare, "en"))
    with pytest.raises(RuleBroken):
        file_paper_pdf(kind, replace(PAPER, unit="𦭎"), "zh")


def test_the_record_of_a_visit_says_all_that_was_told() -> None:
    promise = RecordedPromise("修炉子", "李建国", date(2026, 3, 20), label("Not begun"))
    record = VisitRecord(
        office=OFFICE, unit="东兴林场工会", number="XLGH-D000123", name=RARE, kind=label("Verification visit"),
        on=date(2026, 3, 9), place=label("At home"), visitors=("王秀兰", "李建国", "老赵"), talked_to="张桂兰",
        unchanged=True, seen=((label("Heating"), "炉子旧"),), needs=((label("Medical care"), "缺药"),),
        promises=(promise,), note="门前路滑", next_on=date(2026, 4, 9), entered_by="王秀兰", entered_on=date(2026, 3, 10),
        is_late=True,
    )  # fmt: skip
    text = letters_of(visit_record_pdf(record, "zh"))
    for value in (RARE, "炉子旧", "缺药", "修炉子", "2026年3月20日", "门前路滑", "2026年4月9日", "老赵", "李建国"):
        assert value in text, value


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_sheet_has_three_households_a_page_and_its_code_on_each(locale: str) -> None:
    long = {"name": LONGEST_NAME, "unit": LONGEST_UNIT, "members": (LONGEST_NAME,) * 9, "address": "兴" * 120}
    seen = tuple((one.label, "屋顶漏雨，炉子旧，" * 12) for one in Aspect)
    longest = block(4, **long, last_on=date(2026, 2, 3), last_seen=seen)
    document = visit_sheet_pdf(sheet(block(1), block(2), block(3), longest, longest, longest, block(7)), locale)
    pictures = pixels_of(document)
    assert len(pictures) == 3
    assert [codes_in(one) for one in pictures] == [[LINK]] * 3
    text = letters_of(document)
    assert text.count("K7M-4PX") >= 3
    assert text.count("230***********4513") == 7


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_box_of_a_sheet_lies_inside_its_frame(locale: str) -> None:
    edge = (210 - 11) / 25.4 * 72
    assert max(right_edges_of(visit_sheet_pdf(sheet(block(1), block(2), block(3)), locale))) <= edge
