"""What a label is called and looks like, and the words of a block."""

from typing import Any

from django import forms

from firsthand.evidence import rules
from firsthand.evidence.forms.protocol import Line, Text
from firsthand.evidence.models import Block, Label
from firsthand.methods import highlights


class LabelForm(forms.Form):
    """Name, colour, and line: the line tells it apart for whoever does not see colours."""

    name = Line("What is it called?", "Short, such as: methods, ask Ben", most=60,
                missing="Give it a name.")  # fmt: skip
    colour = forms.ChoiceField(
        label="Colour", choices=list(rules.COLOURS.items()),
        error_messages={"required": "Choose a colour.", "invalid_choice": "Choose a colour."},
    )  # fmt: skip
    line = forms.ChoiceField(
        label="Line", help_text="So that nobody has to tell colours apart.",
        choices=list(rules.LINES.items()),
        error_messages={"required": "Choose a line.", "invalid_choice": "Choose a line."},
    )  # fmt: skip

    @classmethod
    def of(cls, row: Label | Block) -> "LabelForm":
        """Return the form with how it is today."""
        return cls(initial={name: getattr(row, name) for name in cls.base_fields})


class BlockForm(LabelForm):
    """A block: the same, and its words."""

    name = Line("What is it called?", "Such as: population, concept, signs of leaving out", most=60,
                missing="Give it a name.")  # fmt: skip
    words = Text(
        "Words and phrases",
        "One a line. A star stands for the rest of a word: harm* marks harms and harmful. "
        "Capitals and accents do not matter.",
        rows=6, missing="Write at least one word.",
    )  # fmt: skip
    field_order = ("name", "words", "colour", "line")

    def clean_words(self) -> str:
        """Keep one a line; say each thing that is wrong."""
        found = highlights.terms(str(self.cleaned_data["words"]))
        said: list[Any] = list(highlights.wrong(found)) or (
            [] if found else ["Write at least one word."]
        )
        if said:
            raise forms.ValidationError(said)
        return "\n".join(found)
