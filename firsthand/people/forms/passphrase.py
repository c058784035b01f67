"""Choosing a passphrase, and typing one."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from firsthand.people import rules


def sign_in_name_field(label: str = "Sign-in name", hint: str = "") -> forms.CharField:
    """Return the field for a sign-in name."""
    attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.TextInput(attrs=attrs),
        max_length=rules.LONGEST_SIGN_IN_NAME,
        error_messages={
            "required": "Type a sign-in name.",
            "max_length": f"A sign-in name can have {rules.LONGEST_SIGN_IN_NAME} letters at most.",
        },
    )


def passphrase_field(label: str, *, new: bool = False, hint: str = "") -> forms.CharField:
    """Return the field for a passphrase: one that is known, or a `new` one."""
    attrs = {"autocomplete": "new-password" if new else "current-password"}
    attrs |= {"autocapitalize": "none", "spellcheck": "false", "data-may-show": ""}
    return forms.CharField(
        label=label,
        help_text=hint,
        strip=False,
        widget=forms.PasswordInput(attrs=attrs),
        max_length=rules.LONGEST_PASSPHRASE,
        error_messages={
            "required": _missing(label, new=new),
            "max_length": f"A passphrase can have {rules.LONGEST_PASSPHRASE} letters at most.",
        },
    )


def _missing(label: str, *, new: bool) -> str:
    """Say which of the passphrases on a page was left empty."""
    if "again" in label:
        return "Type the same passphrase again."
    return "Type a new passphrase." if new else "Type your passphrase."


class NewPassphraseForm(forms.Form):
    """A new passphrase, twice."""

    passphrase1 = passphrase_field(
        "New passphrase",
        new=True,
        hint=f"At least {rules.SHORTEST_PASSPHRASE} letters, numbers or spaces. A few words "
        "are easier to keep in mind than a jumble.",
    )
    passphrase2 = passphrase_field("The same passphrase again", new=True)

    def clean_passphrase1(self) -> str:
        typed = rules.tidy(self.cleaned_data["passphrase1"])
        if len(typed) < rules.SHORTEST_PASSPHRASE:
            raise ValidationError(
                f"That is too short. Use {rules.SHORTEST_PASSPHRASE} letters, numbers or spaces "
                "or more."
            )
        try:
            CommonPasswordValidator().validate(typed)
        except ValidationError as error:
            raise ValidationError(
                "Too many people use that one, so it is easy to guess. Please choose another."
            ) from error
        return typed

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = given.get("passphrase1"), given.get("passphrase2")
        if first and second and first != rules.tidy(second):
            self.add_error("passphrase2", "The two passphrases are not the same.")
        name = given.get("sign_in_name", "")
        if first and name and rules.same_words(first, name):
            self.add_error("passphrase1", "Your passphrase cannot be your sign-in name.")
        return given


class PassphraseForm(forms.Form):
    """The passphrase, asked for once more before something that lasts."""

    passphrase = passphrase_field("Your passphrase")


class ChangePassphraseForm(NewPassphraseForm):
    """The passphrase there is, and the one there shall be."""

    now = passphrase_field("Your passphrase now")
    field_order = ["now", "passphrase1", "passphrase2"]
