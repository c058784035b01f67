"""What was told is its owner's: to read, change, share, stop sharing, download, withdraw."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firsthand.access import log
from firsthand.access.models import Grant
from firsthand.config.demo import clock
from firsthand.harms.actions import load_published_models
from firsthand.people import rules as roles
from firsthand.testimony import queries, suggesting
from firsthand.testimony.models import Attachment, Counted, Testimony
from firsthand.vault.models import Chunk, Sealed
from tests.people import kit
from tests.testimony.test_telling import SAID, receipt_of, tell

pytestmark = pytest.mark.django_db


def page(name: str, row: Testimony, *more: object) -> str:
    return reverse(f"testimony:{name}", args=[row.id, *more])


def step(row: Testimony, name: str) -> str:
    return page("step", row, name)


def keep(client: Client, row: Testimony) -> Testimony:
    client.post(page("check", row))
    row.refresh_from_db()
    return row


@pytest.fixture
def helpers(db) -> kit.Someone:
    """A member of an advocacy team that can be chosen."""
    return kit.staff(roles.ADVOCATE, kit.team(roles.ADVOCACY, "Advocates"), "Ada Brook")


@pytest.fixture
def service(db) -> kit.Someone:
    """A member of a council's team that can be chosen."""
    return kit.staff(roles.RESPONDER, kit.team(roles.COUNCIL, "Adult care"), "Ray Stone")


def team_of(someone: kit.Someone):
    return someone.user.memberships.get().team


def share(client: Client, row: Testimony, *with_whom: kit.Someone, **more: str) -> None:
    client.post(step(row, "wishes"), {"wishes": ["count", "help", "answer"]})
    teams = [str(team_of(each).id) for each in with_whom]
    client.post(step(row, "readers"), {"teams": teams, **more})


def signed_in(someone: kit.Someone) -> Client:
    desk = Client()
    kit.sign_in(desk, someone)
    return desk


# -- sharing ----------------------------------------------------------------------------------


def test_nothing_is_shared_before_the_last_button(client, helpers):
    row = tell(client)
    share(client, row, helpers)
    assert not Grant.objects.exists()
    keep(client, row)
    assert Grant.objects.get(item_id=row.item_id).team == team_of(helpers)


def test_each_team_is_let_in_for_its_own_purpose(client, helpers, service):
    row = tell(client)
    share(client, row, helpers, service)
    keep(client, row)
    assert set(Grant.objects.values_list("purpose", flat=True)) == {"help", "answer"}
    told = client.get(page("own", row)).content.decode()
    assert "Adult care" in told
    assert "to answer you" in told


def test_who_is_in_a_team_is_shown_to_whoever_shares(client, helpers):
    row = tell(client)
    client.post(step(row, "wishes"), {"wishes": ["help"]})
    assert "Ada Brook" in client.get(step(row, "readers")).content.decode()


def test_only_teams_that_fit_the_wish_can_be_chosen(client, helpers, service):
    row = tell(client)
    client.post(step(row, "wishes"), {"wishes": ["help"]})
    shown = client.get(step(row, "readers")).content.decode()
    assert "Advocates" in shown
    assert "Adult care" not in shown
    sent = client.post(step(row, "readers"), {"teams": [str(team_of(service).id)]})
    assert sent.status_code == 422


def test_sharing_until_a_day_ends_after_it(client, helpers):
    row = tell(client)
    soon = timezone.localdate() + timedelta(days=9)
    share(client, row, helpers, until=f"{soon.day}/{soon.month}/{soon.year}")
    keep(client, row)
    assert Grant.objects.get(item_id=row.item_id).until == soon


@pytest.mark.parametrize("day", ["1/1/2020", "2020-01-01"])
def test_a_draft_cannot_choose_a_last_day_that_has_passed(client, helpers, day):
    row = tell(client)
    client.post(step(row, "wishes"), {"wishes": ["help"]})
    given = {"teams": [str(team_of(helpers).id)], "until": day}
    shown = client.post(step(row, "readers"), given)
    assert shown.status_code == 422
    assert "This day has passed" in shown.content.decode()
    assert f'value="{day}"' in shown.content.decode()
    keep(client, row)
    assert not Grant.objects.exists()


