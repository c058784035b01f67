"""What a reviewer decides, what settles a conflict, how large a calibration round is."""

from collections.abc import Sequence
from typing import Any

from django import forms

from firsthand.evidence import rules
from firsthand.evidence.forms.protocol import Text
from firsthand.evidence.models import Criterion
from firsthand.evidence.queries import CriterionLine


class DecisionForm(forms.Form):
    """A choice, the criteria it is for, a note. `choice` is the button that was pressed."""

    choice = forms.ChoiceField(
        choices=list(rules.CHOICES.items()),
        widget=forms.HiddenInput,
        error_messages={
            "required": "Choose Include, Exclude or Maybe.",
            "invalid_choice": "Choose Include, Exclude or Maybe.",
        },
    )
    reasons = forms.MultipleChoiceField(
        label="Which criteria leave it out?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "One of these criteria has changed. Look at them again."},
    )
    note = Text("Note", rows=2)

    def __init__(
        self, *args: Any, criteria: Sequence[CriterionLine], stage: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        self._criteria = {str(line.number): line for line in criteria}
        self._stage = stage
        box = self.fields["reasons"]
        box.choices = [(key, _leaves_out(line)) for key, line in self._criteria.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        needed = said.get("choice") == rules.EXCLUDE and self._stage in rules.REASONS_NEEDED
        if needed and not said.get("reasons", True):
            self.add_error("reasons", "Choose at least one criterion that leaves it out.")
        return said

    @property
    def named(self) -> list[Criterion]:
        """Return the criteria named; none unless it is excluded."""
        if self.cleaned_data["choice"] != rules.EXCLUDE:
            return []
        return [self._criteria[key].row for key in self.cleaned_data["reasons"]]


def _leaves_out(line: CriterionLine) -> str:
    """Say how a criterion leaves a record out: one is not met, the other is."""
    met = "Not met: " if line.row.kind == rules.INCLUDE else ""
    return f"{line.number}. {met}{line.text}"


class ResolutionForm(DecisionForm):
    """What settles it: there is no maybe any more."""

    def clean_choice(self) -> str:
        choice = str(self.cleaned_data["choice"])
        if choice not in rules.FINAL:
            raise forms.ValidationError("Choose Include or Exclude.")
        return choice


class RoundForm(forms.Form):
    size = forms.IntegerField(
        label="How many records?",
        help_text="They are drawn by chance, and everyone decides all of them. 20 to 50 is usual.",
        min_value=1,
        max_value=rules.MOST_IN_ROUND,
        initial=20,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages={
            "required": "Say how many records.",
            "invalid": "Write a whole number.",
            "min_value": "At least one record.",
            "max_value": f"{rules.MOST_IN_ROUND} records at most.",
        },
    )
