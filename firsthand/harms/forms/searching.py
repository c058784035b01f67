"""What people type to look something up in the model."""

from django import forms

from firsthand.harms import finding


class SearchForm(forms.Form):
    """A few words, in any form; sent in the address, so that a search can be shared."""

    q = forms.CharField(
        label="Look for words in the model",
        help_text="Plain words are fine. For example: nobody listened",
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )

    def clean_q(self) -> str:
        """Keep as much as is looked at."""
        return str(self.cleaned_data["q"])[: finding.LONGEST]
