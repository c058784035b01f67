"""Letting researchers learn from what was told: who, until when, and stopping by one press."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firsthand.access import log
from firsthand.access.models import Grant
from firsthand.config.demo import clock
from firsthand.people import rules as roles
from firsthand.repair.models import Request
from firsthand.testimony.models import Attachment, Testimony
from tests.people import kit
from tests.testimony.test_owning import (  # noqa: F401 - one is a fixture
    helpers,
    keep,
    page,
    share,
    signed_in,
    step,
    team_of,
)
from tests.testimony.test_telling import SAID, receipt_of, tell

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def study(db) -> kit.Someone:
    """A researcher in a research team that can be chosen."""
    return kit.staff(roles.RESEARCHER, kit.team(roles.RESEARCH, "Listening study"), "Rosa Field")


def told(client: Client) -> Testimony:
    return keep(client, tell(client))


def let_in(client: Client, row: Testimony, *with_whom: kit.Someone, until: str = ""):
    teams = [str(team_of(each).id) for each in with_whom]
    return client.post(page("research", row), {"teams": teams, "until": until})


def shown(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def stop_at(row: Testimony, who: kit.Someone) -> str:
    return page("research_stop", row, team_of(who).id)


def reading(row: Testimony) -> list[tuple[str, str]]:
    live = Grant.objects.filter(item_id=row.item_id, revoked_on=None)
    return sorted(live.values_list("team__name", "purpose"))


# -- letting in -------------------------------------------------------------------------------


def test_a_receipt_holder_finds_the_page_reads_what_it_means_and_lets_a_team_in(client, study):
    row = told(client)
    assert f'href="{page("research", row)}"' in shown(client, page("own", row))
    asked = shown(client, page("research", row))
    assert "Rosa Field" in asked
    assert " checked" not in asked
    for words in ("never copy your words", "cannot be unread", "Numbers under 10 are not shown"):
        assert words in asked
    assert let_in(client, row, study).url == page("own", row)
    own = shown(client, page("own", row))
    assert "can now read it for research" in own
    assert "<strong>Listening study, Speaking Up</strong>, for research" in own
    assert "took back" not in own
    assert "Nobody but you" not in own
    log_ = shown(client, page("who_read", row))
    assert "shared with Listening study, Speaking Up, for research" in log_
    assert not Request.objects.exists(), "nobody was asked for anything"
