"""Someone who works on this machine by commands only: named, without a sign-in.

Nobody can sign in as them: there is no passphrase, and no name that anyone could type.
"""

import secrets

from django.contrib.auth.hashers import make_password

from firsthand.people import rules
from firsthand.people.actions.keys import insert
from firsthand.people.models import User


def here(name: str) -> User:
    """Return a new researcher called `name`, who can do nothing but what commands do for them."""
    user = User(
        username=secrets.token_hex(32), role=rules.RESEARCHER, name=name[:100],
        password=make_password(None),
    )  # fmt: skip
    insert(user)
    return user
