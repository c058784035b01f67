"""What a steward fills in: organisations, teams, invitations."""

from typing import Any

from django import forms

from firsthand.people import rules
from firsthand.people.models import Organisation, Team


class OrganisationForm(forms.ModelForm[Organisation]):
    """A body people may ask, or that helps them."""

    class Meta:
        model = Organisation
        fields = ["name", "kind", "service_kind", "place", "about", "active"]
        labels = {
            "name": "Name",
            "kind": "What kind of body is it?",
            "service_kind": "What kind of service does it give?",
            "place": "Where is it?",
            "about": "A few words about it",
            "active": "People can choose it",
        }
        help_texts = {
            "name": "As people know it.",
            "place": "A broad place, such as a county. It is shown in published figures.",
            "about": "People see this when they choose who to ask.",
        }
        widgets = {
            "kind": forms.RadioSelect,
            "about": forms.Textarea(attrs={"rows": 4}),
        }
        error_messages = {
            "name": {"required": "Type its name."},
            "kind": {"required": "Choose what kind of body it is."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = list(rules.ORGANISATION_KINDS.items())


class TeamForm(forms.ModelForm[Team]):
    """People who are given access together."""

    class Meta:
        model = Team
        fields = ["name", "active"]
        labels = {"name": "Name of the team", "active": "People can choose it"}
        error_messages = {"name": {"required": "Type the team's name."}}

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        others = Team.objects.filter(organisation=self.instance.organisation_id, name=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("This organisation has a team of that name already.")
        return name


class InviteForm(forms.Form):
    """Who is invited: to a team, or to a role that needs none."""

    role = forms.ChoiceField(
        label="What will they do?",
        widget=forms.RadioSelect,
        choices=[
            (rules.COORDINATOR, "Coordinator: looks after how people are involved"),
            (rules.RESEARCHER, "Researcher: works with evidence and the model of harm"),
            (rules.STEWARD, "Steward: runs this site, as you do"),
        ],
        error_messages={"required": "Choose what they will do."},
    )
