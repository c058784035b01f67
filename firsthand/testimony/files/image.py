"""Pictures: read by Pillow, turned upright, and written anew with their colours and no more.

What is written comes from the decoded dots alone, so EXIF, XMP, IPTC, comments, thumbnails,
colour profiles and anything hidden behind the picture stay behind.
"""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageOps, ImageSequence

from firsthand.testimony.files.kinds import CUT_SHORT, TOO_MUCH, BadFile

MOST_DOTS = 64_000_000  # width by height, all frames together: a 50-megapixel phone fits
MOST_FRAMES = 1000
LONGEST_SIDE = 30_000
QUALITY = 90
_ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82", "GIF": b"\x00;"}
_TAIL = 65_536  # some programs add their own notes behind the end mark
_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": QUALITY, "optimize": False},
    "PNG": {"compress_level": 6},
    "WEBP": {"quality": QUALITY, "method": 2},
    "GIF": {"optimize": False},
}
_PLAIN = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "I;16", "P", "RGB", "RGBA")}


def clean(content: bytes, code: str) -> bytes:
    """Return the picture in `content`, a jpeg, png, webp or gif, with its dots and no more."""
    kind = code.upper()
    _check_whole(content, kind)
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = MOST_DOTS  # Pillow itself refuses at twice this
    with Image.open(BytesIO(content), formats=[kind]) as picture:
        _check_size(picture)
        written = BytesIO()
        if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
            _write_moving(picture, kind, written)
        else:
            _upright(picture, kind).save(written, kind, **_OPTIONS[kind], **_lossless(content))
    return written.getvalue()


def _check_whole(content: bytes, kind: str) -> None:
    """Refuse a picture without its end mark; Pillow passes over the last few bytes."""
    if kind == "WEBP":
        whole = int.from_bytes(content[4:8], "little") + 8 <= len(content)
    else:
        whole = _ENDS[kind] in content[-_TAIL:] or (kind == "JPEG" and _ENDS[kind] in content)
    if not whole:
        raise BadFile(CUT_SHORT)


def _check_size(picture: Image.Image) -> None:
    wide, high = picture.size
    if wide * high > MOST_DOTS or max(wide, high) > LONGEST_SIDE:
        raise BadFile(TOO_MUCH)
    frames = getattr(picture, "n_frames", 1) if picture.format != "MPO" else 1
    if frames > MOST_FRAMES or wide * high * frames > MOST_DOTS:
        raise BadFile(TOO_MUCH)


def _load(picture: Image.Image) -> None:
    try:
        picture.load()
    except (OSError, SyntaxError, EOFError, IndexError, ValueError):
        raise BadFile(CUT_SHORT) from None


def _upright(picture: Image.Image, kind: str) -> Image.Image:
    _load(picture)
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    return _bare(_in_plain_colours(upright, profile, kind))


def _in_plain_colours(picture: Image.Image, profile: bytes | None, kind: str) -> Image.Image:
    """Return `picture` in sRGB: the profile names the device, so its effect is worked in."""
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "srgb" not in (ImageCms.getProfileDescription(source) or "").lower():
                picture = (
                    ImageCms.profileToProfile(
                        picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
                    )
                    or picture
                )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile: the colours stay as they are
    if picture.mode not in _PLAIN.get(kind, (picture.mode,)):
        picture = picture.convert("RGB")
    return picture


def _bare(picture: Image.Image) -> Image.Image:
    """Return a copy that carries nothing but dots, palette and what is see-through."""
    bare = picture.copy()
    clear = picture.info.get("transparency")
    bare.info = {} if clear is None else {"transparency": clear}
    return bare


def _lossless(content: bytes) -> dict[str, Any]:
    """Return Pillow's option for a WebP that was kept without loss."""
    return {"lossless": True} if content[8:16] == b"WEBPVP8L" else {}


def _write_moving(picture: Image.Image, kind: str, written: BytesIO) -> None:
    times: list[float] = []
    frames = _frames(picture, times)
    first = next(frames)
    rest = list(frames)
    first.save(
        written,
        kind,
        save_all=True,
        append_images=rest,
        duration=times,
        loop=picture.info.get("loop", 0),
        **_OPTIONS[kind],
    )


def _frames(picture: Image.Image, times: list[float]) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(picture):
        _load(frame)
        times.append(max(0, min(60_000, frame.info.get("duration", 100))))
        yield _bare(frame.convert("RGBA") if frame.mode not in {"P", "L"} else frame)