def test_a_draft_whose_last_day_passes_meanwhile_asks_for_another_and_shares_nothing(helpers):
    begun, today, team = Client(), timezone.localdate(), str(team_of(helpers).id)
    row = tell(begun)
    share(begun, row, helpers, until=today.isoformat())
    words, client = receipt_of(begun, row), Client()
    with clock.on(today + timedelta(days=3)):
        client.post(reverse("testimony:return"), {"receipt": words})
        assert "has passed. Choose another" in client.get(page("check", row)).content.decode()
        assert client.post(page("check", row)).url == step(row, "readers")
        assert "This day has passed" in client.get(step(row, "readers")).content.decode()
        assert not Grant.objects.exists()
        client.post(step(row, "readers"), {"teams": [team]})
        assert client.post(page("check", row)).url == page("done", row)
    assert Grant.objects.get(item_id=row.item_id).until is None


def test_a_team_reads_and_the_owner_sees_who_and_when(client, helpers):
    row = tell(client)
    share(client, row, helpers)
    keep(client, row)
    desk = signed_in(helpers)
    asked = row.__class__.objects.get(id=row.id)
    from firsthand.repair.models import Request

    request = Request.objects.get(testimony=asked)
    shown = desk.get(reverse("repair:request", args=[request.id])).content.decode()
    assert SAID in shown
    seen = client.get(page("who_read", row)).content.decode()
    assert "Ada Brook" in seen
    assert "opened" in seen


def test_stopping_takes_access_away_at_the_very_next_request(client, helpers):
    row = tell(client)
    share(client, row, helpers)
    keep(client, row)
    desk = signed_in(helpers)
    from firsthand.repair.models import Request

    there = reverse("repair:request", args=[Request.objects.get().id])
    assert desk.get(there).status_code == 200
    stop = page("stop", row, team_of(helpers).id)
    assert "cannot be unread" in client.get(stop).content.decode()
    client.post(stop)
    assert desk.get(there).status_code == 404
    assert SAID in client.get(page("own", row)).content.decode()
    assert "stopped sharing with" in client.get(page("who_read", row)).content.decode()


def test_more_can_be_shared_later(client, helpers, service):
    row = tell(client)
    share(client, row, helpers)
    keep(client, row)
    both = [str(team_of(each).id) for each in (helpers, service)]
    client.post(step(row, "readers"), {"teams": both})
    assert Grant.objects.filter(item_id=row.item_id).count() == 2
    client.post(step(row, "readers"), {"teams": both})
    assert Grant.objects.filter(item_id=row.item_id).count() == 2


# -- changing ---------------------------------------------------------------------------------


def test_what_was_kept_can_be_changed_and_the_log_says_so(client):
    row = keep(client, tell(client))
    sent = client.post(step(row, "happened"), {"happened": "Said better."})
    assert sent.url == page("own", row)
    assert "Said better." in client.get(page("own", row)).content.decode()
    assert "changed" in client.get(page("who_read", row)).content.decode()


def test_wishing_for_help_after_keeping_asks_who_may_read(client, helpers):
    row = keep(client, tell(client))
    sent = client.post(step(row, "wishes"), {"wishes": ["help"]})
    assert sent.url == step(row, "readers")


def test_save_and_come_back_later_keeps_the_step_and_shows_the_way_back(client):
    row = tell(client)
    sent = client.post(step(row, "when"), {"when": "last spring", "later": "1"})
    assert sent.url == page("way_back", row)
    assert "last spring" in client.get(page("check", row)).content.decode()


@pytest.mark.parametrize("name", ["files", "fits"])
def test_the_other_pages_can_be_left_for_later_too(client, name):
    row = tell(client)
    assert client.post(page(name, row), {"later": "1"}).url == page("way_back", row)


def test_a_rough_date_is_said_back_as_it_was_read(client):
    row = tell(client)
    client.post(step(row, "when"), {"when": "in March 2021"})
    shown = client.get(page("check", row)).content.decode()
    assert "in March 2021" in shown
    assert "1 March 2021" in shown


