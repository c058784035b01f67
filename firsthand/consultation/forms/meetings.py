"""Meetings, and their notes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils import timezone

from firsthand.codebook.models import Coder
from firsthand.consultation import rules
from firsthand.consultation.forms.group_fields import Box, One, Short, put
from firsthand.consultation.models import GroupMeeting

_LONGEST = 1_000_000
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

    asked = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, names: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box = self.fields["text"]
        box.error_messages["max_length"] = f"Please use {_LONGEST:,} characters at most."
        box.max_length = _LONGEST  # type: ignore[attr-defined]
        box.validators = [MaxLengthValidator(_LONGEST), ProhibitNullCharactersValidator()]
        given = _alike(self.data.get("text", "")) if self.is_bound else ""
        self._strangers = rules.strangers(given, [*names, rules.FACILITATOR])
        if self._strangers:
            self.fields["no_names"] = _no_names(self._strangers)

    def clean(self) -> dict[str, Any]:
        """Ask of each name that nobody in the group has, once, before anything is kept."""
        found: dict[str, Any] = super().clean() or {}
        asked = found.get("asked", "").split("|")
        if fresh := [name for name in self._strangers if name not in asked]:
            said = ", ".join(f"\u201c{name}\u201d" for name in fresh[:8])
            self.add_error("no_names", f"Nobody in this group is called {said}. Look at these.")
            put(self, "asked", "|".join(self._strangers))
        found["no_names"] = [each for each in found.get("no_names", ()) if each in self._strangers]
        return found

    def look(self, seen: str) -> None:
        """Take the notes as seen as they are now, when that they changed was told just now."""
        if self.non_field_errors():
            put(self, "seen", seen)


class _Ticked(forms.MultipleChoiceField):
    def valid_value(self, value: object) -> bool:
        """Let what was ticked before its words were taken out of the text go unheard."""
        return True


def _no_names(strangers: list[str]) -> _Ticked:
    return _Ticked(
        label="Which of these are not a name?",
        help_text="Tick words with a colon that are part of what somebody said, such as \u201cMy "
        "view:\u201d. What you do not tick is kept as said by nobody in particular. If it is "
        "someone\u2019s real name, please take it out.",
        choices=[(name, name) for name in strangers], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def _alike(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


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
