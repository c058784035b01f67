"""The filters above the inbox. What makes no sense is passed over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from firsthand.people.models import Team
from firsthand.repair import inbox, rules
from firsthand.repair.inbox import Wanted

_STAGES = [("", "All that is open")]
_STAGES += [(stage, rules.STAGES[stage]) for stage in rules.SEEN_BY_TEAM]
_STAGES += [(inbox.EVERY, "Open and closed")]
_KINDS = [("", "Either"), ("answer", "An answer"), ("help", "Someone on their side")]


class FilterForm(forms.Form):
    stage = forms.ChoiceField(label="Stage", choices=_STAGES, required=False)
    only = forms.ChoiceField(
        label="Show", choices=[("", "All"), *inbox.ONLY.items()], required=False
    )
    kind = forms.ChoiceField(label="What they want", choices=_KINDS, required=False)
    team = forms.ChoiceField(label="Team", required=False)
    sort = forms.ChoiceField(
        label="Order",
        choices=[(key, name) for key, (name, _) in inbox.SORTS.items()],
        required=False,
    )
    reference = forms.CharField(
        label="Reference",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )

    def __init__(self, data: QueryDict, *, teams: Sequence[Team]) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.fields["team"].choices = [("", "All"), *((str(t.id), t.name) for t in teams)]  # type: ignore[attr-defined]
        if len(teams) < 2:
            del self.fields["team"]
        self.is_valid()

    @property
    def wanted(self) -> Wanted:
        """What was asked for, less what made no sense."""
        given: dict[str, Any] = {k: v for k, v in self.cleaned_data.items() if v}
        return Wanted(**given)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order was asked for."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")

    def address(self) -> str:
        """Return the start of the addresses of this list's pages."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in self.cleaned_data.items() if value})
        return f"?{query.urlencode()}&page=" if query else "?page="
