"""What a code says, where it stands, and how it is merged and split."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from firsthand.codebook import rules
from firsthand.codebook.actions.codes import TEXTS
from firsthand.codebook.models import Code
from firsthand.evidence.forms.protocol import Line, Text
from firsthand.methods.typed import whole

Tree = Sequence[tuple[int, Code]]
_MISSING = {"required": "Choose a code.", "invalid_choice": "Choose a code from the list."}


def _named(tree: Tree, but: Code | None = None) -> list[tuple[str, str]]:
    return [(str(each.id), "\u2013 " * depth + each.name) for depth, each in tree if each != but]


class WordsForm(forms.Form):
    """What a code says and looks like, and its examples."""

    name = Line("Name", "Short, in plain words.", most=rules.LONGEST_NAME,
                missing="Give the code a name.")  # fmt: skip
    definition = Text("What it means", rows=2)
    when_to_use = Text("When to use it", rows=2)
    when_not = Text("When not to use it", "And which code to use instead.", rows=2)
    examples = Text(
        "Examples",
        f"One a line. {rules.ENOUGH_EXAMPLES} or more help people to code alike.",
        rows=5,
    )  # fmt: skip
    memo = Text("Memo", "What you think about this code. Everyone in the project sees it.", rows=2)
    colour = forms.CharField(
        label="Colour", widget=forms.TextInput(attrs={"type": "color", "class": "colour"}),
        error_messages={"required": "Choose a colour."},
    )  # fmt: skip
    pattern = forms.ChoiceField(
        label="Line", help_text="So that nobody has to tell colours apart.",
        choices=list(rules.PATTERNS.items()),
        error_messages={"required": "Choose a line.", "invalid_choice": "Choose a line."},
    )  # fmt: skip
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_colour(self) -> str:
        """Written as #rrggbb, whatever the browser gave."""
        typed = str(self.cleaned_data["colour"]).strip().lower()
        if not rules.is_colour(typed):
            raise forms.ValidationError("Write the colour as in #0072b2.")
        return typed

    @property
    def words(self) -> dict[str, Any]:
        return {each: self.cleaned_data[each] for each in TEXTS}

    @property
    def sentences(self) -> list[str]:
        """The examples, one each."""
        lines = self.cleaned_data["examples"].splitlines()
        return [each.strip() for each in lines if each.strip()]

    @staticmethod
    def said(code: Code, version: int) -> dict[str, Any]:
        """Return what a code says today, for the form."""
        texts = {each: getattr(code, each) for each in TEXTS}
        lines = "\n".join(" ".join(each.text.split()) for each in code.examples.all())
        return {**texts, "examples": lines, "seen": version}


class AddForm(WordsForm):
    """A new code, and where it goes."""

    parent = forms.ChoiceField(
        label="Where does it go?", required=False,
        error_messages={"invalid_choice": "Choose a code from the list."},
    )  # fmt: skip
    field_order = ("name", "parent")

    def __init__(self, *args: Any, tree: Tree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._codes = {str(each.id): each for _, each in tree}
        named = [(key, f"Below: {name}") for key, name in _named(tree)]
        self.fields["parent"].choices = [("", "At the top"), *named]  # type: ignore[attr-defined]

    @property
    def above(self) -> Code | None:
        return self._codes.get(self.cleaned_data["parent"])


class MoveForm(forms.Form):
    """Where a code is to stand."""

    parent = forms.ChoiceField(
        label="Below which code?", required=False,
        error_messages={"invalid_choice": "Choose a code from the list."},
    )  # fmt: skip
    place = forms.IntegerField(
        label="At which place there?", help_text="1 is the first. Leave it empty for the last.",
        required=False, min_value=1, max_value=rules.MOST_CODES,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={"invalid": "Write a number.", "min_value": "1 is the first place.",
                        "max_value": f"There are {rules.MOST_CODES:,} places at most."},
    )  # fmt: skip

    def __init__(self, *args: Any, tree: Tree, code: Code, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._codes = {str(each.id): each for _, each in tree}
        named = _named(tree, but=code)
        self.fields["parent"].choices = [("", "None: at the top"), *named]  # type: ignore[attr-defined]

    @property
    def where(self) -> tuple[Code | None, int | None]:
        place = self.cleaned_data["place"]
        return self._codes.get(self.cleaned_data["parent"]), place - 1 if place else None


class MergeForm(forms.Form):
    """Which code it is merged into."""

    into = forms.ChoiceField(label="Into which code?", error_messages=_MISSING)

    def __init__(self, *args: Any, tree: Tree, code: Code, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._codes = {str(each.id): each for _, each in tree}
        named = [("", "Choose"), *_named(tree, but=code)]
        self.fields["into"].choices = named  # type: ignore[attr-defined]

    @property
    def target(self) -> Code:
        return self._codes[self.cleaned_data["into"]]


class SplitForm(forms.Form):
    """Into which new codes; which part each of one's own passages goes to is asked beside it."""

    parts = Text(
        "New codes", "One a line. They come below this one.", rows=4,
        missing="Write the names of the new codes, one a line.",
    )  # fmt: skip

    def clean_parts(self) -> list[str]:
        """Return the names, each once."""
        lines = (" ".join(each.split()) for each in self.cleaned_data["parts"].splitlines())
        names = list(dict.fromkeys(each for each in lines if each))
        if any(len(each) > rules.LONGEST_NAME for each in names):
            raise forms.ValidationError(f"Use {rules.LONGEST_NAME} characters at most for a name.")
        return names


def parts_of(data: Any, passages: Sequence[UUID], parts: int) -> dict[UUID, int]:
    """Return which part (from 0) was chosen for each passage; those that stay are left out."""
    found = {}
    for each in passages:
        chosen = whole(data.get(f"part-{each}", ""), 0)
        if 1 <= chosen <= parts:
            found[each] = chosen - 1
    return found
