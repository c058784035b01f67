"""In which order records are read, what is aimed at, how many are drawn, why screening stops."""

from typing import Any

from django import forms

from firsthand.evidence import rules
from firsthand.evidence.forms.protocol import Text

_NUMBER = {"class": "govuk-input--width-4", "inputmode": "numeric"}


def _whole(label: str, hint: str, least: int, most: int, initial: int) -> forms.IntegerField:
    wrong = f"Write a whole number from {least} to {most}."
    return forms.IntegerField(
        label=label, help_text=hint, min_value=least, max_value=most, initial=initial,
        widget=forms.NumberInput(attrs=_NUMBER),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )  # fmt: skip


class OrderForm(forms.Form):
    """One of the orders; none is better than the others."""

    how = forms.ChoiceField(
        label="In which order are records read?",
        choices=list(rules.ORDERS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose an order.",
            "invalid_choice": "Choose one of these orders.",
        },
    )


class PlanForm(forms.Form):
    """What is aimed at, before anyone looks."""

    recall = _whole(
        "How much of what belongs in the review do you want to find?",
        "In per cent of all records that would be included. 95 is usual.", 50, 100, 95,
    )  # fmt: skip
    sure = _whole(
        "How sure do you want to be?",
        "In per cent. 95 means: of 20 reviews that stop by this rule, at most 1 missed its aim.",
        50, 99, 95,
    )  # fmt: skip
    looks = _whole(
        "How many times will you look, at most?",
        "Each look makes the next one dearer. The looks are spread evenly over what is unread.",
        1, 50, 10,
    )  # fmt: skip


class AuditForm(forms.Form):
    """How many records are drawn by chance, and read first."""

    size = _whole(
        "How many records?",
        "They are drawn by chance from all that are not settled, and come first until they are "
        "read. You can draw more at any time.",
        1, rules.MOST_DRAWN, 50,
    )  # fmt: skip


class StopForm(forms.Form):
    """Why screening stops here."""

    reason = Text(
        "We stop here, because",
        "People who read the review later will see this. Say what you looked at, and what may be "
        "missing.",
        missing="Say why you stop here.",
    )  # fmt: skip

    def clean_reason(self) -> Any:
        return self.cleaned_data["reason"].strip()
