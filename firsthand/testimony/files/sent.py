"""One file as it was sent with a form: taken in and checked, or refused in a plain sentence."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from firsthand.testimony.files.check import checked
from firsthand.testimony.files.kinds import BadFile, CleanFile, over
from firsthand.vault.uploads import LeftOut


def taken(upload: UploadedFile[Any]) -> CleanFile:
    """Return what was sent as it may be kept. Raises BadFile.

    The bytes that came are let go of at once: with several large files that is half the memory.
    """
    if isinstance(upload, LeftOut):
        raise BadFile(over(settings.FIRSTHAND_MOST_FILES, settings.FIRSTHAND_LARGEST_TOGETHER))
    content = upload.read()
    upload.close()
    return checked(upload.name or "file", content)
