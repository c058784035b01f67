"""What someone wishes for decides who may be let in; a wish taken back is asked about at once."""

import pytest
from django.test import Client
from django.urls import reverse

from firsthand.access import log
from firsthand.access.doer import Doer
from firsthand.access.models import Grant
from firsthand.repair.models import Request
from firsthand.testimony import actions
from firsthand.testimony.models import Counted, Testimony
from tests.testimony.test_owning import (  # noqa: F401 - two are fixtures
    helpers,
    keep,
    page,
    service,
    share,
    signed_in,
    step,
    team_of,
)
from tests.testimony.test_telling import receipt_of, tell

pytestmark = pytest.mark.django_db

NOBODY_HERE = "No team that could do this has joined this site yet"
FIRST = "To share it, first choose what for"


def wish(client: Client, row: Testimony, *wishes: str):
    return client.post(step(row, "wishes"), {"wishes": wishes})


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def readers(row: Testimony) -> set[str]:
    live = Grant.objects.filter(item_id=row.item_id, revoked_on=None)
    return set(live.values_list("team__name", flat=True))


def shared(client: Client, *with_whom) -> Testimony:
    row = tell(client)
    share(client, row, *with_whom)
    return keep(client, row)


# -- a draft ----------------------------------------------------------------------------------


def test_a_wish_taken_back_before_keeping_shares_with_nobody(client, helpers):  # noqa: F811
    row = tell(client)
    share(client, row, helpers)
    assert wish(client, row, "keep").url == page("check", row)
    told = shown(client, page("check", row))
    assert "Nobody but you." in told
    assert "share it with them" not in told
    keep(client, row)
    assert not Grant.objects.exists()
    assert not Request.objects.exists()
    desk = signed_in(helpers)
    assert page("own", row) not in shown(desk, reverse("repair:inbox"))


def test_of_the_teams_a_draft_chose_those_stay_that_are_still_wished_for(
    client,
    helpers,  # noqa: F811
    service,  # noqa: F811
):
    row = tell(client)
    share(client, row, helpers, service)
    wish(client, row, "answer")
    told = shown(client, page("check", row))
    assert "Adult care" in told
    assert "Advocates" not in told
    keep(client, row)
    assert readers(row) == {"Adult care"}


def test_a_team_let_go_is_not_chosen_again_when_the_wish_comes_back(client, helpers):  # noqa: F811
    row = tell(client)
    share(client, row, helpers)
    wish(client, row, "keep")
    wish(client, row, "help")
    assert " checked" not in shown(client, step(row, "readers"))
    keep(client, row)
    assert not Grant.objects.exists()


def test_teams_chosen_in_another_tab_after_the_wish_was_taken_back_are_not_let_in(
    client,
    helpers,  # noqa: F811
):
    row = tell(client)
    share(client, row, helpers)
    wish(client, row, "keep")
    doer = Doer(None, {keys.id: keys for keys in client.session.in_hand()})
    actions.save(doer, row, "readers", {"teams": [str(team_of(helpers).id)], "until": ""})
    assert "Nobody but you." in shown(client, page("check", row))
    keep(client, row)
    assert not Grant.objects.exists()


# -- what is kept already ---------------------------------------------------------------------


def test_taking_a_wish_back_asks_at_once_whether_to_stop_and_every_team_is_ticked(
    client,
    helpers,  # noqa: F811
    service,  # noqa: F811
):
    row = shared(client, helpers, service)
    assert wish(client, row, "keep").url == page("stop_some", row)
    asked = shown(client, page("stop_some", row))
    for each in (helpers, service):
        assert f'value="{team_of(each).id}" checked' in asked
    assert "cannot be unread" in asked
    assert not Counted.objects.exists(), "to be counted was taken back too"


def test_what_is_ticked_there_reads_no_more_and_the_log_and_the_conversation_say_so(
    client,
    helpers,  # noqa: F811
    service,  # noqa: F811
):
    row = shared(client, helpers, service)
    wish(client, row, "answer")
    desk = signed_in(helpers)
    there = reverse("repair:request", args=[Request.objects.get(team=team_of(helpers)).id])
    assert desk.get(there).status_code == 200
    stop = {"stop": [str(team_of(each).id) for each in (helpers, service)]}
    sent = client.post(page("stop_some", row), stop)
    assert sent.url == step(row, "readers"), "an answer is wished for: who is to read is asked"
    assert readers(row) == {"Adult care"}, "only what fits no more can be ended there"
    assert desk.get(there).status_code == 404
    assert Request.objects.get(team=team_of(helpers)).stage == "stopped"
    assert [line.team for line in log.verify(row.item_id) if line.done == "revoked"] == [
        team_of(helpers)
    ]
    assert client.post(page("stop_some", row), stop).url == step(row, "readers"), "pressed twice"


