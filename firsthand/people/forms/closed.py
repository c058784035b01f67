"""The recovery key beside the passphrase: for keys left closed, or a second step that is lost."""

from django import forms

from firsthand.people.forms.passphrase import passphrase_field
from firsthand.people.forms.sign_up import LostForm, read_recovery_key, recovery_key_field


class ClosedForm(forms.Form):
    """The recovery key, and the passphrase that shall open the keys from now on."""

    recovery_key = recovery_key_field()
    passphrase = passphrase_field("The passphrase you signed in with")

    def clean_recovery_key(self) -> str:
        return read_recovery_key(self.cleaned_data["recovery_key"])


class LostStepForm(LostForm):
    """All that a person knows and has, in place of a second step that is lost."""

    passphrase = passphrase_field("Your passphrase")
    field_order = ["sign_in_name", "passphrase", "recovery_key"]
