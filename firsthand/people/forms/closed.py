"""Opening keys that a passphrase set by someone else leaves closed."""

from django import forms

from firsthand.people.forms.passphrase import passphrase_field
from firsthand.people.forms.sign_up import read_recovery_key, recovery_key_field


class ClosedForm(forms.Form):
    """The recovery key, and the passphrase that shall open the keys from now on."""

    recovery_key = recovery_key_field()
    passphrase = passphrase_field("The passphrase you signed in with")

    def clean_recovery_key(self) -> str:
        return read_recovery_key(self.cleaned_data["recovery_key"])
