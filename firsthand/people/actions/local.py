"""People known here by a name alone, without a sign-in.

Nobody can sign in as them: there is no passphrase, and no name that anyone could type.
"""

import secrets

from django.contrib.auth.hashers import make_password

from firsthand.people import rules
from firsthand.people.actions.keys import insert
from firsthand.people.models import User
from firsthand.vault import derive


def here(name: str) -> User:
    """Return a new researcher called `name`, who can do nothing but what commands do for them."""
    user = User(
        username=secrets.token_hex(32), role=rules.RESEARCHER, name=name[:100],
        password=make_password(None),
    )  # fmt: skip
    insert(user)
    return user


def stand_in(number: int) -> User:
    """Return "Reviewer 3" and the like, who stands for someone whose name is not known here.

    Their sign-in is closed from the beginning. There is one for each number, for all reviews.
    """
    mark = derive.mark("stand-in", number).hex()
    found = User.objects.filter(username=mark).first()
    if found:
        return found
    user = User(
        username=mark, role=rules.RESEARCHER, name=f"Reviewer {number}", is_active=False,
        password=make_password(None),
    )  # fmt: skip
    insert(user)
    return user


def called(mark: str, name: str) -> User:
    """Return someone known only by the name that a file from elsewhere says; always the same.

    Their sign-in is closed from the beginning. `mark` tells them from others of that name.
    """
    hidden = derive.mark("called", mark).hex()
    found = User.objects.filter(username=hidden).first()
    if found:
        return found
    user = User(
        username=hidden, role=rules.RESEARCHER, name=name[:100], is_active=False,
        password=make_password(None),
    )  # fmt: skip
    insert(user)
    return user
