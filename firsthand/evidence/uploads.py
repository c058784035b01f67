"""Large files of references on their way in: a piece at a time, never whole in memory.

Only where exports of databases are taken in: they are published records, nobody's words. What does
not stay in memory lies in a file without a name meanwhile, which is gone with its process.
"""

import tempfile
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

_IN_MEMORY = 1024 * 1024  # bytes of a file; past that it lies on disk


class Arrived(UploadedFile[bytes]):
    """A file that arrived; `left_out`: one more than are taken at one time, so empty."""

    left_out = False


class OnDisk(FileUploadHandler):
    """Takes files of up to FIRSTHAND_LARGEST_IMPORT bytes; notes how much of the form arrived."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.arrived = self.announced = self.files = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *more: Any) -> None:
        """Count what is read, so that a form whose end is missing is noticed."""
        self.announced, read = content_length, input_data.read

        def counted(*size: int) -> bytes:
            piece: bytes = read(*size)
            self.arrived += len(piece)
            return piece

        input_data.read = counted

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.files += 1
        self.kept: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        self.fits = self.files <= settings.FIRSTHAND_MOST_FILES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.fits and start <= settings.FIRSTHAND_LARGEST_IMPORT:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> Arrived:
        self.kept.seek(0)
        made = Arrived(self.kept, self.file_name or "file", self.content_type, file_size)
        made.left_out = not self.fits
        return made

    @property
    def is_whole(self) -> bool:
        """Whether all that the browser announced has come."""
        return self.arrived >= self.announced
