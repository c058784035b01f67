"""The words of a receipt, typed: to come back, to show that one has them, or that one kept them."""

from typing import Any

from django import forms

from firsthand.people import rules
from firsthand.vault import words

NOT_THESE = "Those nine words do not open what is open here. Check each word and try again."


def nine_words_field(label: str = "Your nine words", **kwargs: Any) -> forms.CharField:
    """Return the field for the words of a receipt."""
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Type the nine words of your receipt."},
        **{
            "help_text": "Type them with spaces between. Small or capital letters make no "
            "difference.",
            "max_length": 500,
            **kwargs,
        },
    )


def what_is_wrong(misread: words.Misread) -> str:
    """Return a sentence for someone whose words cannot be a receipt."""
    if not misread.unknown:
        return f"A receipt has nine words. This has {misread.count}."
    said = [_one_word(word) for word in misread.unknown[:9]]
    return "Some words are on no receipt: " + "; ".join(said) + "."


def _one_word(word: str) -> str:
    near = words.near(word)
    shown = f"“{word[:30]}”"
    return f"{shown} (did you mean {' or '.join(near)}?)" if near else shown


class NineWordsForm(forms.Form):
    """The nine words of a receipt that is open, asked for once more."""

    receipt = nine_words_field()

    def clean_receipt(self) -> words.Receipt:
        try:
            return words.read(self.cleaned_data["receipt"])
        except words.Misread as misread:
            raise forms.ValidationError(what_is_wrong(misread)) from misread


class WordsBackForm(forms.Form):
    """Two words of a new receipt, typed back."""

    typed = forms.CharField(
        label="Type the first two words of your new receipt",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Type the first two words."},
    )

    def __init__(self, *args: Any, receipt: words.Receipt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receipt = receipt

    def clean_typed(self) -> str:
        typed = str(self.cleaned_data["typed"])
        if not rules.same_words(typed, "".join(self.receipt.finds)):
            raise forms.ValidationError("Those are not the first two words. Please look again.")
        return typed
