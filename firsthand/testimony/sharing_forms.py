"""The questions of sharing: who may read, and who is to read no more."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from firsthand.people.models import Team
from firsthand.people.queries import members_of, teams_to_ask
from firsthand.people.rules import ANSWERING, INDEPENDENT, RESEARCH
from firsthand.testimony import rules

_READS_IT = "Reads it already. Tick it only to change the last day."
_NO_LONGER = "You took back what this team was let in for. Untick it to stop sharing with it."


class LastingForm(forms.Form):
    """Sharing that has a last day, if one is wanted."""

    until = forms.DateField(
        label="Until when?",
        help_text="Leave this empty to share until you stop it. For example: 31/12/2027",
        required=False,
        input_formats=["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d %B %Y"],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"invalid": "Write the day as in 31/12/2027, or leave it empty."},
    )
    field_order = ("teams", "until")

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(
                "This day has passed, so nobody could read it. Choose today or a later day, or "
                "leave it empty."
            )
        return until


class ReadersForm(LastingForm):
    """The teams a person may choose, by what they wished for, and those who read already.

    `reading` are the ids of those who read already; `hints` stand at those among them that the
    wishes no longer let in; `but_not` read for another reason. `wants` are the wishes to be read,
    and `any_to_ask` says whether there is a team on this site for any of them.
    """

    teams = forms.MultipleChoiceField(
        label="Who may read what you told us?",
        help_text="Only those you choose can read it. You can stop sharing at any time.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={
            "invalid_choice": "A team you chose cannot be asked any more. Look at the list again."
        },
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        wishes: tuple[str, ...] = (),
        reading: Iterable[Team] = (),
        but_not: Iterable[Team] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds, inside = rules.kinds_for(wishes), {team.id: team for team in reading}
        others = [team.id for team in but_not]
        teams = {team.id: team for team in teams_to_ask(kinds).exclude(id__in=others)}
        self.choosable = list((teams | inside).values())
        self.fields["teams"].choices = _named(self.choosable)  # type: ignore[attr-defined]
        self.members = {team.id: members_of(team) for team in self.choosable}
        self.reading = [str(each) for each in inside]
        unwished = [team for team in inside.values() if team.organisation.kind not in kinds]
        self.hints = {str(team.id): _NO_LONGER for team in unwished}
        self.wants = [wish for wish in rules.OTHERS_READ if wish in wishes]

    @property
    def any_to_ask(self) -> bool:
        return teams_to_ask((*INDEPENDENT, *ANSWERING)).exists()


class ResearchForm(LastingForm):
    """The research teams a person may let in. None is ticked: not even those `reading` already.

    `but_not` read for another reason.
    """

    teams = forms.MultipleChoiceField(
        label="Which researchers may read it?",
        help_text="Only those you tick. You can stop at any time.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick a team. If you would rather not, go back: nothing is shared then.",
            "invalid_choice": "A team you chose cannot be let in any more. Look at the list again.",
        },
    )

    def __init__(
        self, *args: Any, reading: Iterable[Team], but_not: Iterable[Team], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        others = [team.id for team in but_not]
        self.choosable = list(teams_to_ask([RESEARCH]).exclude(id__in=others))
        self.fields["teams"].choices = _named(self.choosable)  # type: ignore[attr-defined]
        self.members = {team.id: members_of(team) for team in self.choosable}
        self.hints = {str(team.id): _READS_IT for team in reading}

    @property
    def chosen(self) -> list[Team]:
        ticked = self.cleaned_data["teams"]
        return [team for team in self.choosable if str(team.id) in ticked]


class StopForm(forms.Form):
    """Which teams are to read no more. All are ticked beforehand: their wish was taken back."""

    stop = forms.MultipleChoiceField(
        label="Stop sharing with",
        help_text="Untick a team only if you want it to go on reading.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *, teams: Iterable[Team]) -> None:
        named = _named(teams)
        super().__init__(initial={"stop": [each for each, _ in named]})
        self.fields["stop"].choices = named  # type: ignore[attr-defined]


def _named(teams: Iterable[Team]) -> list[tuple[str, str]]:
    return [(str(team.id), f"{team.organisation.name}: {team.name}") for team in teams]
