"""The file of a whole review."""

from typing import Any

from django import forms
from django.conf import settings

from firsthand.evidence.forms.searching import ManyFiles
from firsthand.vault.uploads import LeftOut


class OnePackage(forms.FileField):
    """One file; gives the upload."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads = list(data or ())
        if len(uploads) != 1:
            raise forms.ValidationError("Choose the file of a review.")
        file, most = uploads[0], settings.FIRSTHAND_LARGEST_FILE
        if isinstance(file, LeftOut) or file.size > most:
            raise forms.ValidationError(
                f"{file.name}: larger than {most // 1024**2} MB. Whoever looks after this site can "
                "bring it in by command."
            )
        if not file.size:
            raise forms.ValidationError(f"{file.name}: there is nothing in it.")
        return file


class PackageForm(forms.Form):
    file = OnePackage(
        label="File",
        help_text="A zip file that Firsthand wrote, on this site or another.",
        widget=ManyFiles(),
    )