def test_a_step_goes_back_to_the_one_before_it(client):
    row = tell(client)
    assert f'href="{page("files", row)}"' in client.get(step(row, "when")).content.decode()
    client.post(step(row, "wishes"), {"wishes": ["keep"]})
    assert f'href="{step(row, "wishes")}"' in client.get(page("check", row)).content.decode()


# -- files ------------------------------------------------------------------------------------


def upload(client: Client, row: Testimony, name: str = "note.txt", said: bytes = b"hello"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post(page("files", row), {"files": SimpleUploadedFile(name, said), "add": "1"})


def test_a_file_is_kept_shared_read_by_the_team_and_taken_away(client, helpers):
    row = tell(client)
    assert upload(client, row).url == page("files", row)
    share(client, row, helpers)
    keep(client, row)
    there = page("file", row, Attachment.objects.get().id)
    for reader in (client, signed_in(helpers)):
        answer = reader.get(there)
        assert b"".join(answer.streaming_content) == b"hello"
        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]
    assert Client().get(there).status_code == 404
    client.post(page("remove_file", row, Attachment.objects.get().id))
    assert not Attachment.objects.exists()
    assert not Chunk.objects.exists()
    assert client.get(there).status_code == 404


def test_a_file_added_after_sharing_is_shared_too(client, helpers):
    row = tell(client)
    share(client, row, helpers)
    keep(client, row)
    upload(client, row)
    there = page("file", row, Attachment.objects.get().id)
    assert signed_in(helpers).get(there).status_code == 200


def test_a_file_of_another_telling_is_not_found(client):
    row = tell(client)
    upload(client, row)
    other = Testimony.objects.create(item_id=_other_item(row), begun_on=timezone.localdate())
    mixed = page("file", other, Attachment.objects.get().id)
    assert client.get(mixed).status_code == 404


def _other_item(row: Testimony):
    from firsthand.vault import items

    return items.create(queries.owner_of(row.id), {}).id


# -- withdrawing and downloading --------------------------------------------------------------


def test_withdrawing_ends_everything(client, helpers):
    row = tell(client)
    upload(client, row)
    share(client, row, helpers)
    keep(client, row)
    assert Counted.objects.exists()
    assert "cannot be undone" in client.get(page("withdraw", row)).content.decode()
    client.post(page("withdraw", row))
    row.refresh_from_db()
    assert row.stage == "withdrawn"
    assert not Counted.objects.exists()
    assert not Sealed.objects.exists()
    assert not Chunk.objects.exists()
    for name in ("own", "withdraw", "download", "who_read", "check"):
        assert client.get(page(name, row)).status_code == 409, name
    assert log.verify(row.item_id)[-1].done == "withdrew"


def test_all_of_it_can_be_downloaded_as_text(client):
    row = tell(client)
    client.post(step(row, "more"), {"needed": "One worker & no <forms>"})
    upload(client, row)
    keep(client, row)
    answer = client.get(page("download", row))
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    for part in (SAID, "One worker & no <forms>", "note.txt"):
        assert part in text


def test_a_draft_has_its_check_page_for_a_page_of_its_own(client):
    row = tell(client)
    assert client.get(page("own", row)).url == page("check", row)


def test_mine_lists_what_is_mine_without_a_word_of_it(client):
    row = keep(client, tell(client))
    shown = client.get(reverse("testimony:mine")).content.decode()
    assert page("own", row) in shown
    assert SAID not in shown
    assert "nothing of yours open" in Client().get(reverse("testimony:mine")).content.decode()


def test_someone_signed_in_tells_without_a_receipt_and_comes_back_by_signing_in():
    someone = kit.person()
    client = signed_in(someone)
    row = tell(client)
    assert receipt_less(client, row)
    keep(client, row)
    again = signed_in(someone)
    assert SAID in again.get(page("own", row)).content.decode()
    assert signed_in(kit.person("another fox")).get(page("own", row)).status_code == 404


