"""allauth's forms in our words, with our limits."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context as this
from allauth.mfa.base.forms import AuthenticateForm as MfaAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MfaReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from firsthand.people import actions, signals
from firsthand.people.entering import enter
from firsthand.people.forms.passphrase import passphrase_field, sign_in_name_field
from firsthand.people.models import User
from firsthand.vault import derive

_KEPT_CODES = 3  # as many as are right at one moment: the last, this one, the next
_ONE_TIME = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


class SignInForm(LoginForm):  # type: ignore[misc]
    """Sign-in name and passphrase. The passphrase opens the keys, which then wait."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": sign_in_name_field("Your sign-in name"),
            "password": passphrase_field("Your passphrase"),
        }

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        keys = actions.keys_by_passphrase(self.user, self.cleaned_data["password"])
        return enter(request, self.user, keys, redirect_url)


class PassphraseAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The passphrase, asked for once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = passphrase_field("Your passphrase")


class _CodeForm:
    """A code from an app or a recovery code: slowed down when guessed, good once only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field("The code from your app, or one of your spare codes")  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        user: User = self.user  # type: ignore[attr-defined]
        with_limit = {"request": this.request, "what": signals.CODE, "about": str(user.id)}
        signals.guessing.send(User, **with_limit)
        code: str = super().clean_code()  # type: ignore[misc]
        _spend(self.authenticator, code)  # type: ignore[attr-defined]
        signals.guessed_right.send(User, **with_limit)
        return code


class CodeForm(_CodeForm, MfaAuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgainForm(_CodeForm, MfaReauthenticateForm):  # type: ignore[misc]
    """A code, asked for once more before something that matters."""


class SetUpAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field("The code your app shows now")


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey. We name it by number: a name typed here might be someone's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget = forms.HiddenInput()

    def clean_name(self) -> str:
        return str(self.initial["name"])


def _code_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.TextInput(attrs=_ONE_TIME),
        max_length=32,
        error_messages={"required": "Type the code."},
    )


@transaction.atomic
def _spend(authenticator: Authenticator, code: str) -> None:
    """Refuse an app's code that was used before: someone may have looked over a shoulder.

    The server's marks of the last few are kept with the secret, so that every process knows.
    """
    if authenticator.type != Authenticator.Type.TOTP:
        return
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    mark = derive.mark("code", row.pk, "".join(code.split())).hex()
    used = row.data.get("used", [])
    if mark in used:
        raise ValidationError("That code was used before. Please wait for the next one.")
    row.data["used"] = [*used, mark][-_KEPT_CODES:]
    row.save(update_fields=["data"])
