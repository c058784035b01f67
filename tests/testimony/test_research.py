"""Letting researchers learn from what was told: who, until when, and stopping by one press."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from firsthand.access import door, grants, log
from firsthand.access.doer import Doer
from firsthand.access.models import Grant
from firsthand.access.refused import Refused
from firsthand.config.demo import clock
from firsthand.people import rules as roles
from firsthand.people.actions import teams
from firsthand.people.queries import keyrings_of
from firsthand.repair.models import Request
from firsthand.testimony import actions, queries, researching
from firsthand.testimony.models import Attachment, Testimony
from firsthand.vault import items
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
from tests.testimony.test_telling import receipt_of, tell

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
    for words in (
        "never copy your words",
        "cannot be unread",
        "Public pages do not show numbers under 10",
    ):
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


def test_a_signed_in_person_does_too_and_nobody_else_comes_to_it(study):
    own = signed_in(kit.person())
    row = told(own)
    let_in(own, row, study)
    for other in (Client(), signed_in(kit.person("another fox")), signed_in(study)):
        assert other.get(page("research", row)).status_code == 404
        assert let_in(other, row, study).status_code == 404
        assert other.post(stop_at(row, study)).status_code == 404
    assert reading(row) == [("Listening study", "research")]
    refused = [line for line in log.verify(row.item_id) if line.refused]
    assert [line.by for line in refused if line.by] == [study.user] * 3
    assert "Rosa Field, Listening study, Speaking Up" in shown(own, page("who_read", row))


def test_nothing_ticked_a_day_in_the_past_and_a_day_that_is_none_lose_nothing(client, study):
    row = told(client)
    bare = client.post(page("research", row), {"until": "31/12/2999"})
    assert (bare.status_code, "Tick a team." in bare.content.decode()) == (422, True)
    assert 'value="31/12/2999"' in bare.content.decode()
    for day, said in (("01/02/2020", "This day has passed"), ("soon", "Write the day as in")):
        sent = let_in(client, row, study, until=day)
        text = sent.content.decode()
        assert (sent.status_code, said in text) == (422, True)
        assert f'value="{day}"' in text
        assert f'value="{team_of(study).id}" checked' in text
    assert reading(row) == []


@pytest.mark.parametrize("how", ["switched off", "gone"])
def test_a_team_that_cannot_be_let_in_any_more_is_said_and_the_day_stays(client, study, how):
    row, team = told(client), team_of(study)
    if how == "gone":
        study.user.memberships.all().delete()
        team.epochs.all().delete()
        type(team).objects.filter(id=team.id).delete()
    else:
        team.active = False
        team.save()
    day = {"teams": [str(team.id)], "until": "31/12/2999"}
    sent = client.post(page("research", row), day)
    assert sent.status_code == 422
    assert "cannot be let in any more" in sent.content.decode()
    assert "No research team has joined this site yet" in shown(client, page("research", row))
    assert reading(row) == []


def test_pressed_twice_it_is_done_once_and_another_day_moves_the_day(client, study):
    row, day = told(client), timezone.localdate() + timedelta(days=9)
    for _ in "ab":
        assert let_in(client, row, study).status_code == 302
    let_in(client, row, study, until=day.isoformat())
    said = [line.done for line in log.verify(row.item_id) if line.team]
    assert said == ["shared", "shared"], "let in, and the day moved"
    again = shown(client, page("research", row))
    assert f"until {day.day} {day:%B %Y}" in again
    assert "Tick it only to change the last day" in again
    assert " checked" not in again


def test_a_team_that_began_its_keys_anew_reads_again_once_it_is_ticked_again(client, study):
    row, team = told(client), team_of(study)
    let_in(client, row, study)
    teams.leave(study.user, team)
    teams.join(study.user, team)
    assert not grants.is_keyed(row.item_id, team)
    let_in(client, row, study)
    assert grants.is_keyed(row.item_id, team)


def test_several_teams_are_let_in_at_once_and_named(client, study):
    row = told(client)
    body = team_of(study).organisation
    other = kit.staff(roles.RESEARCHER, body.teams.create(name="Second study"), "Otto Well")
    let_in(client, row, study, other)
    said = "Listening study, Speaking Up and Second study, Speaking Up can now read it"
    assert said in shown(client, page("own", row))


def test_where_no_research_team_is_here_the_page_says_so_plainly(client, helpers):  # noqa: F811
    asked = shown(client, page("research", told(client)))
    assert "No research team has joined this site yet, so nobody can be chosen." in asked
    assert "Advocates" not in asked
    assert "Let them read it" not in asked


def test_a_draft_is_finished_first_and_what_was_withdrawn_is_gone(client, study):
    row = tell(client)
    for sent in (client.get(page("research", row)), let_in(client, row, study)):
        assert sent.url == page("check", row)
    with pytest.raises(Refused, match="First keep"):
        researching.let_in(doer_of(client), row, [team_of(study)], None)
    let_in(client, keep(client, row), study)
    client.post(page("withdraw", row))
    assert reading(row) == []
    assert let_in(client, row, study).status_code == 409
    assert client.post(stop_at(row, study)).status_code == 409


def test_after_a_quiet_spell_what_was_chosen_waits_for_the_nine_words(client, study):
    row = tell(client)
    words = receipt_of(client, row)
    keep(client, row)
    client.cookies.clear()
    ended = let_in(client, row, study, until="31/12/2999")
    assert ended.status_code == 404
    text = ended.content.decode()
    assert "31/12/2999" in text
    assert "Nothing has been sent yet" in text
    again = {"teams": [str(team_of(study).id)], "until": "31/12/2999", "receipt": words}
    assert client.post(page("research", row), again).url == page("own", row)
    assert reading(row) == [("Listening study", "research")]


def test_when_it_is_kept_it_is_said_that_researchers_could_learn_from_it_later(client, study):
    row = tell(client)
    words = receipt_of(client, row)
    keep(client, row)
    client.post(page("done", row), {"receipt": words})
    assert "There is no hurry" in shown(client, page("done", row))
    team = team_of(study)
    team.active = False
    team.save()
    assert "There is no hurry" not in shown(client, page("done", row))


# -- stopping ---------------------------------------------------------------------------------


def test_one_press_stops_it_a_second_changes_nothing_and_the_log_says_what_for(client, study):
    row = told(client)
    let_in(client, row, study)
    own = shown(client, page("own", row))
    assert f'action="{stop_at(row, study)}"' in own
    assert f'action="{stop_at(row, study)}"' in shown(client, page("research", row))
    for _ in "ab":
        assert client.post(stop_at(row, study)).url == page("own", row)
    assert "can no longer read it for research" in shown(client, page("own", row))
    assert reading(row) == []
    said = [line.done for line in log.verify(row.item_id) if line.team]
    assert said == ["shared", "revoked"]
    told_ = shown(client, page("who_read", row))
    assert "stopped sharing with Listening study, Speaking Up, for research" in told_


def test_the_last_day_is_its_last(client, study):
    row, today = told(client), timezone.localdate()
    doer = doer_of(client)
    let_in(client, row, study, until=today.isoformat())
    assert researching.reads(row, team_of(study))
    with clock.on(today + timedelta(days=1)):
        assert queries.readers(row) == ([], [])
        assert not researching.reads(row, team_of(study))
        researching.stop(doer, row, team_of(study))
    assert reading(row) == [], "its keys are gone before the chore comes round"


def test_a_forged_grant_is_no_leave_and_can_be_stopped(client, study):
    row = told(client)
    let_in(client, row, study)
    Grant.objects.update(until=timezone.localdate() + timedelta(days=99))
    assert not researching.reads(row, team_of(study))
    client.post(stop_at(row, study))
    assert reading(row) == []


def test_a_team_that_was_switched_off_is_still_named_and_can_be_stopped(client, study):
    row, team = told(client), team_of(study)
    let_in(client, row, study)
    team.active = False
    team.save()
    asked = shown(client, page("research", row))
    assert "Listening study" in asked
    assert "No other research team can be chosen just now" in asked
    client.post(stop_at(row, study))
    assert reading(row) == []


# -- beside those who help or answer -----------------------------------------------------------


@pytest.fixture
def both(client, study, helpers):  # noqa: F811
    """What was told, with advocates asked for help and researchers let in."""
    row = tell(client)
    share(client, row, helpers)
    keep(client, row)
    let_in(client, row, study)
    return row


def test_who_may_help_is_chosen_apart_from_who_learns(client, both, study, helpers):  # noqa: F811
    assert f'value="{team_of(study).id}"' not in shown(client, step(both, "readers"))
    client.post(step(both, "wishes"), {"wishes": ["keep"]})
    asked = shown(client, page("stop_some", both))
    assert ("Advocates" in asked, "Listening study" in asked) == (True, False)
    assert shown(client, page("own", both)).count("You took back what this was for.") == 1
    client.post(step(both, "readers"), {})
    assert reading(both) == [("Listening study", "research")]


def test_stopping_research_ends_no_conversation_and_changes_no_answer(client, both, study):
    before = queries.answers_of(opened(client, both))
    client.post(page("stop", both, team_of(study).id))  # as the page for other teams would
    assert reading(both) == [("Advocates", "help")]
    assert queries.answers_of(opened(client, both)) == before
    assert Request.objects.get().stage != "stopped"


def test_the_page_that_stops_other_teams_leads_on_to_the_one_for_research(client, both, study):
    assert client.get(page("stop", both, team_of(study).id)).url == page("research", both)


def test_files_are_not_for_research_neither_those_before_nor_those_after(client, study, helpers):  # noqa: F811
    row = tell(client)
    share(client, row, helpers)
    upload(client, row, "before.txt")
    let_in(client, keep(client, row), study)
    upload(client, row, "after.txt")
    assert Attachment.objects.count() == 2
    advocate, learner = signed_in(helpers), signed_in(study)
    for each in Attachment.objects.all():
        there = page("file", row, each.id)
        assert advocate.get(there).status_code == 200
        assert learner.get(there).status_code == 404
        assert not items.readers(each.item_id) & keyrings_of(team_of(study).id)


def upload(client: Client, row: Testimony, name: str) -> None:
    sent = {"files": SimpleUploadedFile(name, b"hello"), "add": "1"}
    assert client.post(page("files", row), sent).status_code == 302


@pytest.mark.parametrize("learns", [True, False])
def test_a_body_that_changes_its_kind_reads_for_the_reason_it_was_let_in_for(
    client,
    both,
    study,
    helpers,  # noqa: F811
    learns,
):
    """A steward may call a research body an advocacy one, or the other way round."""
    who, kind = (study, roles.ADVOCACY) if learns else (helpers, roles.RESEARCH)
    team = team_of(who)
    team.organisation.kind = kind
    team.organisation.save()
    chosen = {"teams": [str(team.id)]}
    at = step(both, "readers") if learns else page("research", both)
    assert client.post(at, chosen).status_code == 422
    given = {"teams": [str(team.id), str(team_of(helpers).id)], "until": ""}
    if learns:
        actions.choose_readers(doer_of(client), both, given, [])
    else:
        with pytest.raises(Refused, match="can read this already, to help"):
            researching.let_in(doer_of(client), both, [team], None)
    assert reading(both) == [("Advocates", "help"), ("Listening study", "research")]
    assert Request.objects.count() == 1


def test_only_a_research_team_is_let_in(client, both, helpers):  # noqa: F811
    assert let_in(client, both, helpers).status_code == 422
    with pytest.raises(Refused, match="research organisation"):
        researching.let_in(doer_of(client), both, [team_of(helpers)], None)


def doer_of(client: Client) -> Doer:
    return Doer(None, {keys.id: keys for keys in client.session.in_hand()})


def opened(client: Client, row: Testimony):
    return door.look(doer_of(client), row.item_id)
