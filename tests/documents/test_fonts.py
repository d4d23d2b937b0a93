"""Can every name be printed, and is bold truly bold? Only pixels prove it."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from relief.documents import pdf
from relief.documents.glyphs import missing_glyphs, printable, refuse_missing
from relief.documents.placing import Box, Page
from relief.domain.errors import RuleBroken
from tests.documents.reading import ink, part_of, pixels_of

FAMILIES = ("ReliefSans", "ReliefSansRare")
RARE_NAMES = "㛃䶮𠅤堃喆𬭊𪨶琹叡㙓𡝗"
SIDE = 14.0


def characters_of(face: str) -> set[int]:
    with TTFont(pdf.FONTS / f"{face}.ttf", lazy=True) as font:
        return set(font.getBestCmap())


def drawn(text: str, bold: bool) -> list[Image.Image]:
    """A picture of each character, large, from one page."""
    page = Page("characters")
    for place, one in enumerate(text):
        page.write(one, Box(place % 13 * 15.0 + 5, place // 13 * 15.0 + 5, SIDE, SIDE, 18, "center", bold))
    whole = pixels_of(pdf.render("placed", [page], "zh"))[0]
    return [part_of(whole, at % 13 * 15.0 + 5, at // 13 * 15.0 + 5, SIDE, SIDE) for at in range(len(text))]


@pytest.mark.parametrize("family", FAMILIES)
def test_both_weights_cover_the_same_characters(family: str) -> None:
    assert characters_of(f"{family}-Regular") == characters_of(f"{family}-Bold")


def test_the_committed_coverage_is_that_of_the_fonts() -> None:
    covered = characters_of("ReliefSans-Regular") | characters_of("ReliefSansRare-Regular")
    assert {ord(one) for one in printable()} == covered


@pytest.mark.parametrize("face", [f"{family}-{weight}" for family in FAMILIES for weight in ("Regular", "Bold")])
def test_outlines_are_those_that_stay_small_in_a_pdf(face: str) -> None:
    with TTFont(pdf.FONTS / f"{face}.ttf", lazy=True) as font:
        assert "glyf" in font
        assert "fvar" not in font
        assert "CFF " not in font


def test_the_national_standards_characters_are_all_there() -> None:
    rows = [bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    text = "".join(row.decode("gb2312", "ignore") for row in rows)
    assert len(text) == 6763
    assert missing_glyphs(text) == set()
    assert missing_glyphs("".join(map(chr, [*range(0x4E00, 0x9FA6), *range(0x3400, 0x4DB6)]))) == set()


def test_rare_names_are_drawn_each_in_its_own_shape() -> None:
    pictures = drawn(RARE_NAMES, bold=False)
    assert min(map(ink, pictures)) > 50_000
    assert len({one.tobytes() for one in pictures}) == len(RARE_NAMES)


def test_bold_is_bold_in_everyday_and_in_rare_characters() -> None:
    text = "困难职工张德福3456Aa" + RARE_NAMES
    for character, thin, thick in zip(text, drawn(text, bold=False), drawn(text, bold=True), strict=True):
        assert ink(thick) > ink(thin) * 1.12, character


@pytest.mark.parametrize("text", ["张建国", "㛃䶮𠅤", "阿卜杜拉·买买提", "O'Neill №1 ¥3,000.00", "甲\u200b乙\n丙"])
def test_what_people_write_can_be_printed(text: str) -> None:
    assert missing_glyphs(text) == set()


def test_a_missing_character_is_named_once_and_first_come_first() -> None:
    assert missing_glyphs("张𦭎\ue000𦭎") == {"𦭎", "\ue000"}
    with pytest.raises(RuleBroken, match="U\\+26B4E"):
        refuse_missing("张𦭎\ue000")


def test_a_glyph_that_is_found_missing_while_drawing_refuses_the_paper() -> None:
    with pytest.raises(RuleBroken, match="U\\+E000"):
        pdf._laid_out("<html lang=zh><title>x</title><p>\ue000", "placed")


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "ftp://127.0.0.1/x", (pdf.FONTS / "LICENSE.txt").as_uri()],
)
def test_nothing_is_fetched_but_our_own_files(address: str) -> None:
    with pytest.raises(RuntimeError, match="not one of our own files"):
        pdf._laid_out(f'<html lang=zh><title>x</title><img src="{address}">', "placed")


def test_a_picture_of_this_machine_does_not_get_onto_a_paper(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "secret.png")
    with pytest.raises(RuntimeError, match="not one of our own files"):
        pdf._laid_out(f'<html lang=zh><title>x</title><img src="{(tmp_path / "secret.png").as_uri()}">', "placed")


def test_a_missing_character_is_refused_before_a_font_of_the_machine_could_stand_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "_laid_out", lambda html, style: pytest.fail("laid out"))
    with pytest.raises(RuleBroken):
        pdf.render("placed", [Page("𦭎")], "zh")


def test_no_connection_is_tried() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        with pytest.raises(RuntimeError):
            pdf._laid_out(f'<html lang=zh><title>x</title><img src="{address}">', "placed")
        with pytest.raises(BlockingIOError):
            server.accept()
