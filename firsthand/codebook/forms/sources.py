"""A source that is pasted: what it is, and its text."""

from django import forms

from firsthand.codebook import rules
from firsthand.evidence.forms.protocol import Line

_PASTED = (rules.DOCUMENT, rules.TRANSCRIPT, rules.SURVEY, rules.REPORT)


class PasteForm(forms.Form):
    """Title, kind, study, and the text as it is."""

    title = Line("What is it called?", most=500, missing="Give it a title.")
    kind = forms.ChoiceField(
        label="What is it?", choices=[(each, rules.KINDS[each]) for each in _PASTED],
        widget=forms.RadioSelect, initial=rules.DOCUMENT,
        error_messages={"required": "Choose what it is.", "invalid_choice": "Choose one of these."},
    )  # fmt: skip
    study = Line("Which study or group does it come from?", "If you like. For example: Group 2")
    text = forms.CharField(
        label="The text", strip=False, max_length=rules.MOST_TEXT,
        help_text="Paste it as it is. Take out names first, if it says who someone is.",
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={
            "required": "Paste the text.",
            "max_length": "This is too long for one source. Add it in parts.",
        },
    )  # fmt: skip

    def clean_text(self) -> str:
        """Browsers send line ends as two characters; a text is kept with one."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip():
            raise forms.ValidationError("Paste the text.")
        return text
