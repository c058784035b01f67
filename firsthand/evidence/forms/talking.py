"""A note on what reviewers differ on, why something is opened again, and shares."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from firsthand.evidence import rules
from firsthand.evidence.forms.protocol import ReasonForm, Text
from firsthand.evidence.models import Member


class NoteForm(forms.Form):
    text = Text("Your note", "Everyone in this review sees it, with your name.", rows=3,
                missing="Write something first.")  # fmt: skip


class ReopeningForm(ReasonForm):
    """Why a settled record is opened again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = "Say why it is opened again."


class SharesForm(forms.Form):
    """How many decide each record, and which part each member is asked, in percent."""

    asked = forms.TypedChoiceField(
        label="Who decides each record?",
        choices=list(rules.SHARED_BY.items()),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one."},
    )

    def __init__(self, *args: Any, people: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = people
        even = _even(len(people))
        for each, part in zip(people, even, strict=True):
            self.fields[f"part-{each.id}"] = forms.DecimalField(
                label=f"{each}, in percent", min_value=0, max_value=100, max_digits=5,
                decimal_places=2, initial=part,
                widget=forms.NumberInput(
                    attrs={"class": "govuk-input--width-4", "inputmode": "decimal"}
                ),
                error_messages={
                    "required": f"Write which part {each} is asked; 0 for none.",
                    "invalid": "Write a number, such as 25.",
                    "min_value": "Write a number that is not below 0.",
                    "max_value": "Write 100 at most.",
                },
            )  # fmt: skip

    @property
    def percents(self) -> dict[UUID, float]:
        return {each.id: float(self.cleaned_data[f"part-{each.id}"]) for each in self._people}


def _even(people: int) -> list[float]:
    """Return equal parts with at most two decimals that make 100 together."""
    part = round(100 / people, 2)
    return [round(100 - part * (people - 1), 2), *[part] * (people - 1)]
