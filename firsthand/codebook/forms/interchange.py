"""The file of another program, who in it one is, and whether coders are named."""

from typing import Any

from django import forms
from django.conf import settings

from firsthand.evidence.forms.searching import ManyFiles
from firsthand.vault.uploads import LeftOut

NOBODY = "nobody"


class OneFile(forms.FileField):
    """One file; gives its name and what is in it."""

    def clean(self, data: Any, initial: Any = None) -> tuple[str, bytes]:
        uploads = list(data or ())
        if len(uploads) != 1:
            raise forms.ValidationError("Choose one file.")
        file, most = uploads[0], settings.FIRSTHAND_LARGEST_FILE
        if isinstance(file, LeftOut) or file.size > most:
            raise forms.ValidationError(
                f"{file.name}: larger than {most // 1024**2} MB. Whoever looks after this site can "
                "bring it in by command."
            )
        if not file.size:
            raise forms.ValidationError(f"{file.name}: there is nothing in it.")
        return file.name, file.read()


class BringInForm(forms.Form):
    file = OneFile(
        label="File",
        help_text="A project (.qdpx or .qde) or a codebook (.qdc), as ATLAS.ti, MAXQDA, NVivo, "
        "Quirkos, Taguette, QualCoder, Firsthand and others write them.",
        widget=ManyFiles(),
    )


class CodebookForm(forms.Form):
    file = OneFile(
        label="File",
        help_text="A codebook (.qdc). Of a project (.qdpx or .qde), only its codes are taken.",
        widget=ManyFiles(),
    )


class MeForm(forms.Form):
    """Who of the coders in the file the person is."""

    me = forms.ChoiceField(
        label="Are you one of those who coded it?",
        help_text="Then that coding is yours here. The others become coders who take part no "
        "longer: they are named on what they coded, and nobody can sign in as them.",
        widget=forms.RadioSelect,
        initial=NOBODY,
        error_messages={"required": "Choose one of these.", "invalid_choice": "Choose one."},
    )

    def __init__(self, *args: Any, looked: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coders = looked.get("coders", [])
        named = [(f"is {each['guid']}", f"{each['name']} ({_passages(each['passages'])})")
                 for each in coders]  # fmt: skip
        if named:
            choices = [(NOBODY, "No, none of them"), *named]
            self.fields["me"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["me"]

    @property
    def guid(self) -> str:
        said: str = self.cleaned_data.get("me", NOBODY)
        return "" if said == NOBODY else said.removeprefix("is ")


def _passages(number: int) -> str:
    return f"{number:,} {'passage' if number == 1 else 'passages'}"
