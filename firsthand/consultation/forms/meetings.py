"""Meetings, and their notes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from firsthand.codebook.models import Coder
from firsthand.consultation import rules
from firsthand.consultation.forms.group_fields import Box, One, Short
from firsthand.consultation.models import GroupMeeting

_DAYS = ["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d.%m.%Y"]
_TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p"]


class MeetingForm(forms.Form):
    """When, where, how, what about."""

    title = Short("What is the meeting called?", missing="Give the meeting a name.")
    day = forms.DateField(
        label="On which day?", help_text="For example: 27/3/2027", input_formats=_DAYS,
        widget=forms.DateInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={
            "required": "Write the day of the meeting.",
            "invalid": "Write the day like this: 27/3/2027.",
        },
    )  # fmt: skip
    time = forms.TimeField(
        label="At what time?", help_text="For example: 14:30", input_formats=_TIMES,
        widget=forms.TimeInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={
            "required": "Write when it begins.",
            "invalid": "Write the time like this: 14:30.",
        },
    )  # fmt: skip
    how = One("How do you meet?", rules.HOW_MET.items(), "Choose how you meet.")
    place = Box("Where?", "The place and how to get there, or the link or number.", rows=3)
    agenda = Box("What will happen?", "In order, with breaks. Members read this before.")

    @classmethod
    def of(cls, meeting: GroupMeeting) -> "MeetingForm":
        """Return the form with what a meeting says today."""
        starts = timezone.localtime(meeting.starts_at)
        said = {name: getattr(meeting, name) for name in ("title", "how", "place", "agenda")}
        day = f"{starts.day}/{starts.month}/{starts.year}"
        return cls(initial={**said, "day": day, "time": f"{starts:%H:%M}"})

    @property
    def wanted(self) -> dict[str, Any]:
        given = self.cleaned_data
        starts = dt.datetime.combine(given["day"], given["time"])
        said = {name: given[name] for name in ("title", "how", "place", "agenda")}
        return {**said, "starts_at": timezone.make_aware(starts)}


class NotesForm(forms.Form):
    """What was said in a meeting."""

    kind = One("What is this?", [(key, words) for key, words in rules.NOTE_KINDS.items()],
               "Choose one of these.")  # fmt: skip
    text = Box(
        "What was said",
        "Begin each turn with the name that the member chose, and a colon. For example: "
        "River: I waited a year. Write Facilitator: before what you said. Use no real names.",
        rows=16,
        missing="Write or paste the notes.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].max_length = 1_000_000  # type: ignore[attr-defined]
        self.fields["text"].validators = []


class CodingForm(forms.Form):
    """Where notes are to be coded."""

    project = forms.ChoiceField(
        label="In which coding project?",
        error_messages={
            "required": "Choose a project.",
            "invalid_choice": "Choose a project from the list.",
        },
    )

    def __init__(self, *args: Any, projects: Iterable[Coder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._coders = {str(each.id): each for each in projects}
        named = [(key, each.project.title) for key, each in self._coders.items()]
        self.fields["project"].choices = [("", "Choose"), *named]  # type: ignore[attr-defined]

    @property
    def coder(self) -> Coder:
        return self._coders[self.cleaned_data["project"]]
