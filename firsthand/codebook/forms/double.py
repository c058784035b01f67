"""What a draw of sources for two coders asks, and what settling a difference asks."""

from collections.abc import Sequence
from typing import Any

from django import forms

from firsthand.codebook import rules
from firsthand.codebook.models import Coder
from firsthand.codebook.settling import Compared, Wanted
from firsthand.evidence.forms.protocol import Text

_NUMBER = {"class": "govuk-input--width-5", "inputmode": "numeric"}


class DrawForm(forms.Form):
    """How many of 100 sources, and who is to code them."""

    percent = forms.IntegerField(
        label="How many of 100 sources are to be coded by two people?",
        help_text="Rounded up. 20 is usual.",
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs=_NUMBER),
        error_messages={
            "required": "Write a number, such as 20.",
            "invalid": "Write a number, such as 20.",
            "min_value": "Write a number from 1 to 100.",
            "max_value": "Write a number from 1 to 100.",
        },
    )
    among = forms.MultipleChoiceField(
        label="Who is to code them?",
        help_text="Two are drawn for each source, as evenly as it goes.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose two people or more.",
            "invalid_choice": "Choose people from the list.",
        },
    )

    def __init__(self, *args: Any, coders: Sequence[Coder], percent: int, **kwargs: Any) -> None:
        ids = [str(each.id) for each in coders]
        super().__init__(*args, **kwargs)
        self.fields["percent"].initial, self.fields["among"].initial = percent or 20, ids
        self._coders = dict(zip(ids, coders, strict=True))
        named = [(key, each.user.name) for key, each in self._coders.items()]
        self.fields["among"].choices = named  # type: ignore[attr-defined]

    def clean_among(self) -> list[str]:
        among: list[str] = self.cleaned_data["among"]
        if len(among) < 2:
            raise forms.ValidationError("Choose two people or more.")
        return among

    @property
    def chosen(self) -> list[Coder]:
        """Who was chosen, in the order of the list, so that a seed draws the same again."""
        return [row for key, row in self._coders.items() if key in self.cleaned_data["among"]]


class SettleForm(forms.Form):
    """Whose coding is taken, or a new stretch, and why."""

    choice = forms.ChoiceField(
        label="What is agreed here?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what is agreed here.",
            "invalid_choice": "Choose one of these.",
        },
    )
    start = forms.IntegerField(
        label="For a new stretch: its first character",
        help_text="Counted from 1 at the beginning of the text, or leave it as it is.",
        min_value=1,
        required=False,
        widget=forms.NumberInput(attrs=_NUMBER),
    )
    end = forms.IntegerField(
        label="For a new stretch: its last character",
        min_value=1,
        required=False,
        widget=forms.NumberInput(attrs=_NUMBER),
    )
    words = forms.CharField(
        label="Or for a new stretch: its words",
        help_text="As they stand in the text, copied. They are looked for at this place.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = Text("Why?", "A sentence for whoever reads this later.", missing="Say why, briefly.")
    together = forms.BooleanField(
        label="We who coded this settled it together",
        required=False,
    )

    def __init__(
        self, *args: Any, place: Compared, around: tuple[int, str], mine: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].initial, self.fields["end"].initial = place.start + 1, place.end
        self._place, self._around = place, around
        self._coders = {str(each.coder.id): each.coder for each in place.sides}
        taken = [(f"{rules.ONE}:{key}", _takes(each)) for key, each in self._coders.items()]
        rest = [(name, rules.SETTLES[name]) for name in (rules.ALL, rules.NEITHER, rules.NEW)]
        self.fields["choice"].choices = [*taken, *rest]  # type: ignore[attr-defined]
        if not mine:
            del self.fields["together"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("choice") == rules.NEW:
            self._new(said)
        return said

    def _new(self, said: dict[str, Any]) -> None:
        begins, text = self._around
        if typed := said.get("words", "").strip():
            # A browser sends CRLF for each line end; a text that came from elsewhere may hold it.
            words = typed if typed in text else typed.replace("\r\n", "\n")
            at = text.find(words)
            if at < 0:
                self.add_error("words", "These words are not in the text near here. Copy them.")
                return
            said["start"], said["end"] = begins + at + 1, begins + at + len(words)
        start, end = said.get("start"), said.get("end")
        if not start or not end or end < start:
            self.add_error("start", "Say where the new stretch begins and ends, or its words.")

    @property
    def wanted(self) -> Wanted:
        """How it is to be settled."""
        said = self.cleaned_data
        choice, _, whose = said["choice"].partition(":")
        new = choice == rules.NEW
        return Wanted(
            passages=tuple(each.id for each in self._place.passages),
            choice=choice,
            reason=said["reason"],
            takes=self._coders.get(whose),
            start=said["start"] - 1 if new else None,
            end=said["end"] if new else None,
            together=said.get("together", False),
        )


def _takes(coder: Coder) -> str:
    return f"What {coder.user.name} coded"
