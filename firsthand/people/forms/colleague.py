"""Choosing one of the people who work on this site, to take part in a review, project or group."""

from collections.abc import Iterable
from typing import Any

from django import forms

from firsthand.people.models import User
from firsthand.people.rules import ROLES


class Who(forms.ChoiceField):
    """A list of colleagues, by name and role."""

    def __init__(self, label: str, hint: str, *, missing: str, **kwargs: Any) -> None:
        errors = {"required": missing, "invalid_choice": "Choose someone from the list."}
        super().__init__(label=label, help_text=hint, error_messages=errors, **kwargs)

    def offer(self, people: dict[str, User]) -> None:
        """Show these people."""
        named = [(key, f"{each.name}, {ROLES[each.role]}") for key, each in people.items()]
        self.choices = [("", "Choose"), *named]


class AsWhat(forms.ChoiceField):
    """What someone takes part as: `roles` maps a role to its name on pages."""

    widget = forms.RadioSelect

    def __init__(self, roles: dict[str, str], first: str) -> None:
        errors = {"required": "Choose as what.", "invalid_choice": "Choose one of these."}
        super().__init__(
            label="As what?", choices=list(roles.items()), initial=first, error_messages=errors
        )


class ColleagueForm(forms.Form):
    """Asks for one of `people`. A form of this kind has a field `who`."""

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(each.id): each for each in people}
        who = self.fields["who"]
        assert isinstance(who, Who)
        who.offer(self._people)

    @property
    def user(self) -> User:
        """Whoever was chosen."""
        return self._people[self.cleaned_data["who"]]
