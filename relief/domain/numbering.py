"""What do the numbers on papers look like? Built and read back; the office's prefix is a parameter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from relief.domain.month import Month

_PREFIX = r"(?P<prefix>[A-Z][A-Z0-9]{1,9})"
_FUND = r"(?P<fund>[A-Z][A-Z0-9]{0,5})"
_SHEET = re.compile(rf"{_PREFIX}-{_FUND}-(?P<month>\d{{6}})-S(?P<serial>\d{{2,}})", re.ASCII)
_VOUCHER = re.compile(rf"{_PREFIX}-{_FUND}-(?P<month>\d{{6}})-(?P<serial>\d{{6,}})", re.ASCII)
_CASE = re.compile(rf"{_PREFIX}-(?P<mark>[A-Z]{{2}})-(?P<year>\d{{4}})-(?P<serial>\d{{5,}})", re.ASCII)
_FILE = re.compile(rf"{_PREFIX}-D(?P<serial>\d{{6,}})", re.ASCII)


@dataclass(frozen=True)
class PaperNumber:
    """A number of a sheet or voucher, taken apart; gap-free per fund and month."""

    prefix: str
    fund: str
    month: Month
    serial: int


@dataclass(frozen=True)
class CaseNumber:
    """A case's number, taken apart; `mark` stands for the kind of aid."""

    prefix: str
    mark: str
    year: int
    serial: int


@dataclass(frozen=True)
class FileNumber:
    """A household file's number, taken apart; it stays the household's through every year."""

    prefix: str
    serial: int


def sheet_number(prefix: str, fund: str, month: Month, serial: int) -> str:
    """`XLGH-F4-202602-S03`."""
    return f"{prefix}-{fund}-{month.year:04d}{month.month:02d}-S{_counted(serial):02d}"


def voucher_number(prefix: str, fund: str, month: Month, serial: int) -> str:
    """`XLGH-F4-202602-000123`."""
    return f"{prefix}-{fund}-{month.year:04d}{month.month:02d}-{_counted(serial):06d}"


def case_number(prefix: str, mark: str, year: int, serial: int) -> str:
    """`XLGH-TS-2026-00012`."""
    return f"{prefix}-{mark}-{year:04d}-{_counted(serial):05d}"


def file_number(prefix: str, serial: int) -> str:
    """`XLGH-D000123`."""
    return f"{prefix}-D{_counted(serial):06d}"


def read_sheet_number(text: str) -> PaperNumber | None:
    """The number taken apart; None for any other text. Case and blanks around it do not matter."""
    return _paper(_SHEET, text)


def read_voucher_number(text: str) -> PaperNumber | None:
    """The number taken apart; None for any other text."""
    return _paper(_VOUCHER, text)


def read_case_number(text: str) -> CaseNumber | None:
    """The number taken apart; None for any other text."""
    found = _CASE.fullmatch(text.strip().upper())
    return found and CaseNumber(found["prefix"], found["mark"], int(found["year"]), int(found["serial"]))


def read_file_number(text: str) -> FileNumber | None:
    """The number taken apart; None for any other text."""
    found = _FILE.fullmatch(text.strip().upper())
    return found and FileNumber(found["prefix"], int(found["serial"]))


def _paper(shape: re.Pattern[str], text: str) -> PaperNumber | None:
    found = shape.fullmatch(text.strip().upper())
    if not found or not 1 <= int(found["month"][4:]) <= 12:
        return None
    return PaperNumber(found["prefix"], found["fund"], Month.parse(found["month"]), int(found["serial"]))


def _counted(serial: int) -> int:
    if serial < 1:
        raise ValueError(f"numbers begin at 1, not {serial}")
    return serial
