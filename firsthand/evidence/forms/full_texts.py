"""How far getting a report is, and the PDFs that are attached to it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from firsthand.evidence import rules
from firsthand.evidence.forms.protocol import Text
from firsthand.evidence.forms.searching import DAYS, ManyFiles
from firsthand.evidence.models import Retrieval
from firsthand.vault.uploads import LeftOut

_MEGABYTES = settings.FIRSTHAND_LARGEST_REPORT // 1024**2


class RetrievalForm(forms.Form):
    """How far getting it is, since when, and a note."""

    status = forms.ChoiceField(
        label="How far is getting this report?",
        choices=list(rules.RETRIEVALS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far it is.", "invalid_choice": "Choose one."},
    )
    on = forms.DateField(
        label="Since which day?",
        help_text="For example: 31/3/2026",
        input_formats=DAYS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": "Write the day.", "invalid": "Write the day as in 31/3/2026."},
    )
    note = Text("Note", "Such as where it was asked for. Everyone in this review sees it.", rows=2)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come.")
        return day

    @classmethod
    def of(cls, row: Retrieval | None) -> "RetrievalForm":
        """Return the form with how far it is; the day is today's, for what is marked next."""
        status, note = (row.status, row.note) if row else (rules.SOUGHT, "")
        return cls(initial={"status": status, "note": note, "on": timezone.localdate()})


class Pdfs(forms.FileField):
    """PDFs, several at once; gives a list of (name, content). What is in them is checked later."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads = list(data or ())
        if not uploads:
            raise forms.ValidationError("Choose at least one PDF.")
        wrong = [said for each in uploads if (said := _wrong(each))]
        if wrong:
            raise forms.ValidationError([*wrong, "Please choose your files again."])
        return [(each.name or "report.pdf", each.read()) for each in uploads]


def _wrong(upload: Any) -> str:
    if isinstance(upload, LeftOut):
        return f"{upload.name}: too much at one time. Send it on its own, after the others."
    if upload.size > settings.FIRSTHAND_LARGEST_REPORT:
        return f"{upload.name}: larger than {_MEGABYTES} MB. Save a smaller version of it."
    return ""


class PdfsForm(forms.Form):
    pdfs = Pdfs(
        label="Attach its PDF",
        help_text=f"Up to {_MEGABYTES} MB each. Several are fine, such as a supplement.",
        widget=ManyFiles(attrs={"accept": "application/pdf"}),
    )