def test_going_on_with_a_team_is_possible_only_by_unticking_it_and_stays_in_sight(
    client,
    helpers,  # noqa: F811
):
    row = shared(client, helpers)
    wish(client, row, "keep")
    assert client.post(page("stop_some", row), {}).url == page("own", row)
    assert readers(row) == {"Advocates"}
    assert "You took back what this was for." in shown(client, page("own", row))
    wish(client, row, "help")
    assert "You took back" not in shown(client, page("own", row))


def test_leaving_the_question_open_keeps_the_wish_and_says_so_at_the_team(client, helpers):  # noqa: F811
    row = shared(client, helpers)
    wish(client, row, "keep")
    own = shown(client, page("own", row))
    assert "Just keep it safe for me" in own
    assert "You took back what this was for." in own
    assert "Stop sharing" in own


def test_who_reads_already_is_always_on_the_page_and_can_be_ended_there(client, helpers):  # noqa: F811
    row = shared(client, helpers)
    wish(client, row, "keep")
    asked = shown(client, step(row, "readers"))
    assert NOBODY_HERE not in asked
    assert f'value="{team_of(helpers).id}" checked' in asked
    assert "You took back what this team was let in for" in asked
    assert client.post(step(row, "readers"), {}).url == page("own", row)
    assert readers(row) == set()


def test_a_team_that_can_be_asked_no_more_can_still_be_ended(client, helpers):  # noqa: F811
    row = shared(client, helpers)
    team = team_of(helpers)
    team.active = False
    team.save()
    assert f'value="{team.id}" checked' in shown(client, step(row, "readers"))
    client.post(step(row, "readers"), {})
    assert readers(row) == set()


def test_a_stale_page_cannot_bring_a_team_back_that_was_stopped(client, helpers):  # noqa: F811
    row = shared(client, helpers)
    wish(client, row, "keep")
    team = str(team_of(helpers).id)
    client.post(page("stop_some", row), {"stop": [team]})
    again = client.post(step(row, "readers"), {"teams": [team]})
    assert again.status_code == 422
    assert readers(row) == set()


def test_wishes_that_let_in_whoever_reads_ask_nothing_about_stopping(client, helpers):  # noqa: F811
    row = shared(client, helpers)
    assert wish(client, row, "help").url == step(row, "readers")
    assert client.get(page("stop_some", row)).url == step(row, "readers")


def test_the_question_is_nobody_elses(client, helpers):  # noqa: F811
    row = shared(client, helpers)
    wish(client, row, "keep")
    for other in (Client(), signed_in(helpers)):
        given = {"stop": [str(team_of(helpers).id)]}
        assert other.get(page("stop_some", row)).status_code == 404
        assert other.post(page("stop_some", row), given).status_code == 404
    assert readers(row) == {"Advocates"}


# -- coming back for help ---------------------------------------------------------------------


@pytest.mark.parametrize("wishes", [(), ("keep",), ("count",)])
def test_coming_back_to_share_asks_first_what_for(helpers, wishes):  # noqa: F811
    begun, client = Client(), Client()
    row = tell(begun)
    wish(begun, row, *wishes)
    keep(begun, row)
    client.post(reverse("testimony:return"), {"receipt": receipt_of(begun, row)})
    assert f'href="{step(row, "readers")}"' in shown(client, page("own", row))
    asked = client.get(step(row, "readers"), follow=True)
    assert asked.redirect_chain == [(step(row, "wishes"), 302)]
    assert FIRST in asked.content.decode()
    assert NOBODY_HERE not in asked.content.decode()
    onward = wish(client, row, "help")
    assert "Advocates" in shown(client, onward.url)
    client.post(onward.url, {"teams": [str(team_of(helpers).id)]})
    assert readers(row) == {"Advocates"}


def test_a_draft_too_asks_what_for_before_who(client, helpers):  # noqa: F811
    row = tell(client)
    assert client.get(step(row, "readers")).url == step(row, "wishes")


def test_that_no_team_is_here_is_said_only_where_it_is_so(client):
    row = tell(client)
    wish(client, row, "help", "answer")
    assert NOBODY_HERE in shown(client, step(row, "readers"))


def test_where_only_a_service_is_here_whoever_wants_help_reads_that(client, service):  # noqa: F811
    row = tell(client)
    wish(client, row, "help")
    asked = shown(client, step(row, "readers"))
    assert NOBODY_HERE not in asked
    assert "Nobody independent has joined this site yet" in asked
    assert f'href="{step(row, "wishes")}"' in asked


def test_where_only_someone_independent_is_here_whoever_wants_an_answer_reads_that(
    client,
    helpers,  # noqa: F811
):
    row = tell(client)
    wish(client, row, "answer")
    asked = shown(client, step(row, "readers"))
    assert NOBODY_HERE not in asked
    assert "No service that could answer you has joined this site yet" in asked
