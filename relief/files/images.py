"""What is left of a photo? Its pixels, upright, and nothing else; too many pixels are refused before decoding."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from relief.domain.errors import RuleBroken

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4096
THUMBNAIL = 200
FORMATS = {"image/jpeg": {"JPEG", "MPO"}, "image/png": {"PNG"}}


def cleaned(name: str, content: bytes, media_type: str, field: str) -> bytes:
    """The photo decoded and encoded again: upright, at most 4,096 pixels long; RuleBroken on `field`."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _encoded(_decoded(name, content, media_type, field), media_type)
    except RuleBroken:
        raise
    except Image.DecompressionBombError:
        raise _too_many_pixels(name, field) from None
    except Exception:  # a decoder fed with hostile bytes may raise anything
        raise RuleBroken(
            field, "“%(name)s” is damaged or is no whole photo. Save it anew and try again.", name=name
        ) from None


def thumbnail(content: bytes, longest: int = THUMBNAIL) -> bytes:
    """A small JPEG of a kept photo, by default at most 200 pixels long: enough to know it, too small to read."""
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
        opened.draft("RGB", (longest, longest))
        small = opened.convert("RGBA") if opened.mode in ("RGBA", "LA", "P") else opened.convert("RGB")
    small.thumbnail((longest, longest))
    out = io.BytesIO()
    _on_white(small).save(out, "JPEG", quality=70)
    return out.getvalue()


def _decoded(name: str, content: bytes, media_type: str, field: str) -> Image.Image:
    from PIL import Image, ImageFile, ImageOps

    # WeasyPrint's import turns this on for the whole process; half a photo is no evidence.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
        if opened.format not in FORMATS[media_type]:
            raise ValueError(opened.format)
        if opened.width * opened.height > MOST_PIXELS:
            raise _too_many_pixels(name, field)
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        opened.load()
        upright = ImageOps.exif_transpose(opened)
    return _plain(upright)


def _plain(image: Image.Image) -> Image.Image:
    """In a mode that both formats know, small enough, and without comments, profiles, text and EXIF."""
    mode = image.mode if image.mode in ("L", "RGB", "RGBA") else "RGBA" if image.has_transparency_data else "RGB"
    image = image.convert(mode)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    image.info.clear()
    return image


def _encoded(image: Image.Image, media_type: str) -> bytes:
    out = io.BytesIO()
    if media_type == "image/png":
        image.save(out, "PNG")
    else:
        _on_white(image).save(out, "JPEG", quality=88)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    from PIL import Image

    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _too_many_pixels(name: str, field: str) -> RuleBroken:
    return RuleBroken(
        field, "“%(name)s” has too many pixels: at most %(most)s million. Photograph it at a smaller size.",
        name=name, most=MOST_PIXELS // 1_000_000,
    )  # fmt: skip
