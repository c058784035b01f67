"""What facilitators fill in: a group, its sheet, who runs it, invitations."""

from collections.abc import Iterable
from typing import Any

from django import forms

from firsthand.consultation import rules
from firsthand.consultation.forms.group_fields import Box, One, Short
from firsthand.consultation.models import Group, Sheet
from firsthand.harms.models import ModelVersion
from firsthand.people.forms.colleague import ColleagueForm, Who
from firsthand.people.rules import LONGEST_SIGN_IN_NAME

_SHEET = """What this is about


What we ask of you


What we do with what you say


Who sees it


You can stop at any time. You do not have to say why.
"""


class GroupForm(forms.Form):
    """What a group is."""

    kind = One("What kind of group is it?", rules.GROUP_KINDS.items(), "Choose one of these.")
    title = Short("Its name", "As members will see it.", missing="Give the group a name.")
    purpose = Box("What is it for?", "Members read this.", missing="Say what the group is for.")
    version = forms.ChoiceField(
        label="Which draft of the model does it comment on?",
        help_text="You can choose one later.",
        required=False,
        error_messages={"invalid_choice": "Choose one from the list."},
    )
    before = Box("Support before meetings", "Who can members talk to, and how?", rows=2)
    during = Box("Support during meetings", "Who is there for them, and where?", rows=2)
    after = Box("Support afterwards", "Who can they call, and until when?", rows=2)
    pay = Short("What is offered for coming?", "For example: £25 a meeting. Leave it empty if "
                "nothing is.", most=100)  # fmt: skip
    pay_how = Short("How is it paid?", "For example: as a voucher at the end of the meeting. "
                    "No bank details are kept here.")  # fmt: skip

    def __init__(self, *args: Any, drafts: Iterable[ModelVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._drafts = {str(each.id): each for each in drafts}
        named = [(key, each.title) for key, each in self._drafts.items()]
        self.fields["version"].choices = [("", "None yet"), *named]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, group: Group, drafts: Iterable[ModelVersion]) -> "GroupForm":
        """Return the form with what a group says today."""
        said = {name: getattr(group, name) for name in cls.base_fields}
        return cls(initial={**said, "version": str(group.version_id or "")}, drafts=drafts)

    def clean_version(self) -> ModelVersion | None:
        return self._drafts.get(self.cleaned_data["version"])


class SheetForm(forms.Form):
    """An information sheet, and what members are asked to agree to, each thing on its own."""

    text = Box("Information sheet", "Short sentences. What a member should know before they say "
               "yes.", rows=16, missing="Write what members should know.")  # fmt: skip
    part = Short(
        "To take part", "Nobody is in the group without this.", most=500, rows=2,
        missing="Write what someone agrees to who takes part.",
    )  # fmt: skip
    notes = Short(
        "Notes", "Leave it empty and no notes can be kept of what they say.", most=500, rows=2
    )
    coding = Short(
        "Sorting by theme", "Leave it empty and nothing goes on to coding.", most=500, rows=2
    )
    quotes = Short("Quotes", "Leave it empty if you will print none.", most=500, rows=2)

    @classmethod
    def of(cls, sheet: Sheet | None) -> "SheetForm":
        """Return the form with the newest sheet, or with one to begin from."""
        if sheet is None:
            return cls(initial={"text": _SHEET, **rules.USES})
        said = {each.use: each.text for each in sheet.statements.all()}
        return cls(initial={"text": sheet.text, **said})

    @property
    def statements(self) -> dict[str, str]:
        return {use: self.cleaned_data[use] for use in rules.USES}


class FacilitatorForm(ColleagueForm):
    """Who is to run a group too."""

    who = Who(
        "Who is to run this group too?",
        "Researchers and coordinators of this site. They see all of the group.",
        missing="Choose someone.",
    )


class InvitingForm(forms.Form):
    """Whom to invite: as many as codes are wanted, or someone's sign-in."""

    text = Box("What do you want to say to them?", "They read this first. Say who you are.",
               missing="Write a few words to those you invite.")  # fmt: skip
    many = forms.IntegerField(
        label="How many codes do you want?",
        help_text="One for each person. Give it to them on paper, or say it to them.",
        required=False, min_value=1, max_value=rules.MOST_INVITATIONS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Write a number, such as 8.",
            "min_value": "Write 1 or more.",
            "max_value": f"Write {rules.MOST_INVITATIONS} at most. You can make more afterwards.",
        },
    )  # fmt: skip
    sign_in_name = Short(
        "Or a person's sign-in name",
        "If they told you. The invitation waits for them when they sign in. We do not say "
        "whether there is such a sign-in.",
        most=LONGEST_SIGN_IN_NAME,
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(found.get("many")) == bool(found.get("sign_in_name")):
            self.add_error("many", "Say how many codes you want, or write one sign-in name.")
        return found


class ReplyForm(forms.Form):
    """An answer to what someone asked before they say yes or no."""

    reply = Box("Your answer", "They read it when they come back with their invitation.",
                missing="Write an answer first.")  # fmt: skip
