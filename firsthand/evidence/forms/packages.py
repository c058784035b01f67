"""The file of a whole review."""

from typing import Any

from django import forms

from firsthand.evidence.forms.searching import ManyFiles, _wrong


class OnePackage(forms.FileField):
    """One file; gives the upload."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads = list(data or ())
        if len(uploads) != 1:
            raise forms.ValidationError("Choose the file of a review.")
        wrong = _wrong(uploads[0])
        if wrong:
            raise forms.ValidationError(
                f"{wrong} Whoever looks after this site can bring it in by command."
            )
        return uploads[0]


class PackageForm(forms.Form):
    file = OnePackage(
        label="File",
        help_text="A zip file that Firsthand wrote, on this site or another.",
        widget=ManyFiles(),
    )
