"""A search run, and the files that are imported under it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from firsthand.evidence import rules
from firsthand.evidence.formats import columns
from firsthand.evidence.forms.protocol import Line, Text
from firsthand.evidence.models import SearchRun

DAYS = ["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]


class SearchForm(forms.Form):
    """What PRISMA-S asks of a search: source, platform, day, the whole string, limits, hits."""

    source = forms.ChoiceField(
        label="What was searched?",
        choices=list(rules.SOURCES.items()),
        widget=forms.RadioSelect,
        initial=rules.DATABASE,
        error_messages={"required": "Choose what was searched.", "invalid_choice": "Choose one."},
    )
    database = Line(
        "Its name", "For example: PsycINFO, or the journal whose pages were looked through",
        missing="Write the name of what was searched.",
    )  # fmt: skip
    platform = Line("Platform", "For example: Ovid, EBSCOhost, ProQuest")
    ran_on = forms.DateField(
        label="On which day?",
        help_text="For example: 31/3/2026",
        input_formats=DAYS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"class": "govuk-input--width-10"}),
        error_messages={
            "required": "Write the day of the search.",
            "invalid": "Write the day as in 31/3/2026.",
        },
    )
    string = Text(
        "The search, exactly as it was run", "Copy all its lines from the database.", rows=6
    )
    limits = Text("Limits", "Such as years, languages, kinds of publication", rows=2)
    hits = forms.IntegerField(
        label="How many did it find?",
        help_text="The number that the source said. Leave it empty if it said none.",
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Write a whole number.",
            "min_value": "Write a number that is not below 0.",
            "max_value": "This number is too large.",
        },
    )

    def clean_ran_on(self) -> Any:
        day = self.cleaned_data["ran_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Write the day it was run.")
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if (
            said.get("source") != rules.OTHER
            and not said.get("string")
            and "string" not in self.errors
        ):
            self.add_error("string", "Copy the search here, so that others can run it again.")
        return said

    @classmethod
    def of(cls, run: SearchRun) -> "SearchForm":
        return cls(initial={name: getattr(run, name) for name in cls.base_fields})


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class References(forms.FileField):
    """Files of references, several at once; gives a list of (name, content)."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads = list(data or ())
        if not uploads:
            raise forms.ValidationError("Choose at least one file.")
        wrong = [said for each in uploads if (said := _wrong(each))]
        if wrong:
            raise forms.ValidationError([*wrong, "Please choose your files again."])
        return [(each.name or "file", each) for each in uploads]


def _wrong(upload: UploadedFile[Any]) -> str:
    name, most = upload.name, settings.FIRSTHAND_LARGEST_IMPORT
    if getattr(upload, "left_out", False):
        return f"{name}: too much at one time. Send it on its own, after the others."
    if upload.size and upload.size > most:
        return f"{name}: larger than {most // 1024**2} MB. Export it in several parts."
    return f"{name}: there is nothing in it." if not upload.size else ""


class FilesForm(forms.Form):
    files = References(  # type: ignore[assignment]
        label="Files from this search",
        help_text="RIS, PubMed (nbib), Web of Science, EndNote XML, BibTeX, CSL-JSON, CSV or "
        "Excel. Several at once is fine.",
        widget=ManyFiles(),
    )


class ColumnsForm(forms.Form):
    """What each column of a table holds; a box for each, filled in as its heading suggests."""

    def __init__(self, header: Sequence[str], guessed: Sequence[str], data: Any = None) -> None:
        super().__init__(data)
        for at, heading in enumerate(header):
            self.fields[f"c{at}"] = forms.ChoiceField(
                label=heading.strip() or f"Column {at + 1}, without a heading",
                choices=[("", "Nothing of these: keep it as it came"), *columns.PARTS.items()],
                required=False,
                initial=guessed[at],
                error_messages={"invalid_choice": "Choose one from the list."},
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.fields and not self.errors and not columns.is_enough(self.parts):
            self.add_error("c0", "Say which column holds the titles, or the abstracts or DOIs.")
        return said

    @property
    def parts(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]
