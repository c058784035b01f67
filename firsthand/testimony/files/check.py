"""The one way in: a name and some bytes, given back clean or refused in a plain sentence."""

import math

from django.conf import settings

from firsthand.testimony.files import apart, text
from firsthand.testimony.files.kinds import EMPTY, BadFile, CleanFile, too_large
from firsthand.testimony.files.names import named
from firsthand.testimony.files.sniff import format_of


def checked(
    name: str, content: bytes, largest: int | None = None, until: float = math.inf
) -> CleanFile:
    """Return the file as it may be kept: its true type, and nothing about place or device.

    `largest` is in bytes, FIRSTHAND_LARGEST_FILE when not given; `until` is the moment of the
    monotonic clock when it is given up. Raises BadFile with a sentence for the person; neither
    the sentence nor anything else holds what is in the file.
    """
    largest = settings.FIRSTHAND_LARGEST_FILE if largest is None else largest
    _check_size(content, largest)
    found = format_of(content)
    fit = named(name, found)
    is_text = found.code == "text"
    kept = text.clean(content) if is_text else apart.clean(found.code, content, until)
    _check_size(kept, largest)
    return CleanFile(fit, found.kind, found.media_type, kept)


def _check_size(content: bytes, largest: int) -> None:
    if not content:
        raise BadFile(EMPTY)
    if len(content) > largest:
        raise BadFile(too_large(largest))
