"""The door itself: what is not in the table is open to nobody, and refusals are pages."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from firsthand.access import middleware
from firsthand.access.permissions import PERMISSIONS, anyone
from firsthand.access.refused import NOTHING, Refused, not_now
from firsthand.access.table import Permission
from firsthand.config import urls as site
from tests.people import kit


def shown(request):
    return HttpResponse("what nobody thought of")


def hidden(request):
    raise Refused


def later(request):
    raise not_now("Not while it rains.")


def broken(request):
    raise LookupError("a mistake of ours")


urlpatterns = [
    path("unlisted/", shown, name="unlisted"),
    path("unnamed/", shown),
    path("listed/", shown, name="listed"),
    path("hidden/", hidden, name="hidden"),
    path("later/", later, name="later"),
    path("broken/", broken, name="broken"),
    *site.urlpatterns,
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.test_middleware")]


@pytest.fixture(autouse=True)
def rows(monkeypatch):
    for name in ("listed", "hidden", "later", "broken"):
        monkeypatch.setitem(PERMISSIONS, name, Permission(anyone))


@pytest.mark.parametrize("address", ["/unlisted/", "/unnamed/"])
@pytest.mark.parametrize("role", ["", "person", "steward"])
def test_an_address_without_a_row_is_open_to_nobody(client, address, role):
    if role:
        someone = kit.person() if role == "person" else kit.staff(role)
        client.force_login(someone.user)
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 404
        assert NOTHING in answer.content.decode()
        assert "what nobody thought of" not in answer.content.decode()


def test_an_address_with_a_row_is_open_to_whom_it_says(client):
    assert client.get("/listed/").content == b"what nobody thought of"


def test_a_refusal_that_hides_is_a_404_with_one_sentence(client):
    answer = client.get("/hidden/")
    assert (answer.status_code, NOTHING in answer.content.decode()) == (404, True)


def test_a_refusal_of_what_is_known_to_be_there_says_why(client):
    answer = client.get("/later/")
    assert answer.status_code == 409
    assert "Not while it rains." in answer.content.decode()
    assert "your sitting may have ended" not in answer.content.decode()


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/inbox/", 'href="/inbox/"'),
        ("http://testserver//elsewhere.example/", 'href="/elsewhere.example/"'),
        ("http://elsewhere.example/inbox/", None),
        ("", None),
    ],
)
def test_a_refused_form_leads_back_to_its_own_page_and_never_off_this_site(client, came_from, back):
    answer = client.post("/later/", headers={"referer": came_from}).content.decode()
    assert "Not while it rains." in answer
    assert ("Back to where you were" in answer) == (back is not None)
    assert back is None or back in answer


def test_other_mistakes_are_not_made_into_refusals(client):
    with pytest.raises(LookupError):
        client.get("/broken/")


def test_someone_who_must_sign_in_comes_back_to_where_they_were_going(client):
    answer = client.get("/inbox/?stage=read")
    assert answer["Location"] == "/sign-in/?next=/inbox/%3Fstage%3Dread"


def test_staff_without_a_second_step_are_sent_to_set_it_up(client):
    client.force_login(kit.staff(second_step=False).user)
    assert client.get("/inbox/")["Location"] == "/you/second-step/"


def test_another_role_is_told_the_same_as_when_nothing_is_there(client):
    client.force_login(kit.person().user)
    assert client.get("/inbox/").content.decode().count(NOTHING) == 1


def test_a_request_that_no_address_was_found_for_is_refused():
    request = RequestFactory().get("/")
    request.resolver_match = None
    assert middleware.answer_to(request).value == "no"


def test_a_refusal_says_its_sentence_and_hides_unless_told_otherwise():
    assert (Refused().sentence, Refused().hidden, str(Refused())) == (NOTHING, True, NOTHING)
    assert (not_now("Later.").sentence, not_now("Later.").hidden) == ("Later.", False)
