"""Bringing files into a project, changing a text, and placing a lost passage anew."""

from typing import Any

from django import forms
from django.conf import settings

from firsthand.codebook import rules
from firsthand.codebook.documents.sniffing import FORMATS
from firsthand.codebook.models import Passage, Source
from firsthand.evidence.forms.protocol import Line, Text
from firsthand.evidence.forms.searching import ManyFiles
from firsthand.vault.uploads import LeftOut

_MEGABYTES = settings.FIRSTHAND_LARGEST_DOCUMENT // 1024**2
_KINDS = {
    rules.DOCUMENT: "Documents",
    rules.TRANSCRIPT: "Transcripts of talks, interviews or groups",
    rules.SURVEY: "Answers to a survey",
    rules.REPORT: "Findings of reports",
}


class Documents(forms.FileField):
    """Files, several at once; gives a list of (name, content). What is in them is read later."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads = list(data or ())
        if not uploads:
            raise forms.ValidationError("Choose at least one file.")
        fits = [each for each in uploads if not _wrong(each)]
        self.wrong = [said for each in uploads if (said := _wrong(each))]
        if not fits:
            raise forms.ValidationError(self.wrong)
        return [(each.name or "file", each.read()) for each in fits]


def _wrong(upload: Any) -> str:
    if isinstance(upload, LeftOut):
        return f"{upload.name}: too much at one time. Send it on its own, after the others."
    if upload.size > settings.FIRSTHAND_LARGEST_DOCUMENT:
        return f"{upload.name}: larger than {_MEGABYTES} MB. Take its pictures out, or save parts."
    return ""


class BringForm(forms.Form):
    """Files, what they are, and the study they belong to."""

    files = Documents(  # type: ignore[assignment]
        label="Choose files",
        help_text=f"Several at once is fine, up to {_MEGABYTES} MB each: "
        + ", ".join(FORMATS.values())
        + ".",
        widget=ManyFiles(),
    )
    kind = forms.ChoiceField(
        label="What are they?",
        choices=list(_KINDS.items()),
        widget=forms.RadioSelect,
        initial=rules.DOCUMENT,
        error_messages={"required": "Choose what they are.", "invalid_choice": "Choose one."},
    )
    study = Line(
        "Which study do they come from?", "Leave it empty if it makes no difference.", most=200
    )

    @property
    def wrong(self) -> list[str]:
        """Return a sentence for each file that was not taken, though others were."""
        field = self.fields["files"]
        return field.wrong if isinstance(field, Documents) else []


class EditForm(forms.Form):
    """A source's text, and why it is changed."""

    text = forms.CharField(
        label="The text",
        help_text="Change what has to be changed, such as a name that must not be there.",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "true"}),
        error_messages={
            "required": "Without a text it is no source. Take the source away instead."
        },
    )
    why = Text("Why is it changed?", "Everyone in the project sees this in the history.", rows=2)
    digest = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    @classmethod
    def of(cls, source: Source) -> "EditForm":
        return cls(initial={"text": source.text, "digest": source.digest})


class PlaceForm(forms.Form):
    """The words that a lost passage should be on."""

    words = forms.CharField(
        label="Put it on these words",
        help_text="Copy them from the text, letter for letter.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Copy the words from the text."},
    )

    @classmethod
    def of(cls, passage: Passage) -> "PlaceForm":
        return cls(initial={"words": passage.quote}, auto_id=f"{passage.id}-%s")
