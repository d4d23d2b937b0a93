"""Do the numbers on papers look as they should, and read back?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.domain.calendar import Month
from relief.domain.numbering import (
    CaseNumber,
    FileNumber,
    PaperNumber,
    case_number,
    file_number,
    read_case_number,
    read_file_number,
    read_sheet_number,
    read_voucher_number,
    sheet_number,
    voucher_number,
)

FEBRUARY = Month(2026, 2)


def test_numbers_look_as_the_office_writes_them() -> None:
    assert sheet_number("XLGH", "F4", FEBRUARY, 3) == "XLGH-F4-202602-S03"
    assert voucher_number("XLGH", "F4", FEBRUARY, 123) == "XLGH-F4-202602-000123"
    assert case_number("XLGH", "TS", 2026, 12) == "XLGH-TS-2026-00012"
    assert file_number("XLGH", 123) == "XLGH-D000123"


@given(st.sampled_from(["XLGH", "ABC", "YL2"]), st.sampled_from(["F1", "F7"]), st.integers(1, 10**8))
def test_numbers_read_back_and_are_never_taken_for_each_other(prefix: str, fund: str, serial: int) -> None:
    paper = PaperNumber(prefix, fund, FEBRUARY, serial)
    sheet, voucher = (
        sheet_number(prefix, fund, FEBRUARY, serial),
        voucher_number(prefix, fund, FEBRUARY, serial),
    )
    case, file = case_number(prefix, "TS", 2026, serial), file_number(prefix, serial)
    assert read_sheet_number(sheet) == read_voucher_number(voucher) == paper
    assert read_case_number(case) == CaseNumber(prefix, "TS", 2026, serial)
    assert read_file_number(file) == FileNumber(prefix, serial)
    readers = (read_sheet_number, read_voucher_number, read_case_number, read_file_number)
    for text in (sheet, voucher, case, file):
        assert sum(read(text) is not None for read in readers) == 1


def test_case_and_blanks_do_not_matter() -> None:
    assert read_voucher_number(" xlgh-f4-202602-000123\n") == PaperNumber("XLGH", "F4", FEBRUARY, 123)


@pytest.mark.parametrize(
    "text", ["", "XLGH-F4-202613-000123", "XLGH-F4-202602-123", "XLGH-F4-202602-S3", "XLGH-D12", "２"]
)
def test_other_texts_are_no_numbers(text: str) -> None:
    assert read_voucher_number(text) is read_sheet_number(text) is None
    assert read_case_number(text) is read_file_number(text) is None


def test_numbers_begin_at_one() -> None:
    with pytest.raises(ValueError, match="begin at 1"):
        voucher_number("XLGH", "F4", FEBRUARY, 0)
