"""What a newcomer to the made-up town is told: names, the passphrase, receipts and codes."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings

from firsthand.config.demo import people, place, town
from firsthand.config.talk import Stop
from firsthand.people.backend import mark_of

CODE_SECONDS = 30  # how long a code is shown (RFC 6238)


def text() -> str:
    """Return how to sign in to the made-up town and how to come back with a receipt."""
    lines = [
        "\nA made-up town to look round in. Nobody and nothing in it is real.\n",
        "Sign in with one of these names:\n",
        *(f"    {name:24}{who}" for name, who in people.names()),
        f"\nThe passphrase is the same for all:  {town.town()['passphrase']}",
        "Staff are asked for a code too. Get it in another window with the sign-in name:\n",
        '    .venv/bin/firsthand demo --code "advocate"\n',
        "Or come back with one of these receipts:\n",
    ]
    for receipt in place.kept(settings.FIRSTHAND_DATA).get("receipts", []):
        lines += [f"    {receipt['words']}", f"        {receipt['opens']}"]
    return "\n".join(lines)


def code_for(name: str) -> str:
    """Return the code of a member of staff at this moment. Raises Stop when there is no such."""
    rows = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    found = rows.filter(user__username=mark_of(name)).first()
    if found is None:
        known = ", ".join(row["sign_in"] for row in town.rows("staff"))
        raise Stop(f"Nobody called “{name}” needs a code here. These do: {known}.")
    moment = int(time.time()) // CODE_SECONDS
    return str(format_hotp_value(hotp_value(decrypt(found.data["secret"]), moment)))
