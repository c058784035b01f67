"""The field for files sent along with a message."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from firsthand.testimony.files import BadFile, CleanFile, checked

_ACCEPT = "image/jpeg,image/png,image/webp,image/gif,audio/*,application/pdf,text/plain"


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Files to send along, each checked by what is in it; gives a list of CleanFile."""

    def __init__(self) -> None:
        super().__init__(
            label="Add files",
            help_text="Pictures, sound, PDF or text. Up to 20 MB each.",
            required=False,
            widget=ManyFiles(attrs={"accept": _ACCEPT}),
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        most, uploads = settings.FIRSTHAND_MOST_FILES, list(data or ())
        if len(uploads) > most:
            raise forms.ValidationError(f"You chose more than {most} files. Send some later.")
        kept: list[CleanFile] = []
        wrong: list[str] = []
        for upload in uploads:
            _check(upload, kept, wrong)
        if wrong:
            raise forms.ValidationError([*wrong, "Please choose your files again."])
        return kept


def _check(upload: UploadedFile[Any], kept: list[CleanFile], wrong: list[str]) -> None:
    name = upload.name or "file"
    try:
        kept.append(checked(name, upload.read()))
    except BadFile as bad:
        wrong.append(f"{name}: {bad.sentence}")