def receipt_less(client: Client, row: Testimony) -> bool:
    return "receipt__words" not in client.get(page("way_back", row)).content.decode()


def test_the_receipt_is_no_longer_shown_once_it_was_asked_back(client):
    row = tell(client)
    client.post(page("done", row), {"receipt": receipt_of(client, row)})
    assert receipt_less(client, row)


# -- being counted ----------------------------------------------------------------------------


def test_nothing_is_counted_without_the_wish(client):
    row = tell(client)
    client.post(step(row, "wishes"), {"wishes": ["keep"]})
    keep(client, row)
    assert queries.counted(timezone.localdate()).rows == []
    assert not queries.is_counted(row.id)


def test_what_is_counted_is_codes_month_kind_and_broad_place_only(client, service):
    load_published_models()
    row = tell(client)
    body = team_of(service).organisation
    body.place, body.service_kind = "North", "social-work"
    body.save()
    client.post(page("fits", row), {"codes": []})
    client.post(step(row, "where"), {"organisation": str(body.id)})
    client.post(step(row, "wishes"), {"wishes": ["count"]})
    keep(client, row)
    today = timezone.localdate()
    (counted,) = queries.counted(today).rows
    assert counted == queries.CountedRow((), "2022", today.replace(day=1), "social-work", "North")
    assert set(queries.counted_ids()) == {row.id}


def test_changing_ones_mind_takes_it_out_of_the_count(client):
    row = tell(client)
    client.post(step(row, "wishes"), {"wishes": ["count"]})
    keep(client, row)
    assert queries.is_counted(row.id)
    client.post(step(row, "wishes"), {"wishes": ["keep"]})
    assert not queries.is_counted(row.id)


# -- what fits --------------------------------------------------------------------------------


@pytest.fixture
def model(db, settings, tmp_path_factory):
    """The model of 2022, and what suggests from it, learnt once for all these tests."""
    settings.FIRSTHAND_DATA = tmp_path_factory.getbasetemp() / "learnt"
    load_published_models()
    suggesting._suggester.cache_clear()


@pytest.mark.slow
def test_suggestions_come_with_reasons_and_nothing_is_ticked(client, model):
    row = tell(client, "Staff ignored me. I lost all trust in them and I was scared.")
    shown = client.get(page("fits", row)).content.decode()
    assert "Why:" in shown
    assert 'name="codes"' in shown
    assert " checked" not in shown


@pytest.mark.slow
def test_picking_searching_and_skipping_are_all_kept(client, model):
    row = tell(client, "Staff ignored me.")
    found = client.post(page("fits", row), {"q": "hospital", "search": "1", "codes": ["I10"]})
    assert found.status_code == 200
    text = found.content.decode()
    assert 'value="I10" checked' in text
    assert "Found for what you looked for" in text
    client.post(page("fits", row), {"codes": ["I10", "S3.8"]})
    opened = client.get(page("check", row)).content.decode()
    assert "Change<span" in opened
    assert queries.code_lines(_answers(client, row))[0].code == "I10"
    nothing = client.post(page("fits", row), {"q": "xyzzyq", "search": "1"}).content.decode()
    assert "Nothing was found" in nothing


def _answers(client: Client, row: Testimony):
    from firsthand.access import door
    from firsthand.access.doer import Doer

    hands = {keys.id: keys for keys in client.session.in_hand()}
    return queries.answers_of(door.look(Doer(None, hands), row.item_id))


def test_a_site_without_a_model_lets_people_go_on(client):
    row = tell(client)
    assert client.get(page("fits", row)).status_code == 200
    assert client.post(page("fits", row), {"q": "trust", "search": "1"}).status_code == 200
    assert client.post(page("fits", row), {}).status_code == 302


def test_rows_say_what_they_are_without_a_word(client):
    row = tell(client)
    upload(client, row)
    client.post(step(row, "wishes"), {"wishes": ["count"]})
    keep(client, row)
    assert str(row) == f"testimony {row.id}"
    assert str(Attachment.objects.get()) == f"attachment 1 of {row.id}"
    assert str(Counted.objects.get()) == "one counted testimony"
