"""Filling the made-up town: all of it in one transaction, or nothing."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from firsthand.config.demo import clock, crowd, main_street, people, place, reviewing, town
from firsthand.config.demo import synthesis as making
from firsthand.config.demo.synthesis.asking import simulated
from firsthand.config.demo.synthesis.texts import findings_2023
from firsthand.config.talk import Stop, step
from firsthand.harms.queries import current_version
from firsthand.people.models import Organisation, Team, User
from firsthand.testimony.models import Testimony

SLUG = "made-up"  # of the next version
SINCE = timedelta(days=500)  # before the first telling


def is_filled() -> bool:
    """Whether the town is here already."""
    return Organisation.objects.filter(demo=True).exists()


def fill(*, synthesis: bool = True) -> None:
    """Fill an empty site. Raises Stop when anything is there that may be real.

    Without `synthesis` nobody makes a next version of the model, which takes a while.
    """
    if any(model.objects.exists() for model in (User, Organisation, Testimony)):
        raise Stop(
            "There is something in this database that may be real. Made-up things never go "
            "where real ones may be. Name another directory: --data DIRECTORY"
        )
    with transaction.atomic():
        teams, staff = _bodies_and_staff()
        with step("People sign up"):
            named = _people()
            nameless = [people.person(secrets.token_hex(8), secrets.token_hex(16)) for _ in "ab"]
        crowd.gather(teams, staff, nameless)
        with step("A few stories are told, read and answered"):
            receipts = main_street.unfold(teams, staff, named)
        with step("Two researchers begin a review"):
            reviewing.review(staff)
        if synthesis:
            with step("Texts, a survey and a group become a next version of the model"):
                _next_version(staff)
        place.keep(settings.FIRSTHAND_DATA, {"receipts": receipts})


def _next_version(staff: dict[str, people.Someone]) -> None:
    version = current_version()
    if version is None:
        raise Stop("The model of harm is not loaded here, so no next version can be made of it.")
    making.synthesis(staff, findings_2023(), simulated(version), SLUG)


def _bodies_and_staff() -> tuple[dict[str, Team], dict[str, people.Someone]]:
    with step("Organisations, teams and staff"), clock.on(timezone.localdate() - SINCE):
        teams = people.bodies()
        return teams, people.staff(teams)


def _people() -> dict[str, people.Someone]:
    passphrase = town.town()["passphrase"]
    return {row["sign_in"]: people.person(row["sign_in"], passphrase)
            for row in town.rows("people")}  # fmt: skip
