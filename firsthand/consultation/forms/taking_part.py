"""What members fill in. Nothing but an answer to the invitation is ever required."""

import secrets
from typing import Any

from django import forms

from firsthand.consultation import codes, rules
from firsthand.consultation.forms.group_fields import Box, One, put
from firsthand.consultation.models import Sheet
from firsthand.people.forms.receipts import NineWordsForm


class CodeForm(forms.Form):
    """The code of an invitation."""

    code = forms.CharField(
        label="The five words of your invitation",
        help_text="Type them with spaces between. Small or capital letters make no difference.",
        max_length=300,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": "Type the five words of your invitation.",
            "max_length": "A code has five words.",
        },
    )

    def clean_code(self) -> bytes:
        try:
            return codes.mark_of(self.cleaned_data["code"])
        except codes.Miscopied as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class AnswerForm(forms.Form):
    """Yes, no, or a question first. `number` makes a double press one answer."""

    answer = One("Would you like to take part?", rules.INVITATION_ANSWERS.items(),
                 "Choose one of these. You do not have to say why.")  # fmt: skip
    question = Box(
        "What do you want to ask?",
        "The people who run the group read this. You do not need to say who you are.", rows=3,
    )  # fmt: skip
    number = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def clean_number(self) -> str:
        return self.cleaned_data["number"] or fresh_number()

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("answer") == rules.ASK and not found.get("question"):
            self.add_error("question", "Write what you want to ask.")
        return found


def fresh_number() -> str:
    """Return a form's own number."""
    return secrets.token_urlsafe(16)


class WordsForm(NineWordsForm):
    """The nine words, typed back once."""


class AgreeForm(forms.Form):
    """What a member agrees to, each statement on its own; none is ticked for anyone."""

    agreed = forms.MultipleChoiceField(
        label="What do you agree to?",
        help_text="Tick what is right for you. You can change this at any time.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from these."},
    )
    sheet = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, asked: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = {each.use: each.text for each in asked.statements.all()}
        order = [use for use in rules.USES if use in texts]
        box = self.fields["agreed"]
        box.choices = [(use, texts[use]) for use in order]  # type: ignore[attr-defined]


class NameForm(forms.Form):
    name = forms.CharField(
        label="What shall we call you in this group?",
        help_text="Any name you like. It need not be your own. Others in the group see it.",
        max_length=40,
        error_messages={
            "required": "Write a name. Any you like.",
            "max_length": "Please use 40 characters at most.",
        },
    )

    def clean_name(self) -> str:
        name = rules.plain_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("Use letters, and not “Member” with a number.")
        return name


class NeedsForm(forms.Form):
    needs = Box(
        "What do you need so that you can take part well?",
        "For example: breaks, a quiet room, someone with you, large print, an early end. Leave "
        "it empty if there is nothing.", rows=5,
    )  # fmt: skip


class PayForm(forms.Form):
    pay = One(
        "Do you want to be paid?",
        [(rules.ACCEPTED, "Yes"), (rules.DECLINED, "No, thank you")],
        "Choose yes or no. You can change it later.",
    )


class ComingForm(forms.Form):
    says = One("Will you come?", rules.COMES.items(), "Choose one. You can change it later.")


class LeaveForm(forms.Form):
    what = One("What shall happen to what you said?", rules.LEAVING.items(),
               "Choose what shall happen to what you said.")  # fmt: skip


class CommentForm(forms.Form):
    """A comment on an entry of the draft, or on the whole."""

    kind = One("What do you think?", rules.COMMENTS.items(), "Choose what fits best.")
    text = Box("Why?", "In your own words. The people who write the model read this. Please do "
               "not write anyone's name.", rows=4)  # fmt: skip
    number = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def clean_number(self) -> str:
        return self.cleaned_data["number"] or fresh_number()

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        kind = found.get("kind")
        if kind and rules.reason_needed(kind) and not found.get("text") and not self.errors:
            self.add_error("text", "Say what you mean in a few words, so that we can act on it.")
        return found


class DoneForm(forms.Form):
    """What the editors did with a comment, and why."""

    done = One("What did you do with it?", rules.DONE.items(), "Choose what you did.")
    why = Box("Why?", "The members of the group read this.", missing="Say why, to those who wrote.")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0

    def look(self, seen: int) -> None:
        """Show how many answers there are now; what was typed stays."""
        if self.is_bound:
            put(self, "seen", seen)
        self.initial["seen"] = seen
