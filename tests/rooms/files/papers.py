"""Which files do the tests send in? Honest ones, and those of an attacker."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

from relief.files.judging import Given

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n44\n%%EOF\n"
ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def a_photo(name: str = "照片.jpg", *, width: int = 60, height: int = 40) -> Given:
    """A JPEG as a phone writes it: lying on its side, with the maker, the place, and a comment."""
    image = Image.new("RGB", (width, height), "teal")
    exif = image.getexif()
    exif[ORIENTATION], exif[MAKER] = 6, "Secret Phone"
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "N", (46.0, 12.0, 30.0)
    return Given(name, _bytes(image, "JPEG", exif=exif, comment=b"secret comment"))


def a_scan(name: str = "诊断.pdf") -> Given:
    """A PDF."""
    return Given(name, PDF)


def a_drawing(name: str = "表.png") -> Given:
    """A PNG with a transparent ground."""
    return Given(name, _bytes(Image.new("RGBA", (30, 20), (200, 0, 0, 128)), "PNG"))


def a_bomb(side: int = 30_000) -> Given:
    """A PNG of 900 million pixels in about a hundred kilobytes."""
    rows = zlib.compressobj(9)
    row, body = b"\0" * (side // 8 + 1), io.BytesIO()
    for _ in range(0, side, 100):
        body.write(rows.compress(row * 100))
    body.write(rows.flush())
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", body.getvalue()), _chunk(b"IEND", b""))
    return Given("bomb.png", b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _bytes(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
