"""Pictures: read by Pillow, turned upright, and written anew with their dots and no more.

What is written comes from the decoded dots alone, so EXIF, XMP, IPTC, comments, thumbnails,
colour profiles and anything hidden behind the picture stay behind.
"""

import warnings
from io import BytesIO
from typing import Any

from PIL import Image

from firsthand.testimony.files.colours import plain_colours
from firsthand.testimony.files.kinds import CUT_SHORT, TOO_MUCH, BadFile
from firsthand.testimony.files.moving import frame_count, write_moving

MOST_DOTS = 64_000_000  # width by height: a phone's 50 megapixels fit
MOST_MOVING = 32_000_000  # the same, all frames together
MOST_FRAMES = 1000
QUALITY = 90  # of 100, the best we write; a picture kept worse gains nothing by more
_WORST = 60
_ENDS = {"PNG": b"IEND\xaeB`\x82", "GIF": b"\x00;", "JPEG": b"\xff\xd9"}
_USUAL_STEPS = 3688  # sum of the luminance table in ITU-T T.81, annex K: quality 50
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112  # EXIF's tag


def clean(content: bytes, code: str) -> bytes:
    """Return the picture in `content`, a jpeg, png, webp or gif, with its dots and no more."""
    kind = code.upper()
    _check_whole(content, kind)
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = MOST_DOTS
    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            return _rewritten(picture, kind, content)
    except Image.DecompressionBombError:
        raise BadFile(TOO_MUCH) from None
    except (OSError, SyntaxError, EOFError):
        raise BadFile(CUT_SHORT) from None


def _check_whole(content: bytes, kind: str) -> None:
    """Refuse a picture without its end mark: Pillow forgives a few missing bytes."""
    if kind == "WEBP":
        whole = int.from_bytes(content[4:8], "little") + 8 <= len(content)
    else:
        whole = _ENDS[kind] in content
    if not whole:
        raise BadFile(CUT_SHORT)


def _rewritten(picture: Image.Image, kind: str, content: bytes) -> bytes:
    frames = frame_count(picture, MOST_FRAMES)
    wide, high = picture.size
    if frames > MOST_FRAMES or wide * high * frames > (MOST_MOVING if frames > 1 else MOST_DOTS):
        raise BadFile(TOO_MUCH)
    options = _options(picture, kind, content)
    written = BytesIO()
    if frames > 1:
        write_moving(picture, written, kind, options)
    else:
        _bare(picture, kind).save(written, kind, **options)
    return written.getvalue()


def _bare(picture: Image.Image, kind: str) -> Image.Image:
    picture.load()
    clear = picture.info.get("transparency")
    bare = plain_colours(_upright(picture), kind, picture.info.get("icc_profile"))
    bare.info = {} if clear is None else {"transparency": clear}
    return bare


def _upright(picture: Image.Image) -> Image.Image:
    try:
        turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    except Exception:
        turn = None  # notes too broken to read turn nothing, and are left behind anyway
    return picture.copy() if turn is None else picture.transpose(turn)


def _options(picture: Image.Image, kind: str, content: bytes) -> dict[str, Any]:
    """Return how Pillow is to write: about as well as the picture was kept, and quickly."""
    if kind == "JPEG":
        return {"quality": _quality(picture)}
    if kind == "WEBP":
        lossless = b"VP8L" in content[12:64]
        return {"quality": QUALITY, "method": 2} | ({"lossless": True} if lossless else {})
    return {"compress_level": 4} if kind == "PNG" else {}


def _quality(picture: Image.Image) -> int:
    tables: dict[int, list[int]] = getattr(picture, "quantization", {})
    steps = sum(tables.get(0, ())) * 100 / _USUAL_STEPS
    kept = 5000 / steps if steps > 100 else (200 - steps) / 2
    return max(_WORST, min(QUALITY, round(kept)))
