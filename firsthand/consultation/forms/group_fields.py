"""Boxes, and choices that say what to do when none is made."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.http import QueryDict

LONGEST = 20_000


def put(form: forms.Form, name: str, value: object) -> None:
    """Give a hidden field of a form that was sent another value; what was typed stays."""
    data = cast(QueryDict, form.data).copy()
    data[name] = str(value)
    form.data = data


class Box(forms.CharField):
    """A box of several lines."""

    def __init__(self, label: str, hint: str = "", *, rows: int = 4, missing: str = "") -> None:
        super().__init__(
            label=label, help_text=hint, required=bool(missing), max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={
                "required": missing,
                "max_length": f"Please use {LONGEST:,} characters at most.",
            },
        )  # fmt: skip

    def to_python(self, value: object) -> str:
        """Make line ends alike, as a browser sends them another way than a file has them."""
        text: str = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class Short(forms.CharField):
    """A box for a few words: of one line, or of more for a sentence that is to be seen whole."""

    def __init__(
        self, label: str, hint: str = "", *, most: int = 200, missing: str = "", rows: int = 1
    ) -> None:
        super().__init__(
            label=label, help_text=hint, required=bool(missing), max_length=most,
            widget=forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput,
            error_messages={
                "required": missing,
                "max_length": f"Please use {most} characters at most.",
            },
        )  # fmt: skip


class One(forms.ChoiceField):
    """One of a few."""

    def __init__(
        self, label: str, choices: Iterable[tuple[str, str]], missing: str, hint: str = ""
    ) -> None:
        super().__init__(
            label=label, help_text=hint, choices=list(choices), widget=forms.RadioSelect,
            error_messages={"required": missing, "invalid_choice": missing},
        )  # fmt: skip
