"""How does a link get onto paper? As a QR picture: PNG, because vector paths are slow in bulk."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def qr(link: str) -> str:
    """A `data:` address of a PNG that decodes to the link. One fixed mask: trying all eight costs most of the time."""
    import segno

    code = segno.make_qr(link, error="m", boost_error=False, mask=2)
    return code.png_data_uri(scale=4, border=2)
