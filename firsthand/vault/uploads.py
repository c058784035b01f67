"""Uploads stay in memory: a temporary file would be someone's words at rest, in the clear."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

# Under this name a form that is given back says in which boxes files were: it cannot hold them.
AGAIN = "files-again"


def boxes_of(request: HttpRequest) -> list[str]:
    """Return the boxes that files were chosen in, in this form or in the one it stands in for."""
    return list(dict.fromkeys([*request.FILES, *request.POST.getlist(AGAIN)]))


def largest_at(request: HttpRequest | None) -> int:
    """Return how large one file may be at the address of a request."""
    match = request.resolver_match if request is not None else None
    larger: dict[str, int] = settings.FIRSTHAND_LARGER_AT
    return larger.get(match.view_name if match else "", settings.FIRSTHAND_LARGEST_FILE)


class LeftOut(InMemoryUploadedFile):
    """A file of which only the name was taken: with it, one sending would have been too much."""


class MemoryOnly(FileUploadHandler):
    """Keeps a file's first FIRSTHAND_LARGEST_FILE + 1 bytes and drops the rest.

    At the addresses of FIRSTHAND_LARGER_AT it keeps more.

    One byte too many is how the form sees that a file is too large, while the words typed
    beside it arrive whole. Of one sending it keeps FIRSTHAND_MOST_FILES files and
    FIRSTHAND_LARGEST_TOGETHER bytes; a file over that arrives as LeftOut, for the form to say so.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files_kept = self.bytes_kept = 0
        self.largest = largest_at(self.request)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()
        self.fits = self.files_kept < settings.FIRSTHAND_MOST_FILES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = self.largest + 1 - self.kept.tell()
        taken = raw_data[: max(room, 0)]
        together = self.bytes_kept + self.kept.tell() + len(taken)
        self.fits = self.fits and together <= settings.FIRSTHAND_LARGEST_TOGETHER
        if self.fits:
            self.kept.write(taken)
        else:
            self.kept = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        size = self.kept.tell()
        self.kept.seek(0)
        self.files_kept += self.fits
        self.bytes_kept += size
        return (InMemoryUploadedFile if self.fits else LeftOut)(
            self.kept,
            self.field_name,
            self.file_name or "file",
            self.content_type or "",
            size,
            self.charset,
            self.content_type_extra,
        )
