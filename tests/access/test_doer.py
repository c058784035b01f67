"""Who is behind a request: their sign-in, the keys in their hands, the teams they are in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore as OtherStore
from django.test import RequestFactory

from firsthand.access.doer import Doer, doer_of, forget
from firsthand.people import actions
from firsthand.vault.sessions import SessionStore
from tests.people import kit

pytestmark = pytest.mark.django_db


def request_of(user=None, *hands, store=None):
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    request.session = store or SessionStore()
    if store is None:
        request.session["begun"] = True
        request.session.save()
        for keys in hands:
            request.session.hold(keys)
    return request


def test_a_stranger_has_no_sign_in_no_keys_and_no_teams():
    doer = doer_of(request_of())
    assert (doer.user, dict(doer.hands), doer.teams, doer.keys) == (None, {}, (), [])


def test_a_person_has_their_own_keys_and_no_teams():
    fox = kit.person()
    doer = doer_of(request_of(fox.user, fox.keys))
    assert (doer.user, list(doer.hands), doer.teams) == (fox.user, [fox.keys.id], ())
    assert [keys.id for keys in doer.keys] == [fox.keys.id]


def test_one_owns_what_one_has_the_keys_of_and_nothing_else():
    fox, hare = kit.person(), kit.person("hare")
    doer = doer_of(request_of(fox.user, fox.keys))
    assert doer.owns(fox.keys.id)
    assert not doer.owns(hare.keys.id)


def test_staff_have_the_teams_that_let_them_in():
    team = kit.team()
    ada = kit.staff(team=team)
    doer = doer_of(request_of(ada.user, ada.keys))
    assert doer.teams == (team,)
    assert len(doer.hands) == 2, "their own keys and their team's"


def test_staff_whose_keys_are_closed_are_let_in_nowhere():
    team = kit.team()
    ada = kit.staff(team=team)
    assert doer_of(request_of(ada.user)).teams == ()


def test_keys_alone_let_nobody_in_who_is_no_longer_in_the_team():
    team = kit.team()
    ada, ben = kit.staff(team=team), kit.staff(team=team, name="Ben")
    request = request_of(ada.user, ada.keys, ben.keys)
    actions.leave(ada.user, team)
    assert doer_of(request).teams == ()


def test_a_person_is_in_no_team_whatever_a_row_says():
    fox, team = kit.person(), kit.team()
    actions.join(fox.user, team)
    assert doer_of(request_of(fox.user, fox.keys)).teams == ()


def test_a_receipt_owns_without_a_sign_in():
    fox = kit.person()
    doer = doer_of(request_of(None, fox.keys))
    assert doer.user is None
    assert doer.owns(fox.keys.id)


def test_who_asks_is_asked_once_a_request_until_their_hands_change():
    fox = kit.person()
    request = request_of(fox.user)
    first = doer_of(request)
    request.session.hold(fox.keys)
    assert doer_of(request) is first
    forget(request)
    assert doer_of(request).owns(fox.keys.id)


def test_forgetting_before_anyone_asked_is_no_mistake():
    request = request_of()
    forget(request)
    assert doer_of(request) == Doer()


def test_a_session_of_another_kind_holds_no_keys():
    fox = kit.person()
    assert doer_of(request_of(fox.user, store=OtherStore())).keys == []
