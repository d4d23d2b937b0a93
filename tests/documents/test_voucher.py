"""What does a voucher say, and does it look like what an accountant files?"""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from relief.documents.paper import Private
from relief.documents.voucher import Voucher, voucher_pdf
from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.money import Money, in_capitals
from tests.documents.cast import LINK, OIL, RARE, RICE, a_voucher, the_longest_voucher
from tests.documents.reading import codes_in, facts_of, is_sound, letters_of, pixels_of, text_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def usual() -> bytes:
    return voucher_pdf([a_voucher()], "zh")


@pytest.fixture(scope="module")
def longest() -> bytes:
    return voucher_pdf([the_longest_voucher()], "zh")


def test_every_value_stands_on_the_archive_copy(usual: bytes) -> None:
    text = letters_of(usual)
    for value in (
        "困难职工救助金领款单", "黑龙江省兴隆林业局工会", "XLGH-F4-202602-000123", "存档联", "单位：东兴林场工会",
        "2026年2月9日", "张建国", "230306196304054513", "特殊救助", "XLGH-2026-000045", "2026年2月", "人民币叁仟元整",
        "¥3,000.00", "中国农业银行巴彦兴隆支行", "6228480000000000000", "3张", "批准：孙德福", "审核：赵敏",
        "经手人：李秀英", "经手人：王志强", "出纳：", "领款人签字", "指印", "证明人", "记账凭证号", "作废章位",
        "扫码核验", "2026年2月9日14:05", "0451-57500000", "2026年1月住房火灾，家中物品烧毁，生活困难。",
    ):  # fmt: skip
        assert value in text, value


def test_the_labels_can_be_read_in_english() -> None:
    text = text_of(voucher_pdf([a_voucher()], "en"))
    for value in ("Voucher of hardship relief", "Special relief", "February 2026", "Archive copy", "人民币叁仟元整"):
        assert value in text, value
    assert "领款人" not in text


def test_the_masked_copy_shows_neither_the_id_nor_the_account() -> None:
    text = letters_of(voucher_pdf([the_longest_voucher()], "zh", copy="masked"))
    assert "230306196304054513" not in text
    assert "6228480000000000000" not in text
    assert "23012619800101001X" not in text
    assert "230***********4513" in text
    assert "个人信息已隐去" in text


def test_an_archive_copy_is_not_made_from_masked_values() -> None:
    with pytest.raises(ValueError, match="full value"):
        voucher_pdf([a_voucher(resident_id=Private("230***********4513"))], "zh")


def test_it_is_one_page_of_a5_landscape_that_says_what_it_is(longest: bytes) -> None:
    facts = facts_of(longest)
    assert facts["Pages"] == "1"
    assert facts["Page size"].startswith("595.276 x 419.528 pts")
    assert facts["Title"] == "困难职工救助金领款单 XLGH-F4-202602-000123"


def test_the_file_is_produced_as_pdf_a_in_its_language_and_is_sound(usual: bytes) -> None:
    assert is_sound(usual)
    catalogue = PdfReader(BytesIO(usual)).trailer["/Root"]
    assert catalogue["/Lang"] == "zh-CN"
    assert catalogue["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    said = catalogue["/Metadata"].get_data().decode()
    assert ('pdfaid:part="3"' in said) or ("part>3</" in said)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_code_leads_to_the_address(locale: str) -> None:
    assert codes_in(pixels_of(voucher_pdf([a_voucher()], locale))[0]) == [LINK]


def test_without_an_address_it_gives_a_telephone_and_no_code() -> None:
    document = voucher_pdf([a_voucher(verify_url=None)], "zh")
    assert "核验请拨打0451-57500000并报领款单号" in letters_of(document)
    assert b"/Image" not in document


@pytest.mark.parametrize("yuan", ["0.05", "10.00", "1001.10", "16409.02", "107000.53", "999999999.99"])
def test_capitals_and_figures_tell_the_same_amount(yuan: str) -> None:
    amount = Money.parse(yuan)
    text = letters_of(voucher_pdf([a_voucher(amount=amount)], "zh"))
    assert in_capitals(amount) in text
    assert f"¥{amount}" in text


def test_rare_names_are_text_that_can_be_found_again() -> None:
    assert RARE in letters_of(voucher_pdf([a_voucher(payee=RARE)], "zh"))


def test_a_character_without_a_glyph_refuses_the_voucher_and_names_it() -> None:
    with pytest.raises(RuleBroken) as refused:
        voucher_pdf([a_voucher(payee="张𦭎")], "zh")
    assert refused.value.field == "name"
    assert refused.value.sentence.params["character"] == "𦭎"


def test_goods_take_the_place_of_the_account() -> None:
    text = letters_of(voucher_pdf([a_voucher(goods=(RICE, OIL), way=label("Goods"))], "zh"))
    assert "东北大米（5千克装）2袋×45.00元＝90.00元" in text
    assert "开户银行" not in text


def test_a_voucher_issued_again_cites_the_old_one(longest: bytes) -> None:
    assert "原领款单XLGH-F4-202601-000098已作废" in letters_of(longest)


def test_markup_in_a_name_is_only_text() -> None:
    text = letters_of(voucher_pdf([a_voucher(payee="<b>&amp;</b>{{7*7}}")], "zh"))
    assert "<b>&amp;</b>{{7*7}}" in text


def test_the_same_voucher_gives_the_same_bytes(usual: bytes) -> None:
    assert voucher_pdf([a_voucher()], "zh") == usual


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_that_printed_nothing_before_makes_the_same_bytes(usual: bytes, seed: str) -> None:
    script = (
        "import hashlib; from relief.documents.voucher import voucher_pdf; from tests.documents.cast import a_voucher; "
        "print(hashlib.sha256(voucher_pdf([a_voucher()], 'zh')).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=environment).stdout
    assert told.strip() == sha256(usual).hexdigest()


def test_a_voucher_among_others_looks_as_it_does_alone() -> None:
    papers: list[Voucher] = [a_voucher(), the_longest_voucher(), a_voucher(goods=(RICE,), verify_url=None)]
    together = pixels_of(voucher_pdf(papers, "zh"))
    alone = [pixels_of(voucher_pdf([one], "zh"))[0] for one in papers]
    assert [one.tobytes() for one in together] == [one.tobytes() for one in alone]
