"""A review's protocol, its members, and its criteria."""

from typing import Any

from django import forms

from firsthand.evidence import rules
from firsthand.evidence.models import Review
from firsthand.people.forms.colleague import AsWhat, ColleagueForm, Who


class Text(forms.CharField):
    """A box of several lines."""

    def __init__(self, label: str, hint: str = "", *, rows: int = 3, missing: str = "") -> None:
        super().__init__(
            label=label, help_text=hint, required=bool(missing), max_length=100_000,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"required": missing, "max_length": "This is too long to keep."},
        )  # fmt: skip


class Line(forms.CharField):
    """A box of one line."""

    def __init__(self, label: str, hint: str = "", *, most: int = 200, missing: str = "") -> None:
        super().__init__(
            label=label, help_text=hint, required=bool(missing), max_length=most,
            error_messages={
                "required": missing,
                "max_length": f"Use {most} characters at most.",
            },
        )  # fmt: skip


class ProtocolForm(forms.Form):
    """The protocol: question (population, concept, context), aims, where and how to search."""

    title = Line("Title of the review", most=300, missing="Give the review a title.")
    question = Text(
        "What is the question?",
        "In one sentence, as you would ask it.",
        missing="Write the question that the review is to answer.",
    )
    population = Text("Population", "Whose experience or care is it about?", rows=2)
    concept = Text("Concept", "What of it do you look at?", rows=2)
    context = Text("Context", "Where, and in which kind of services?", rows=2)
    aims = Text("Aims", "What is the review for? Who will use it?")
    databases = Text("Databases and other sources", "One a line.")
    dates = Line("Dates", "From when to when. For example: 1990 to June 2026")
    languages = Line("Languages", "For example: English, any language with an English abstract")
    each = forms.IntegerField(
        label="How many reviewers decide each record?",
        help_text="They decide apart from each other. Two is usual.",
        min_value=1,
        max_value=rules.MOST_REVIEWERS,
        initial=2,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "required": "Say how many reviewers decide each record.",
            "invalid": "Write a number, such as 2.",
            "min_value": "At least one reviewer has to decide.",
            "max_value": f"Choose {rules.MOST_REVIEWERS} at most.",
        },
    )

    @classmethod
    def of(cls, review: Review) -> "ProtocolForm":
        """Return the form with what a review says today."""
        return cls(initial={name: getattr(review, name) for name in cls.base_fields})


class MemberForm(ColleagueForm):
    """Who is to take part, and as what."""

    who = Who(
        "Who is to take part?",
        "Everyone who works on this site. They sign in as they always do.",
        missing="Choose who is to take part.",
    )
    role = AsWhat(rules.MEMBERS, rules.REVIEWER)


class ReasonForm(forms.Form):
    """Why something is changed. Asked for once it matters (`rules.reason_needed`)."""

    reason = Text("Why?", "People who read the review later will see this.", rows=2)

    def __init__(self, *args: Any, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box = self.fields["reason"]
        box.required = needed
        box.error_messages["required"] = "Say why. A change of the criteria needs its reason."


class WordingForm(ReasonForm):
    """A criterion said anew."""

    text = Text(
        "What does it say?",
        "One thing only, so that it can be the reason for leaving a record out.",
        missing="Write what the criterion says.",
    )
    field_order = ("kind", "text", "reason")


class CriterionForm(WordingForm):
    """A new criterion."""

    kind = forms.ChoiceField(
        label="To be included, a record",
        choices=[(rules.INCLUDE, "must meet it"), (rules.EXCLUDE, "must not meet it")],
        widget=forms.RadioSelect,
        initial=rules.INCLUDE,
        error_messages={
            "required": "Choose whether a record must meet it.",
            "invalid_choice": "Choose one of these.",
        },
    )


class UpdateForm(forms.Form):
    """Why a review is searched again."""

    why = Text("Why now?", "If you like. People who read the review later will see this.", rows=2)
