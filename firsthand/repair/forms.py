"""What each side is asked. What was typed is given back whole, whatever was wrong with it."""

import secrets
from collections.abc import Mapping, Sequence, Set
from typing import Any

from django import forms
from django.utils import timezone

from firsthand.access.rules import ANSWER
from firsthand.methods.typed import whole
from firsthand.people.models import Team
from firsthand.repair import rules
from firsthand.repair.uploads import Files
from firsthand.repair.words import Asked, Pledge, Said
from firsthand.testimony.forms import Words

_DAYS = ["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%Y-%m-%d"]
_DAYS += ["%d %B %Y", "%d %b %Y"]
_FURTHEST = 10 * 366  # days ahead that a promise may be due


class Numbered(forms.Form):
    """A form that, sent twice, counts once; `seen` is how many turns were there to read."""

    number = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seen: int = 0, **kwargs: Any) -> None:
        fresh = {"number": secrets.token_urlsafe(16), "seen": seen}
        kwargs["initial"] = {**fresh, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def clean_number(self) -> str:
        return self.cleaned_data["number"] or secrets.token_urlsafe(16)

    def overtaken(self, seen: int, sentence: str) -> None:
        """Say that the conversation moved on; the next press posts all the same."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = str(seen)  # type: ignore[index]
        self.add_error(None, sentence)


class MessageForm(Numbered):
    text = Words(label="Write a message", rows=6, required=False)
    files = Files()  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given["text"].strip() and not given["files"]:
            self.add_error("text", "Write something, or choose a file to send.")
        return given

    @property
    def said(self) -> Said:
        return Said(text=self.cleaned_data["text"])


def _part(label: str, hint: str, missing: str) -> Words:
    return Words(label=label, help_text=hint, rows=5, error_messages={"required": missing})


class AnswerForm(Numbered):
    """The parts of an answer that can mend something. Each promise has a form of its own."""

    heard = _part(
        "What we heard",
        "Say in your own words what happened to them, and what it did. Begin with them.",
        "Say what you heard, so that they know you took it in.",
    )
    responsible = _part(
        "What we take responsibility for",
        "Say plainly what you should have done. If you are sorry, say what for.",
        "Say what you take responsibility for. If there is nothing, say why you think so.",
    )
    needed = _part(
        "What you told us you need",
        "What they asked for, and what matters to them now.",
        "Say what they told you they need. If you do not know yet, say so and ask.",
    )
    cannot = Words(
        label="What we cannot do",
        help_text="Leave this empty if you can do what they need. If there is something you cannot "
        "do, say it here, and why.",
        rows=3,
        required=False,
    )
    files = Files()  # type: ignore[assignment]

    def __init__(self, *args: Any, kind: str = ANSWER, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != ANSWER:  # someone independent is not the one who did it
            del self.fields["responsible"]

    @property
    def said(self) -> Said:
        parts = ("heard", "responsible", "needed", "cannot")
        return Said(**{part: self.cleaned_data.get(part, "") for part in parts})


class PledgeForm(forms.Form):
    """One promise. All of it, or none."""

    text = Words(label="We will", rows=2, required=False)
    who = Words(
        label="Who will see to it?",
        help_text="A name or a job, so that they know whom to ask.",
        required=False,
    )
    due = forms.DateField(
        label="By when?",
        help_text="For example: 31/3/2027",
        required=False,
        input_formats=_DAYS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"invalid": "Write the day as in 31/3/2027."},
    )

    def clean_due(self) -> Any:
        due, today = self.cleaned_data["due"], timezone.localdate()
        if due and due < today:
            raise forms.ValidationError("This day has passed. Choose today or a later day.")
        if due and (due - today).days > _FURTHEST:
            raise forms.ValidationError("This is more than ten years away. Choose an earlier day.")
        return due

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.is_blank():
            return given
        missing = {
            "text": "Say what you will do.",
            "who": "Say who will see to it.",
            "due": "Say by when.",
        }
        for name, sentence in missing.items():
            if name not in self.errors and not str(given.get(name) or "").strip():
                self.add_error(name, sentence)
        return given

    def is_blank(self) -> bool:
        """Whether nothing at all was typed into it."""
        return not any(str(self[name].value() or "").strip() for name in self.fields)

    @property
    def pledge(self) -> Pledge:
        return Pledge(**self.cleaned_data)


def pledge_forms(data: Mapping[str, Any] | None = None) -> list[PledgeForm]:
    """Return as many promises as the page had, and one more when that was asked for."""
    rows = whole(str((data or {}).get("rows", "")), 1)
    rows += "more" in (data or {})
    rows = min(max(rows, 1), rules.MOST_PROMISES)
    return [PledgeForm(data, prefix=f"will-{place}") for place in range(rows)]


class AskedForm(forms.Form):
    """What the person would like from a team. All of it may be left empty."""

    asks = forms.MultipleChoiceField(
        label="What would you like from them?",
        help_text="Choose as many as you like, or none.",
        choices=list(rules.ASKS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = Words(
        label="In your own words, if you want to",
        help_text="Anything else you would like, or how you would like to be written to.",
        rows=5,
        required=False,
    )

    @property
    def asked(self) -> Asked:
        return Asked(tuple(self.cleaned_data["asks"]), self.cleaned_data["text"])


class LetInForm(forms.Form):
    """Whom to have beside them in a conversation. Nobody is chosen beforehand."""

    who = forms.ChoiceField(
        label="Whom do you want to let in?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whom to let in.",
            "invalid_choice": "Choose one of these.",
        },
    )
    earlier = forms.BooleanField(
        label="Let them read what was written before, too",
        help_text="If you leave this out, they read what you ask for, and what is written from now "
        "on. You can open the rest later.",
        required=False,
    )

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._teams = {str(team.id): team for team in teams}
        self._offer(teams)

    @property
    def team(self) -> Team:
        return self._teams[self.cleaned_data["who"]]

    def leave_out(self, inside: Set[Team]) -> None:
        """Offer only those who are not in yet. Someone who presses twice is still understood."""
        self._offer([team for team in self._teams.values() if team not in inside])

    def _offer(self, teams: Sequence[Team]) -> None:
        self.fields["who"].choices = [(str(team.id), str(team)) for team in teams]  # type: ignore[attr-defined]


class JudgeForm(forms.Form):
    """The person's own word on a promise."""

    number = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    verdict = forms.ChoiceField(
        label="How did it go?",
        choices=list(rules.VERDICTS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how it went.",
            "invalid_choice": "Choose one of these.",
        },
    )

    def clean_number(self) -> str:
        return self.cleaned_data["number"] or secrets.token_urlsafe(16)
