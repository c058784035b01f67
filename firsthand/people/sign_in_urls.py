"""Those of allauth's pages that we use, under the names allauth knows them by.

Left out on purpose: its sign-up, everything about e-mail addresses, and every reset by e-mail.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import path

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/code/", second_step.authenticate, name="mfa_authenticate"),
    path("sign-in/again/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("you/second-step/", second_step.index, name="mfa_index"),
    path("you/second-step/app/", app.activate_totp, name="mfa_activate_totp"),
    path("you/second-step/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("you/second-step/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "you/second-step/codes/new/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "you/second-step/codes/file/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("you/second-step/passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("you/second-step/passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path(
        "you/second-step/passkeys/<int:pk>/remove/",
        passkey.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
    path(
        "sign-in/again/passkey/",
        passkey.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
]
