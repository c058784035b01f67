"""The field for files sent along with a message."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from firsthand.testimony.files import BadFile, CleanFile, megabytes
from firsthand.testimony.files.sent import give_up_at, taken
from firsthand.vault.uploads import LeftOut

_ACCEPT = "image/jpeg,image/png,image/webp,image/gif,audio/*,application/pdf,text/plain"


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Files to send along, each checked by what is in it; gives a list of CleanFile."""

    def __init__(self) -> None:
        most, together = settings.FIRSTHAND_MOST_FILES, settings.FIRSTHAND_LARGEST_TOGETHER
        each = megabytes(settings.FIRSTHAND_LARGEST_FILE)
        super().__init__(
            label="Add files",
            help_text=f"Pictures, sound, PDF or text. Up to {most} files, {each} each and "
            f"{megabytes(together)} together.",
            required=False,
            widget=ManyFiles(
                attrs={"accept": _ACCEPT, "data-most-files": most, "data-most-bytes": together}
            ),
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads = list(data or ())
        _check_together(uploads)
        kept: list[CleanFile] = []
        wrong: list[str] = []
        until = give_up_at()
        for upload in uploads:
            _check(upload, until, kept, wrong)
        if wrong:
            raise forms.ValidationError([*wrong, "Please choose your files again."])
        return kept


def _check_together(uploads: list[UploadedFile[Any]]) -> None:
    most, together = settings.FIRSTHAND_MOST_FILES, settings.FIRSTHAND_LARGEST_TOGETHER
    if len(uploads) > most:
        raise forms.ValidationError(f"You chose more than {most} files. Send some later.")
    if any(isinstance(each, LeftOut) for each in uploads):
        raise forms.ValidationError(
            f"Your files come to more than {megabytes(together)} together. Please choose some of "
            "them again, and send the others in a second message."
        )


def _check(
    upload: UploadedFile[Any], until: float, kept: list[CleanFile], wrong: list[str]
) -> None:
    name = upload.name or "file"
    try:
        kept.append(taken(upload, until))
    except BadFile as bad:
        wrong.append(f"{name}: {bad.sentence}")
