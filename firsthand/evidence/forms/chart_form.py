"""Designing the charting form: a field, its choices; a study's name; a share to be drawn."""

from collections.abc import Sequence
from typing import Any

from django import forms

from firsthand.evidence.forms.protocol import Line, Text
from firsthand.methods.charting.values import GROUP, KINDS, NUMBER, WITH_CHOICES, Field

MOST_CHOICES = 100


class FieldForm(forms.Form):
    """A field of the charting form: new with its kind, or changed, when the kind stays."""

    kind = forms.ChoiceField(
        label="What kind of answer?",
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        initial="text",
        error_messages={"required": "Choose what kind of answer it is.",
                        "invalid_choice": "Choose one of these."},
    )  # fmt: skip
    label = Line("What does it ask?", "For example: How many people took part?",
                 missing="Write what it asks.")  # fmt: skip
    help = Text("Help", "For whoever charts. For example: count those who finished.", rows=2)
    choices = Text(
        "Choices", "One a line, where there are choices. One that you word differently counts as a "
        "new one.", rows=5,
    )  # fmt: skip
    unit = Line("Unit", "Only for a number. For example: people, years, %", most=40)
    required = forms.BooleanField(
        label="It has to be charted before a chart is finished",
        help_text="\u201cNot reported\u201d counts as charted.",
        required=False,
    )

    def __init__(
        self, *args: Any, others: Sequence[str] = (), kind: str = "", part: bool = False,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._others, self._kind = set(others), kind
        if kind:
            del self.fields["kind"]
            for name, of in (("choices", WITH_CHOICES), ("unit", (NUMBER,))):
                if kind not in of:
                    del self.fields[name]
        elif part:
            box = self.fields["kind"]
            box.choices = [(k, v) for k, v in KINDS.items() if k != GROUP]  # type: ignore[attr-defined]
        if part:
            del self.fields["required"]

    @classmethod
    def initial_of(cls, field: Field) -> dict[str, Any]:
        """Return what a field says today."""
        return {
            "label": field.label, "help": field.help, "unit": field.unit,
            "required": field.required, "choices": "\n".join(each.label for each in field.choices),
        }  # fmt: skip

    def clean_label(self) -> str:
        label = str(self.cleaned_data["label"])
        if label in self._others:
            raise forms.ValidationError("Another field asks this already. Word it differently.")
        return label

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        kind = self._kind or said.get("kind", "")
        if kind in WITH_CHOICES and "choices" in said:
            many = len(self.labels_of(said))
            if many < 2:
                self.add_error("choices", "Write at least two choices, one a line.")
            elif many > MOST_CHOICES:
                self.add_error("choices", f"Use {MOST_CHOICES} choices at most.")
        return said

    @staticmethod
    def labels_of(said: dict[str, Any]) -> list[str]:
        lines = (" ".join(each.split()) for each in str(said.get("choices", "")).splitlines())
        return list(dict.fromkeys(each for each in lines if each))

    @property
    def labels(self) -> list[str]:
        """The choices; none for a field of another kind, whatever was typed."""
        kind = self._kind or self.cleaned_data["kind"]
        return self.labels_of(self.cleaned_data) if kind in WITH_CHOICES else []

    @property
    def field(self) -> Field:
        said = self.cleaned_data
        kind = self._kind or said["kind"]
        unit = said.get("unit", "") if kind == NUMBER else ""
        return Field("", kind, said["label"], said["help"], unit, bool(said.get("required")))


class StudyForm(forms.Form):
    name = Line("Short name", "For example: Brook 2019", missing="Give the study a name.")
    note = Text("Note", "For those who take part. Nothing of it is in the table.", rows=2)


class DrawForm(forms.Form):
    """Which share is charted by two people."""

    share = forms.IntegerField(
        label="Which share, in per cent?",
        help_text="They are drawn by chance. 25 is usual; 100 is every study.",
        min_value=1,
        max_value=100,
        initial=25,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "required": "Say which share.",
            "invalid": "Write a whole number, such as 25.",
            "min_value": "At least 1 per cent.",
            "max_value": "100 per cent at most.",
        },
    )


class WhyForm(forms.Form):
    """The reason for a reconciled value."""

    reason = Text(
        "Why?", "What you talked over, or looked up again.", rows=2,
        missing="Say why this is the value. Both charts stay as they are.",
    )  # fmt: skip
