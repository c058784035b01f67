"""Pictures that move: counted before they are opened in full, and written frame by frame."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image, ImageSequence

_LONGEST_SHOWN = 60_000  # milliseconds
_USUAL_SHOWN = 100


def frame_count(picture: Image.Image, most: int) -> int:
    """Return the number of frames, or one more than `most` when there are more than that.

    A phone's JPEG may carry further pictures (depth, the small copy): those do not count.
    """
    if picture.format in ("JPEG", "MPO"):
        return 1
    if picture.format != "GIF":
        return int(getattr(picture, "n_frames", 1))
    return _gif_frames(picture, most)


def _gif_frames(picture: Image.Image, most: int) -> int:
    """Step through a GIF's frames, as its head does not say how many there are."""
    for count in range(1, most + 1):
        try:
            picture._seek(count, update_image=False)  # type: ignore[attr-defined]
        except EOFError:
            picture.seek(0)
            return count
    return most + 1


def write_moving(
    picture: Image.Image, written: BytesIO, kind: str, options: dict[str, Any]
) -> None:
    """Write every frame of `picture` in the format `kind`, with how long each is shown."""
    times: list[int] = []
    first, *rest = _frames(picture, times)
    again = picture.info.get("loop")
    if isinstance(again, int):
        options = options | {"loop": again}
    if kind == "WEBP":  # hundreds of frames: quickly, and small
        options = options | {"quality": 75, "method": 0}
    first.save(written, kind, save_all=True, append_images=rest, duration=times, **options)


def _frames(picture: Image.Image, times: list[int]) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(picture):
        frame.load()
        shown = int(frame.info.get("duration", _USUAL_SHOWN))
        times.append(max(0, min(_LONGEST_SHOWN, shown)))
        yield _bare(frame)


def _bare(frame: Image.Image) -> Image.Image:
    """Return the dots of one frame; without see-through ones its colours can be kept truer."""
    bare = frame.convert("RGBA")
    if bare.getchannel("A").getextrema() == (255, 255):
        bare = bare.convert("RGB")
    bare.info = {}
    return bare
