"""How are the fonts of the papers made? Two static families, each with the same characters in both weights.

    python tools/fonts.py EXPO_NOTO_SANS_SC_PACKAGE NOTO_SANS_CJK_FOLDER

The first argument is the unpacked npm package `@expo-google-fonts/noto-sans-sc`, the second the folder of
Debian's `fonts-noto-cjk` (NotoSansCJK-*.ttc). `Relief Sans` is small and holds what nearly every paper needs;
`Relief Sans Rare` holds the other Chinese characters of both and costs its time only where it is used.
WeasyPrint keeps glyf outlines small and copies a whole font file for every size of type: hence two families.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

TARGET = Path(__file__).resolve().parent.parent / "relief" / "documents" / "fonts"
SOURCES = {"Regular": "400Regular/NotoSansSC_400Regular.ttf", "Bold": "700Bold/NotoSansSC_700Bold.ttf"}
OFTEN_IN_NAMES = "堃喆镕昇祎珺琇旻昀玥璟韡暐淏浛翀骉甦珮琍瑨瓅禔翾芃茞荍菂诒赟赪闿霈韫頔飏骍鹍㛃䶮"
CHINESE = ((0x3007, 0x3007), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
TABLES_NOT_NEEDED = ["vhea", "vmtx", "VORG", "BASE", "STAT", "DSIG", "meta", "GSUB", "GDEF"]


def main(package: Path, cjk: Path) -> None:
    """Write four faces; the two weights of a family cover the same characters, or nothing is written."""
    TARGET.mkdir(exist_ok=True)
    covered = []
    for weight, name in SOURCES.items():
        everyday, rare = families(TTFont(package / name), chinese_face(cjk / f"NotoSansCJK-{weight}.ttc"))
        covered.append((set(everyday.getBestCmap()), set(rare.getBestCmap())))
        write_widths(everyday, weight)
        finish(everyday, "Relief Sans", weight).save(TARGET / f"ReliefSans-{weight}.ttf")
        finish(rare, "Relief Sans Rare", weight).save(TARGET / f"ReliefSansRare-{weight}.ttf")
    if covered[0] != covered[1]:
        sys.exit("Regular and Bold differ in coverage: bold would be lost silently")
    write_coverage(covered[0][0] | covered[0][1])
    print(f"{len(covered[0][0])} everyday characters, {len(covered[0][1])} rare ones")


def write_coverage(characters: set[int]) -> None:
    """Write the ranges of code points that can be printed, so that a form can ask without opening a font."""
    ranges: list[list[int]] = []
    for code in sorted(characters):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    lines = (f"{first:X}-{last:X}" for first, last in ranges)
    (TARGET / "coverage.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


def write_widths(font: TTFont, weight: str) -> None:
    """Write the widths of the ASCII characters, in thousandths of an em, for fitting words into boxes."""
    names, widths = font.getBestCmap(), font["hmtx"]
    per_thousand = [str(widths[names[code]][0] * 1000 // font["head"].unitsPerEm) for code in range(0x20, 0x7F)]
    (TARGET / f"widths-{weight}.txt").write_text("\n".join(per_thousand) + "\n", encoding="ascii")


def families(full: TTFont, cjk: TTFont) -> tuple[TTFont, TTFont]:
    """The small face, and the face of all other Chinese characters, and those that it lacks."""
    everything = set(full.getBestCmap())
    small = everyday_characters(everything)
    rest = {code for code in everything - small if is_chinese(code)}
    more = {code for code in set(cjk.getBestCmap()) - everything if is_chinese(code)}
    rare = reduced(reopened(full), rest)
    added = {code: add_glyph(rare, cjk, code) for code in sorted(more)}
    return reduced(full, small), with_characters(rare, added, rest | more)


def everyday_characters(available: set[int]) -> set[int]:
    """Latin, punctuation, GB 2312, the source's characters beyond the first plane, and frequent names."""
    latin = set(range(0x20, 0x180)) | set(range(0x2010, 0x2070)) | {0x20AC, 0xFFE5, 0xFFE1}
    beyond = {code for code in available if code >= 0x20000}
    return (latin | gb2312() | beyond | {ord(one) for one in OFTEN_IN_NAMES}) & available


def gb2312() -> set[int]:
    """The characters of the national standard, as Python's codec knows them."""
    pairs = (bytes([high, low]) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    return {ord(text) for text in (pair.decode("gb2312", "ignore") for pair in pairs) if text}


def is_chinese(code: int) -> bool:
    """Whether the code point is a Han character (or 〇)."""
    return any(first <= code <= last for first, last in CHINESE)


def chinese_face(collection: Path) -> TTFont:
    """The simplified Chinese face of a collection."""
    faces = TTCollection(collection, lazy=True).fonts
    return next(face for face in faces if "CJK SC" in face["name"].getDebugName(4))


def reopened(font: TTFont) -> TTFont:
    """The same file once more: subsetting changes a font in place."""
    return TTFont(font.reader.file.name)


def reduced(font: TTFont, characters: set[int]) -> TTFont:
    """The font with only these characters, no hinting, kerning as its one feature."""
    options = subset.Options(hinting=False, notdef_outline=True, layout_features=["kern"])
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += TABLES_NOT_NEEDED
    maker = subset.Subsetter(options)
    maker.populate(unicodes=characters)
    maker.subset(font)
    return font


def add_glyph(font: TTFont, source: TTFont, code: int) -> str:
    """Convert one outline to quadratic curves and add it under a name, which is returned."""
    shape = source.getGlyphSet()[source.getBestCmap()[code]]
    pen = TTGlyphPen(None)
    shape.draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
    glyph, name = pen.glyph(), f"u{code:05X}"
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (shape.width, getattr(glyph, "xMin", 0))
    return name


def with_characters(font: TTFont, added: dict[int, str], expected: set[int]) -> TTFont:
    """The font with a character map that names the added glyphs too, once it is sure that it has them all."""
    everything = font.getBestCmap() | added
    wide, narrow = CmapSubtable.newSubtable(12), CmapSubtable.newSubtable(4)
    wide.platformID, wide.platEncID, wide.language, wide.cmap = 3, 10, 0, everything
    narrow.platformID, narrow.platEncID, narrow.language = 3, 1, 0
    narrow.cmap = {code: name for code, name in everything.items() if code <= 0xFFFF}
    font["cmap"].tables = [narrow, wide]
    missing = expected - set(font.getBestCmap())
    if missing:
        sys.exit(f"not in the face: {sorted(missing)[:10]}")
    return font


def finish(font: TTFont, family: str, weight: str) -> TTFont:
    """Give the family its own name, so that no other copy of Noto on a machine is taken for it."""
    full, postscript = f"{family} {weight}", f"{family.replace(' ', '')}-{weight}"
    for number, text in {1: family, 2: weight, 3: postscript, 4: full, 6: postscript}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["post"].formatType = 3.0
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    return font


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:3]))
