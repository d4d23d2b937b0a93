"""Which uploads are kept, what is left of them, and which are refused with which sentence?"""

from __future__ import annotations

import importlib
import io
import time

import pytest
from PIL import Image

from relief.domain.errors import RuleBroken
from relief.files.images import LONGEST_SIDE, thumbnail
from relief.files.judging import MOST_BYTES, Given, judge, judge_all
from tests.rooms.files.papers import PDF, a_bomb, a_drawing, a_photo, a_scan


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def refusal(upload: Given) -> str:
    with pytest.raises(RuleBroken) as caught:
        judge(upload, field="photos")
    assert caught.value.field == "photos"
    return str(caught.value.sentence)


def test_a_photo_stands_upright_and_says_nothing_of_where_it_was_taken() -> None:
    given = a_photo()
    assert b"Secret Phone" in given.content and b"secret comment" in given.content
    kept = judge(given)
    image = opened(kept.content)
    assert (kept.media_type, image.format, image.size) == ("image/jpeg", "JPEG", (40, 60))
    assert not image.getexif()
    assert "comment" not in image.info
    for secret in (b"Secret", b"secret", b"Exif", b"GPS"):
        assert secret not in kept.content


def test_a_png_keeps_its_transparency_and_loses_its_text() -> None:
    image = opened(judge(a_drawing()).content)
    assert (image.format, image.mode, image.info) == ("PNG", "RGBA", {})


def test_a_photo_of_a_big_phone_is_made_smaller() -> None:
    image = opened(judge(a_photo(width=LONGEST_SIDE + 2000, height=600)).content)
    assert max(image.size) == LONGEST_SIDE


def test_a_pdf_is_kept_as_it_came() -> None:
    assert judge(a_scan()).content == PDF


def test_what_hides_behind_a_photo_is_gone() -> None:
    given = a_photo()
    kept = judge(Given("a.jpg", given.content + b"PK\x03\x04<script>alert(1)</script>"))
    assert b"script" not in kept.content and b"PK" not in kept.content


def test_900_million_pixels_are_refused_at_once() -> None:
    bomb = a_bomb()
    assert len(bomb.content) < 200_000
    began = time.process_time()
    assert "too many pixels" in refusal(bomb)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("side, is_kept", [(7071, True), (7072, False)])
def test_the_cap_on_pixels_is_fifty_million(side: int, is_kept: bool) -> None:
    if is_kept:
        assert judge(a_bomb(side)).media_type == "image/png"
    else:
        assert "too many pixels" in refusal(a_bomb(side))


@pytest.mark.parametrize(
    "upload",
    [
        Given("scan.png", a_photo().content),
        Given("scan.jpg", a_drawing().content),
        Given("scan.pdf", a_photo().content),
        Given("photo.jpg", PDF),
        Given("photo.jpg", b"<html><script>alert(1)</script>"),
        Given("photo.jpg", b"GIF89a" + b"\0" * 40),
    ],
)
def test_an_ending_that_lies_is_refused(upload: Given) -> None:
    assert "not what its ending says" in refusal(upload)


@pytest.mark.parametrize("name", ["run.exe", "page.svg", "photo", "photo.jpg.exe", "note.gif", ""])
def test_other_endings_are_refused(name: str) -> None:
    assert "neither a photo" in refusal(Given(name, a_photo().content))


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 archive first " + PDF,
        PDF + b"PK\x03\x04 archive behind",
        PDF + b"<script>alert(1)</script>",
        PDF.replace(b"%%EOF", b"%%E"),
        b"%PDF-9.9" + PDF[8:],
    ],
)
def test_a_pdf_with_something_before_or_behind_it_is_refused(content: bytes) -> None:
    assert refusal(Given("a.pdf", content))


def test_a_photo_that_breaks_off_is_refused_even_after_a_document_was_laid_out() -> None:
    importlib.import_module("weasyprint")
    whole = a_photo(width=400, height=400).content
    assert "damaged" in refusal(Given("a.jpg", whole[: len(whole) // 2]))


def test_empty_and_too_large_files_are_refused() -> None:
    assert "empty" in refusal(Given("a.jpg", b""))
    assert "at most 20 MB" in refusal(Given("a.pdf", b"%PDF-1.7" + b"\0" * MOST_BYTES))


def test_ten_files_at_once_and_no_more() -> None:
    assert len(judge_all([a_scan()] * 10)) == 10
    with pytest.raises(RuleBroken, match="at most 10"):
        judge_all([a_scan()] * 11)


def test_a_name_loses_its_folders_and_control_signs() -> None:
    assert judge(Given("C:\\Users\\..\\诊断\x07书.pdf", PDF)).name == "诊断书.pdf"


def test_a_thumbnail_is_small_and_opaque() -> None:
    image = opened(thumbnail(judge(a_drawing()).content))
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert max(opened(thumbnail(judge(a_photo(width=900, height=500)).content)).size) == 200
