"""Which words of a source, and which codes: by sentences, by the words themselves, or by places."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from firsthand.codebook.models import Code
from firsthand.evidence.forms.protocol import Line, Text
from firsthand.methods.sentences import Sentence

_WHICH = "Say which words: choose a sentence, or copy the words into the box."
_WHAT = "Choose at least one code, make the words a code, or write a memo."


class CodeForm(forms.Form):
    """A passage. Places that a script filled in count first, then the words, then sentences."""

    first = forms.IntegerField(
        label="From sentence", required=False, min_value=1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )  # fmt: skip
    last = forms.IntegerField(
        label="To sentence", required=False, min_value=1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )  # fmt: skip
    quote = Line(
        "Or only these words", "Copy them from the text. Leave this empty for whole sentences.",
        most=5000,
    )  # fmt: skip
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    offered = forms.CharField(required=False, max_length=5000, widget=forms.HiddenInput)
    codes = forms.MultipleChoiceField(
        label="Codes", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "A code you chose is in the codebook no longer."},
    )  # fmt: skip
    memo = Text(
        "Memo", "What you think about them. Others see it when they see your coding.", rows=2
    )

    def __init__(
        self, *args: Any, text: str, units: Sequence[Sentence], codes: Sequence[Code],
        digest: str = "", **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._text, self._units, self._digest = text, units, digest
        self._codes = {str(each.id): each for each in codes}
        self.fields["codes"].choices = [  # type: ignore[attr-defined]
            (key, each.name) for key, each in self._codes.items()
        ]
        self.fields["seen"].initial = digest
        self.span: tuple[int, int] | None = None

    @property
    def chosen(self) -> list[Code]:
        return [self._codes[each] for each in self.cleaned_data.get("codes", ())]

    @property
    def hinted(self) -> list[UUID]:
        """What was suggested when the form was made."""
        named = self.cleaned_data.get("offered", "").split()
        return [self._codes[each].id for each in named if each in self._codes]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("seen", self._digest) not in ("", self._digest):
            raise forms.ValidationError(
                "The text was changed since you opened this page. Look at the words once more, "
                "and choose them again."
            )
        if not self.errors:
            self.span = self._span(said)
        return said

    def needs_something(self, vivo: bool) -> bool:
        """Say whether there is nothing to put on the passage; the form then says so."""
        lacking = not (self.chosen or vivo or self.cleaned_data.get("memo"))
        if lacking:
            self.add_error("codes", _WHAT)
        return lacking

    def _span(self, said: dict[str, Any]) -> tuple[int, int]:
        start, end = said.get("start"), said.get("end")
        if start is not None and end is not None:
            return self._trimmed(start, end)
        low, high = self._sentences(said)
        if said.get("quote"):
            return self._quoted(said["quote"], low, high)
        if said.get("first") is None:
            raise forms.ValidationError({"first": _WHICH})
        return low, high

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """White space around what was chosen belongs to nobody."""
        end = min(end, len(self._text))
        while start < end and self._text[start].isspace():
            start += 1
        while start < end and self._text[end - 1].isspace():
            end -= 1
        if start >= end:
            raise forms.ValidationError({"first": _WHICH})
        return start, end

    def _sentences(self, said: dict[str, Any]) -> tuple[int, int]:
        if said.get("first") is None:
            return 0, len(self._text)
        first, last = said["first"], said.get("last") or said["first"]
        if last < first:
            raise forms.ValidationError({"last": "The last sentence comes before the first."})
        if last > len(self._units):
            raise forms.ValidationError(
                {"last": f"There are {len(self._units):,} sentences in this source."}
            )
        return self._units[first - 1].start, self._units[last - 1].end

    def _quoted(self, quote: str, low: int, high: int) -> tuple[int, int]:
        """Find the words whatever white space is between them; they have to be there once."""
        looked = r"\s+".join(re.escape(each) for each in quote.split())
        found = list(re.compile(looked).finditer(self._text, low, high)) if looked else []
        if not found:
            raise forms.ValidationError(
                {"quote": "These words are not there. Copy them from the text, as they stand."}
            )
        if len(found) > 1:
            raise forms.ValidationError(
                {"quote": f"These words are there {len(found)} times. Say in which sentence."}
            )
        return found[0].span()


class MemoForm(forms.Form):
    """What a coder thinks, of a passage or of a whole source."""

    memo = Text("Memo", "Others see it when they may see your coding.", rows=6)
