"""What becomes of many vouchers at once? One file, the unprintable ones named, each page as if alone."""

from __future__ import annotations

import pytest

from relief.documents.batch import CHUNK
from relief.documents.voucher import voucher_batch, voucher_pdf
from tests.documents.cast import LINK, a_voucher
from tests.documents.reading import facts_of, is_sound, letters_of, pixels_of

MANY = [a_voucher(number=f"XLGH-F4-202602-{at:06d}", verify_url=f"{LINK}{at}") for at in range(1, CHUNK + 4)]


def test_one_that_cannot_be_printed_is_named_and_the_rest_go_on() -> None:
    batch = voucher_batch([MANY[0], a_voucher(payee="𦭎"), MANY[1]], "zh")
    assert list(batch.refused) == [1]
    assert batch.refused[1].sentence.params["character"] == "𦭎"
    assert facts_of(batch.pdf)["Pages"] == "2"


def test_a_batch_of_nothing_printable_is_empty() -> None:
    batch = voucher_batch([a_voucher(payee="𦭎")], "zh")
    assert batch.pdf == b""
    assert list(batch.refused) == [0]


@pytest.mark.parametrize("workers", [1, 2])
def test_more_than_a_chunk_becomes_one_sound_file_in_order(workers: int) -> None:
    told: list[tuple[int, int]] = []
    batch = voucher_batch(MANY, "zh", workers=workers, progress=lambda done, of: told.append((done, of)))
    assert told == [(CHUNK, len(MANY)), (len(MANY), len(MANY))]
    assert is_sound(batch.pdf)
    text = letters_of(batch.pdf)
    places = [text.index(one.number) for one in MANY]
    assert places == sorted(places)
    last = pixels_of(voucher_pdf([MANY[-1]], "zh"), 60)[0]
    assert pixels_of(batch.pdf, 60)[-1].tobytes() == last.tobytes()
