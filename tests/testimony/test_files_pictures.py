"""Pictures that people add: they look as before, and tell nothing of place or device."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from firsthand.testimony.files import BadFile, checked
from firsthand.testimony.files.apart import clean_here
from tests.testimony import documents

NOTED = {
    "jpg": documents.jpeg,
    "png": documents.png,
    "webp": documents.webp,
    "gif": lambda: documents.moving("GIF", comment=documents.GRAM),
}
CODES = {"jpg": "jpeg"}
SPELT = [
    documents.GRAM,
    documents.PLANTED.encode("utf-16-be"),
    documents.PLANTED.encode("utf-16-le"),
]


def opened(content: bytes) -> Any:
    return Image.open(BytesIO(content))


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean distance of two pictures' dots, of 255."""
    gap = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    return max(ImageStat.Stat(gap).mean)


@pytest.mark.parametrize("ending", NOTED)
def test_nothing_said_of_place_person_or_device_stays(ending):
    kept = checked(f"photo.{ending}", NOTED[ending]())
    assert (kept.kind, kept.name) == ("image", f"photo.{ending}")
    assert not any(spelt in kept.content for spelt in SPELT)
    with opened(kept.content) as picture:
        assert not picture.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(picture.info)
        assert not getattr(picture, "text", {})


@pytest.mark.parametrize("ending", NOTED)
def test_a_picture_looks_as_it_did(ending):
    before, after = (
        opened(NOTED[ending]()),
        opened(clean_here(CODES.get(ending, ending), NOTED[ending]())),
    )
    assert before.size == after.size
    assert difference(before, after) < 3


@pytest.mark.parametrize("ending", NOTED)
@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.8, 0.98])
def test_a_picture_cut_short_is_refused_wherever_it_is_cut(ending, share):
    whole = NOTED[ending]().removesuffix(documents.GRAM)
    with pytest.raises(BadFile) as refused:
        clean_here(CODES.get(ending, ending), whole[: int(len(whole) * share)])
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_taken_sideways_is_turned_upright(orientation):
    side, upright = documents.jpeg(orientation), opened(documents.jpeg())
    kept = opened(clean_here("jpeg", side))
    turned = {5, 6, 7, 8}
    assert kept.size == (upright.size[::-1] if orientation in turned else upright.size)
    assert difference(kept, ImageOps.exif_transpose(opened(side))) < 3


def test_broken_notes_do_not_cost_the_photo():
    broken = documents.jpeg().replace(b"Exif\0\0MM\0*", b"Exif\0\0MM\xff\xff")
    assert difference(opened(clean_here("jpeg", broken)), documents.drawing()) < 3


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_moves_keeps_its_frames_and_times(kind):
    kept = opened(clean_here(kind.lower(), documents.moving(kind)))
    assert kept.n_frames == 5
    assert kept.info.get("loop") == 0
    for number, frame in enumerate(documents.frames()):
        kept.seek(number)
        kept.load()
        assert kept.info["duration"] == 120
        assert difference(kept, frame) < 12


def test_what_is_see_through_stays_so():
    clear = documents.drawing("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    kept = opened(clean_here("png", documents.written(clear, "PNG")))
    assert kept.mode == "RGBA"
    assert kept.getchannel("A").getextrema() == clear.getchannel("A").getextrema()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_sort_of_png_is_taken(mode):
    picture = Image.new("I;16", (40, 30), 700) if mode == "I;16" else documents.drawing(mode)
    kept = opened(clean_here("png", documents.written(picture, "PNG")))
    assert kept.size == picture.size


def test_a_printers_photo_is_told_in_screen_colours():
    kept = opened(clean_here("jpeg", documents.written(documents.drawing("CMYK"), "JPEG")))
    assert kept.mode == "RGB"
    assert difference(kept, documents.drawing()) < 6


def test_a_phones_several_pictures_become_the_one_that_is_seen():
    first, second = documents.frames(2)
    made = documents.written(
        first, "MPO", save_all=True, append_images=[second], exif=documents.exif()
    )
    kept = opened(clean_here("jpeg", made))
    assert kept.format == "JPEG"
    assert difference(kept, first) < 3


def test_quality_is_kept_and_not_blown_up():
    poor = documents.written(documents.drawing(), "JPEG", quality=70)
    assert len(clean_here("jpeg", poor)) < len(poor) * 1.2
