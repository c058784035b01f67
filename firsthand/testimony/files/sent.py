"""Files as they were sent with a form: taken in and checked, or refused in a plain sentence."""

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from firsthand.testimony.files.check import checked
from firsthand.testimony.files.kinds import LATE, BadFile, CleanFile, over
from firsthand.vault.uploads import LeftOut

# Seconds by the clock for all the files of one sending: they hold up whoever sent them, and one
# of the threads that everybody's pages need. Less than a web server in front waits for an answer.
ALTOGETHER = 45


def give_up_at() -> float:
    """Return the moment, of the monotonic clock, when files that came now are given up."""
    return monotonic() + ALTOGETHER


def taken(upload: UploadedFile[Any], until: float) -> CleanFile:
    """Return what was sent as it may be kept, unless it is past `until`. Raises BadFile.

    The bytes that came are let go of at once: with several large files that is half the memory.
    """
    if isinstance(upload, LeftOut):
        raise BadFile(over(settings.FIRSTHAND_MOST_FILES, settings.FIRSTHAND_LARGEST_TOGETHER))
    if monotonic() >= until:
        raise BadFile(LATE)
    content = upload.read()
    upload.close()
    return checked(upload.name or "file", content, until=until)
