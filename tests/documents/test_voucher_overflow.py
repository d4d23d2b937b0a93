"""Do the longest values stay inside their boxes, to the pixel, and is nothing of them cut away?"""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from relief.documents import voucher_form as form
from relief.documents.placing import Box
from relief.documents.voucher import voucher_pdf
from tests.documents.cast import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_UNIT,
    OIL,
    RICE,
    a_voucher,
    the_longest_voucher,
)  # fmt: skip
from tests.documents.reading import drawn_between, letters_of, pixels_of

IN_BOX = form.boxes(goods=False)
TOLERANCE = 0.35

# Field of the voucher → the same voucher without it, and the box that it is meant to stay in.
FIELDS: dict[str, tuple[dict[str, Any], Box]] = {
    "payee": ({"payee": ""}, IN_BOX["payee"]),
    "unit": ({"unit": ""}, form.UNIT),
    "reason": ({"reason": ""}, IN_BOX["reason"]),
    "fund": ({"fund": ""}, IN_BOX["fund"]),
    "bank": ({"bank": ""}, IN_BOX["bank"]),
    "witness": ({"witness": ""}, IN_BOX["witness"]),
    "case_number": ({"case_number": ""}, IN_BOX["case_number"]),
    "entry_number": ({"entry_number": ""}, IN_BOX["entry_number"]),
    "approver": ({"approver": ""}, IN_BOX["approver"]),
    "reviewer": ({"reviewer": ""}, IN_BOX["reviewer"]),
    "replaces": ({"replaces": None}, form.REPLACES),
    "office": ({"office": ""}, form.OFFICE),
}


@pytest.fixture(scope="module", params=["zh", "en"])
def pages(request: pytest.FixtureRequest) -> tuple[Image.Image, dict[str, Image.Image]]:
    """The longest voucher, and the longest voucher without each of its fields."""
    long = {"case_number": "XLGH-2026-1234567890", "approver": LONGEST_NAME, "reviewer": LONGEST_NAME}
    lacking = [the_longest_voucher(**{**long, **without}) for without, _ in FIELDS.values()]
    full, *others = pixels_of(voucher_pdf([the_longest_voucher(**long), *lacking], request.param))
    return full, dict(zip(FIELDS, others, strict=True))


@pytest.mark.parametrize("name", FIELDS)
def test_the_longest_value_stays_in_its_box(name: str, pages: tuple[Image.Image, dict[str, Image.Image]]) -> None:
    full, without = pages
    drawn = drawn_between(without[name], full)
    box = FIELDS[name][1]
    assert drawn is not None
    assert drawn[0] >= box.left - TOLERANCE
    assert drawn[1] >= box.top - TOLERANCE
    assert drawn[2] <= box.left + box.width + TOLERANCE
    assert drawn[3] <= box.top + box.height + TOLERANCE


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_nothing_of_a_long_value_is_cut_away(locale: str) -> None:
    text = letters_of(voucher_pdf([the_longest_voucher()], locale))
    assert text.count(LONGEST_NAME) == 3
    assert LONGEST_UNIT in text
    assert LONGEST_REASON in text


def test_a_long_list_of_goods_stays_in_its_box() -> None:
    box = form.boxes(goods=True)["goods"]
    usual, long = pixels_of(voucher_pdf([a_voucher(goods=(RICE,)), a_voucher(goods=(RICE, OIL, RICE, OIL))], "zh"))
    drawn = drawn_between(usual, long)
    assert drawn is not None
    assert drawn[1] >= box.top - TOLERANCE
    assert drawn[3] <= box.top + box.height + TOLERANCE
    assert drawn[2] <= box.left + box.width + TOLERANCE
