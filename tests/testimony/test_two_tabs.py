"""Two tabs: what the other one kept is shown in words beside what was typed here."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.testimony.test_owning import helpers, service, step, team_of  # noqa: F401 - fixtures
from tests.testimony.test_telling import tell

pytestmark = pytest.mark.django_db

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


def kept_elsewhere(client, row, name, first, second) -> list[str]:
    """What the page says the other tab kept, once this one sends something else."""
    assert client.post(step(row, name), {**first, "seen": 0}).status_code == 302
    answer = client.post(step(row, name), {**second, "seen": 0})
    assert answer.status_code == 409
    return re.findall(r'<p class="told">(.*?)</p>', answer.content.decode(), re.DOTALL)


def test_teams_that_the_other_tab_chose_are_named_and_their_last_day_said(client, helpers):  # noqa: F811
    row, day = tell(client), timezone.localdate() + timedelta(days=9)
    client.post(step(row, "wishes"), {"wishes": ["help"]})
    given = {"teams": [str(team_of(helpers).id)], "until": day.isoformat()}
    shown = kept_elsewhere(client, row, "readers", given, {"teams": []})
    assert "Advocates" in shown[0]
    assert shown[1] == f"Until {day.day} {day:%B %Y}"
    assert not [each for each in shown if ID.search(each)]


def test_that_the_other_tab_chose_nobody_is_said(client, helpers):  # noqa: F811
    row = tell(client)
    client.post(step(row, "wishes"), {"wishes": ["help"]})
    other = {"teams": [str(team_of(helpers).id)]}
    assert kept_elsewhere(client, row, "readers", {"teams": []}, other) == ["Nobody but you"]


def test_wishes_of_the_other_tab_are_said_in_words(client):
    shown = kept_elsewhere(
        client, tell(client), "wishes", {"wishes": ["keep", "count"]}, {"wishes": []}
    )
    assert shown == ["Just keep it safe for me", "Let it be counted"]


def test_where_the_other_tab_said_it_was_is_said_by_name(client, service):  # noqa: F811
    body = team_of(service).organisation
    first = {"organisation": str(body.id), "service_kind": "crisis"}
    shown = kept_elsewhere(client, tell(client), "where", first, {"service": "Somewhere"})
    assert shown == [f"{body.name} (Crisis team or crisis house)"]


def test_words_typed_in_the_other_tab_are_shown_as_they_are(client):
    row = tell(client)
    assert kept_elsewhere(client, row, "when", {"when": "in 2019"}, {"when": "in 2020"}) == [
        "in 2019"
    ]
    more = {"before": "It was cold.", "needed": "A <bed>."}
    shown = kept_elsewhere(client, row, "more", more, {"since": "Quiet."})
    assert shown == ["It was cold.", "A &lt;bed&gt;."]


def test_an_answer_the_other_tab_emptied_is_said_to_be_nothing(client):
    row = tell(client)
    client.post(step(row, "when"), {"when": "in 2019"})
    shown = client.post(step(row, "when"), {"when": "", "seen": 1})
    assert shown.status_code == 302
    late = client.post(step(row, "when"), {"when": "in 2020", "seen": 1}).content.decode()
    assert '<p class="told">Nothing</p>' in late
