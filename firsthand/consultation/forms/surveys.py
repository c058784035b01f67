"""What is typed to make a survey and to run it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions.surveys import MOST_CODES
from firsthand.consultation.models import Question, Survey
from firsthand.harms.models import ModelVersion
from firsthand.people.models import User


def _line(label: str, hint: str = "", most: int = 200, missing: str = "") -> forms.CharField:
    said = {"required": missing, "max_length": f"Use {most} letters at most."}
    return forms.CharField(label=label, help_text=hint, max_length=most, required=bool(missing),
                           error_messages=said)  # fmt: skip


def _text(label: str, hint: str = "", missing: str = "", rows: int = 4) -> forms.CharField:
    said = {"required": missing, "max_length": "This is too long to keep."}
    return forms.CharField(
        label=label, help_text=hint, max_length=20_000, required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}), error_messages=said,
    )  # fmt: skip


def _choice(
    label: str, choices: Iterable[tuple[str, str]], hint: str = "", missing: str = "Choose one."
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=list(choices), help_text=hint, widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": "Choose one of these."},
    )  # fmt: skip


def _number(label: str, hint: str, least: int, most: int, start: int) -> forms.IntegerField:
    said = f"Write a number from {least} to {most}."
    return forms.IntegerField(
        label=label, help_text=hint, min_value=least, max_value=most, initial=start,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
    )  # fmt: skip


class SurveyForm(forms.Form):
    """Its title, what it is for, who may answer, how it looks."""

    title = _line("What is the survey called?", missing="Give it a title.")
    about = _text(
        "What is it for?",
        "People read this before they begin. Say who asks, why, and what will be done with it.",
        "Say what the survey is for.",
    )
    ways_in = _choice("Who may answer?", rules.WAYS_IN.items(), missing="Choose who may answer.")
    layout = _choice("How does it look?", rules.LAYOUTS.items(), missing="Choose how it looks.")

    @classmethod
    def of(cls, row: Survey) -> "SurveyForm":
        """Return the form with how it is today."""
        return cls(initial={name: getattr(row, name) for name in cls.base_fields})


class QuestionForm(forms.Form):
    """A question: its kind, its words, its list, and numbers that go with its kind."""

    kind = _choice("What kind of question is it?", rules.KINDS.items())
    text = _line("What do you ask?", "In a short sentence.", 300, "Write the question.")
    help = _text("What helps to answer it?", "May be left empty.", rows=2)
    reason = _text(
        "Why do you ask?",
        "Needed where you ask about the person. Ask little, in few and broad groups: what people "
        "say there stands beside what they choose, and is not sealed.",
        rows=2,
    )
    listed = forms.ChoiceField(label="A list of the model of harm", required=False)
    own = _text("Or a list of your own", "One a line. For a question about the person, the "
                "answers to choose from.", rows=6)  # fmt: skip
    most = _number("How many may be put in order?", "Five is plenty for most people.", 1, 20, 5)
    size = _number("How many in each group?", "For best and worst: 3 to 6.", 2, 6, 4)
    times = _number("How often is each shown?", "For best and worst: 2 or 3.", 1, 5, 2)
    steps = _number("How many steps has the rating?", "Such as 5.", 2, 10, 5)
    additions = forms.BooleanField(label="People may add own ones in their words", required=False)

    def __init__(
        self, *args: Any, version: ModelVersion | None, row: Question | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version, self.row = version, row
        lists = queries.lists(version) if version else {}
        field = self.fields["listed"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "None: a list of your own"), *lists.items()]

    @classmethod
    def of(cls, row: Question, version: ModelVersion | None) -> "QuestionForm":
        """Return the form with how a question is today; its list as lines."""
        names = ("kind", "text", "help", "reason", "most", "size", "times", "steps", "additions")
        said = {name: getattr(row, name) for name in names}
        return cls(initial=said | {"own": "\n".join(row.labels.values())}, version=version)

    def clean(self) -> dict[str, Any]:
        """Put the list together; say what is missing beside where it belongs."""
        said = self.cleaned_data
        kind = said.get("kind")
        if kind == rules.ABOUT and not said.get("reason"):
            self.add_error("reason", "Say why you ask. Nobody has to answer.")
        items = self._items(said)
        if kind in rules.WITH_ITEMS and len(items) < 2:
            self.add_error("own", "Give a list with two lines at least, or choose one above.")
        if len(items) > rules.MOST_ITEMS:
            self.add_error("own", f"A list has {rules.MOST_ITEMS} lines at most.")
        return said | {"items": items if kind in rules.WITH_ITEMS else []}

    def _items(self, said: dict[str, Any]) -> list[dict[str, str]]:
        if said.get("listed") and self.version:
            return queries.items_of(self.version, said["listed"])
        before = self.row.items if self.row else []
        return rules.rekeyed(str(said.get("own", "")).splitlines(), before)

    @property
    def wanted(self) -> dict[str, Any]:
        """Return the question's columns."""
        return {k: v for k, v in self.cleaned_data.items() if k not in ("listed", "own")}


class CodesForm(forms.Form):
    """How many codes."""

    many = _number("How many codes do you need?", "One for each person.", 1, MOST_CODES, 20)


_LAST_SHEET = 99_999


class SheetForm(forms.Form):
    """Which sheet of paper it is."""

    sheet = forms.IntegerField(
        label="The number on the sheet", min_value=1, max_value=_LAST_SHEET, required=False,
        help_text="Write a number on each sheet, so that one that is entered twice is noticed.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric",
                                      "autofocus": True}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"),
                                     f"Write a number from 1 to {_LAST_SHEET:,}."),
    )  # fmt: skip


def sheet_of(typed: str) -> int:
    """Return the number of a sheet, 0 for what is none."""
    known = typed.isascii() and typed.isdigit() and len(typed) <= len(str(_LAST_SHEET))
    return int(typed) if known else 0


class SurveyorForm(forms.Form):
    """Who is to run it too."""

    who = forms.ChoiceField(
        label="Who is to run it too?", help_text="They can open people's own words as you can.",
        error_messages={"required": "Choose someone.", "invalid_choice": "Choose someone."},
    )  # fmt: skip

    def __init__(self, *args: Any, could: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(each.id), each.name) for each in could]


class BallotsForm(forms.Form):
    """A file of ballots."""

    file = forms.FileField(
        label="A CSV file",
        help_text="A row for each person. A column for each item of one ranking question, named "
        "as in the question, with the place in it: 1 for the first, nothing for what was left, "
        "n/a for what does not apply.",
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )
    question = forms.ChoiceField(
        label="For which question?",
        error_messages={"required": "Choose a question.", "invalid_choice": "Choose a question."},
    )
    simulated = forms.BooleanField(label="These answers are made up (simulated)", required=False)

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["question"]
        assert isinstance(field, forms.ChoiceField)
        rows = [each for each in questions if each.kind == rules.ORDER]
        field.choices = [(str(each.id), each.text) for each in rows]
