"""What a coding project asks, and who takes part."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from firsthand.codebook import rules
from firsthand.codebook.models import Project
from firsthand.evidence.forms.protocol import Line, Text
from firsthand.evidence.models import Review
from firsthand.people.forms.colleague import AsWhat, ColleagueForm, Who


class ProjectForm(forms.Form):
    """Title, question, where its sources may come from, and how much two people code."""

    title = Line("What is it called?", most=300, missing="Give it a title.")
    question = Text(
        "What is the question?",
        "In one sentence: what do you look for in the texts?",
        missing="Write the question that you bring to the texts.",
    )
    review = forms.ChoiceField(
        label="Does it belong to a review of yours?",
        help_text="Then you can bring in the reports that the review included.",
        required=False,
        error_messages={"invalid_choice": "Choose a review from the list, or none."},
    )
    double = forms.IntegerField(
        label="How many of 100 sources do two people code?",
        help_text="They code apart from each other, so that you see how far you agree. "
        "20 is usual.",
        min_value=0,
        max_value=100,
        initial=20,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "required": "Write a number, such as 20.",
            "invalid": "Write a number, such as 20.",
            "min_value": "Write a number from 0 to 100.",
            "max_value": "Write a number from 0 to 100.",
        },
    )

    def __init__(self, *args: Any, reviews: Iterable[Review], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reviews = {str(each.id): each for each in reviews}
        named = [(key, each.title) for key, each in self._reviews.items()]
        self.fields["review"].choices = [("", "No"), *named]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, project: Project, reviews: Iterable[Review]) -> "ProjectForm":
        """Return the form with what a project says today."""
        said: dict[str, Any] = {
            name: getattr(project, name) for name in ("title", "question", "double")
        }
        return cls(initial={**said, "review": project.review_id}, reviews=reviews)

    @property
    def wanted(self) -> dict[str, Any]:
        """What was said, with the review itself."""
        said = dict(self.cleaned_data)
        return {**said, "review": self._reviews.get(said["review"])}


class CoderForm(ColleagueForm):
    """Who is to take part, and as what."""

    who = Who(
        "Who is to take part?",
        "Researchers and coordinators of this site. They sign in as they always do.",
        missing="Choose who is to take part.",
    )
    role = AsWhat(rules.ROLES, rules.CODER)


def ids(texts: Iterable[str]) -> list[uuid.UUID]:
    """Return the ids among some texts; what is none is passed over."""
    found = []
    for each in texts:
        try:
            found.append(uuid.UUID(each))
        except ValueError:
            continue
    return found
