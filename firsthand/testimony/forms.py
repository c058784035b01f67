"""The questions of telling. Nothing but what happened is ever required."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings

from firsthand.people.forms.passphrase import passphrase_field
from firsthand.people.forms.receipts import WordsBackForm, nine_words_field
from firsthand.people.models import Organisation
from firsthand.people.rules import ANSWERING, SERVICE_KINDS
from firsthand.testimony import rules
from firsthand.testimony.answers import PROMPTS
from firsthand.testimony.fitting import Fit

# What no keyboard types on purpose and no page can show; line breaks and tabs stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Words(forms.CharField):
    """Free text, kept as it was typed but for control characters."""

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        if rows:
            kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
        super().__init__(strip=False, **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return _CONTROLS.sub("", text)

    def validate(self, value: str) -> None:
        if self.required and not value.strip():
            raise forms.ValidationError(self.error_messages["required"])
        most = settings.FIRSTHAND_LONGEST_TEXT
        if len(value) > most:
            raise forms.ValidationError(
                f"This is {len(value):,} characters long. The most we can keep in one answer is "
                f"{most:,}. Everything you typed is still here: please shorten it, or put part of "
                "it into a text file and add that as a file."
            )


class HappenedForm(forms.Form):
    """The first page, and the only one that needs an answer."""

    happened = Words(
        label="What happened?",
        help_text="Say it in your own words, as much or as little as you like. "
        "You do not need to give names, dates or proof.",
        rows=12,
        error_messages={
            "required": "Write something about what happened. A few words are enough to begin."
        },
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class StartForm(HappenedForm):
    """The first page when nothing is kept yet. `number` makes a double click one telling."""

    number = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    seen = None  # type: ignore[assignment]

    def clean_number(self) -> str:
        return self.cleaned_data["number"] or secrets.token_urlsafe(16)


class MoreForm(forms.Form):
    """A few prompts, each to skip."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in PROMPTS.items():
            self.fields[key] = Words(label=label, rows=4, required=False)


class WhenForm(forms.Form):
    when = Words(
        label="When did it happen?",
        help_text="Roughly is fine. For example: last spring, about 2019, March 2021, for years.",
        required=False,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class WhereForm(forms.Form):
    """A service known here, or whatever the person calls it."""

    organisation = forms.ChoiceField(label="Is the service in this list?", required=False)
    service = Words(
        label="Or what do you call it?",
        help_text="The name of the service, team or place, if you want to say.",
        required=False,
    )
    service_kind = forms.ChoiceField(
        label="What kind of service was it?",
        choices=[("", "Choose one, or leave this"), *SERVICE_KINDS.items()],
        required=False,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Organisation.objects.filter(active=True, kind__in=ANSWERING)
        names = [(str(each.id), each.name) for each in known]
        self.fields["organisation"].choices = [("", "Not in the list, or rather not say"), *names]  # type: ignore[attr-defined]


class WishesForm(forms.Form):
    wishes = forms.MultipleChoiceField(
        label="What would you like to happen?",
        help_text="Choose as many as you like. You can change your mind at any time.",
        choices=list(rules.WISHES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReceiptForm(forms.Form):
    receipt = nine_words_field()


class FitsForm(forms.Form):
    """Entries of the model of harm: suggested, searched for, or picked before.

    `offered` holds the codes the page suggested, so that they need not be worked out once more.
    """

    codes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    offered = forms.CharField(widget=forms.HiddenInput, required=False)
    q = forms.CharField(label="Look for something else", required=False, max_length=200)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: Mapping[str, Fit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, each.label) for code, each in known.items()]
        self.fields["codes"].choices = choices  # type: ignore[attr-defined]
        self.known = known

    def clean_offered(self) -> list[str]:
        return [code for code in self.cleaned_data["offered"].split() if code in self.known]


class KeepByReceiptForm(WordsBackForm):
    """New words typed back; and the passphrase, so that nobody at an open screen can make some."""

    passphrase = passphrase_field("Your passphrase, once more")


class EndSignInForm(forms.Form):
    """The passphrase once more; and, with a receipt, what is to become of what was told."""

    told = forms.ChoiceField(
        label="What is to become of what you told us?",
        choices=[
            ("keep", "Keep it: the nine words of my receipt go on opening it"),
            ("withdraw", "Withdraw it: all of it is destroyed"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is to become of what you told us."},
    )
    passphrase = passphrase_field("Your passphrase, once more")

    def __init__(self, *args: Any, may_keep: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_keep:
            del self.fields["told"]

    @property
    def keep(self) -> bool:
        return self.cleaned_data.get("told") == "keep"
