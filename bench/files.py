"""What it costs to take a file: processor seconds, memory and size, for files of everyday sizes.

    python bench/files.py

Pictures are made here from noise and curves, which is dearer than most photos. Counted is the
process apart that opens the file, its start included.
"""

import math
import resource
import struct
import time
import wave
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from PIL import Image

from firsthand.testimony.files.apart import clean


def photo(wide: int, high: int) -> Image.Image:
    """Return a picture as busy as a photo."""
    grain = Image.effect_noise((wide, high), 40)
    light = Image.radial_gradient("L").resize((wide, high))
    return Image.merge("RGB", (light, Image.blend(grain, light, 0.6), grain))


def saved(picture: Image.Image, kind: str) -> bytes:
    made = BytesIO()
    picture.save(made, kind, quality=88)
    return made.getvalue()


def pdf(pages: int, picture: bytes) -> bytes:
    """Return a PDF of `pages` scanned pages."""
    document, made = pikepdf.new(), BytesIO()
    for _ in range(pages):
        page = document.add_blank_page(page_size=(595, 842))
        scan = document.make_stream(picture, Filter=pikepdf.Name.DCTDecode)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=scan))
    document.save(made)
    return made.getvalue()


def recording(minutes: int) -> bytes:
    """Return a WAV of speech quality."""
    made = BytesIO()
    tone = b"".join(struct.pack("<h", int(9000 * math.sin(n / 9))) for n in range(16_000))
    with wave.open(made, "wb") as sound:
        sound.setparams((1, 2, 16_000, 0, "NONE", ""))
        sound.writeframes(tone * 60 * minutes)
    return made.getvalue()


def files() -> Iterator[tuple[str, str, bytes]]:
    """Yield (what it is, its format, its bytes)."""
    large, small = photo(4032, 3024), photo(1600, 1200)
    yield "photo, 12 megapixels", "jpeg", saved(large, "JPEG")
    yield "photo, 2 megapixels", "jpeg", saved(small, "JPEG")
    yield "screenshot, 2 megapixels", "png", saved(small, "PNG")
    yield "photo, 2 megapixels", "webp", saved(small, "WEBP")
    yield "scanned letter, 10 pages", "pdf", pdf(10, saved(small, "JPEG"))
    yield "recording, 8 minutes", "wav", recording(8)


def main() -> None:
    """Print one line for each file."""
    for what, code, content in files():
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        kept = clean(code, content)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        wall = time.perf_counter() - began
        print(
            f"{code:5} {what:26} {len(content) / 1e6:6.2f} MB -> {len(kept) / 1e6:6.2f} MB "
            f"{used:5.2f} s processor {wall:5.2f} s clock"
        )


if __name__ == "__main__":
    main()
