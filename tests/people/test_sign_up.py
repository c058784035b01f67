"""Making a sign-in: no name asked, keys given, a recovery key shown once."""

import re

import pytest

from firsthand.people.backend import mark_of
from firsthand.people.models import User
from firsthand.vault import keyrings
from tests.people import kit

pytestmark = pytest.mark.django_db
FORM = {
    "sign_in_name": "Quiet Fox",
    "passphrase1": kit.PASSPHRASE,
    "passphrase2": kit.PASSPHRASE,
}


def shown_key(client) -> str:
    page = client.get("/you/recovery-key/").content.decode()
    inside = page.split('aria-label="Your recovery key, in groups">')[1].split("</ol>")[0]
    return "-".join(re.findall(r"<li>(.*?)</li>", inside))


def test_the_page_asks_for_no_name_address_or_number(client):
    page = client.get("/sign-up/").content.decode()
    assert 'autocomplete="username"' in page
    assert page.count('autocomplete="new-password"') == 2
    assert not re.search(r'type="(email|tel)"', page)


def test_five_words_are_offered_and_they_differ_each_time(client):
    def offered() -> str:
        page = client.get("/sign-up/").content.decode()
        return re.search(r"<strong>((?:[a-z]+ ){4}[a-z]+)</strong>", page)[1]

    assert offered() != offered()


def test_what_can_be_lost_is_said_before_the_sign_in_is_made(client):
    page = client.get("/sign-up/").content.decode()
    assert "closed for good" in page
    assert "no spare key" in page


def test_signing_up_gives_keys_puts_them_in_hand_and_shows_the_recovery_key(client):
    answer = client.post("/sign-up/", FORM)
    assert answer["Location"] == "/you/recovery-key/"
    user = User.objects.get()
    assert kit.in_hand(client) == {str(user.keyring_id)}
    assert len(shown_key(client)) == 41


def test_the_sign_in_name_stands_nowhere(client):
    client.post("/sign-up/", FORM)
    user = User.objects.get()
    assert user.username == mark_of("quiet fox")
    assert "fox" not in user.username
    assert (user.name, user.email, user.last_login) == ("", "", None)


def test_the_recovery_key_counts_as_kept_once_its_end_is_typed_back(client):
    client.post("/sign-up/", FORM)
    key = shown_key(client)
    wrong = client.post("/you/recovery-key/", {"typed": "AAAA-A"})
    assert wrong.status_code == 422
    right = client.post("/you/recovery-key/", {"typed": key[-6:].lower()})
    assert right["Location"] == "/you/"
    assert client.get("/you/recovery-key/")["Location"] == "/you/sign-in/"


def test_the_recovery_key_is_no_longer_in_the_sitting_once_kept(client):
    client.post("/sign-up/", FORM)
    key = shown_key(client)
    client.post("/you/recovery-key/", {"typed": key})
    assert key not in str(dict(client.session.items()))


def test_going_on_without_a_recovery_key_takes_a_page_that_says_what_that_means(client):
    client.post("/sign-up/", FORM)
    page = client.get("/you/recovery-key/skip/").content.decode()
    assert "stays locked for good" in page
    assert client.post("/you/recovery-key/skip/")["Location"] == "/you/"
    user = User.objects.get()
    assert not keyrings.has_lock(user.keyring_id, "recovery")


def test_home_brings_people_back_to_a_recovery_key_not_yet_kept(client):
    client.post("/sign-up/", FORM)
    assert client.get("/you/")["Location"] == "/you/recovery-key/"


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("short words", "too short"),
        ("password1234", "easy to guess"),
        ("   quiet fox   quiet   ", ""),
        ("quiet fox 12", ""),
        ("a" * 201, "letters at most"),
    ],
)
def test_length_is_the_only_rule_and_the_commonest_are_refused(client, passphrase, why):
    form = FORM | {"passphrase1": passphrase, "passphrase2": passphrase}
    answer = client.post("/sign-up/", form)
    assert (answer.status_code == 422) == bool(why)
    assert why in answer.content.decode()


def test_a_passphrase_typed_differently_the_second_time_is_noticed(client):
    answer = client.post("/sign-up/", FORM | {"passphrase2": kit.OTHER})
    assert "are not the same" in answer.content.decode()
    assert not User.objects.exists()


def test_the_sign_in_name_is_no_passphrase(client):
    form = {"sign_in_name": "quietfoxquietfox"} | {
        f"passphrase{n}": "Quiet Fox Quiet Fox" for n in (1, 2)
    }
    assert "cannot be your sign-in name" in client.post("/sign-up/", form).content.decode()


def test_a_name_in_use_is_refused_and_nothing_changes(client):
    kit.person("quiet fox")
    other = {f"passphrase{n}": kit.OTHER for n in (1, 2)}
    answer = client.post("/sign-up/", FORM | other)
    assert answer.status_code == 422
    assert "in use" in answer.content.decode()
    assert not client.session.in_hand()
    assert User.objects.count() == 1


def test_a_form_sent_twice_makes_one_sign_in_and_both_answers_lead_in(client):
    assert client.post("/sign-up/", FORM).status_code == 302
    client.logout()
    assert client.post("/sign-up/", FORM)["Location"] == "/you/sign-in/"
    assert User.objects.count() == 1
    assert kit.in_hand(client) == {str(User.objects.get().keyring_id)}


def test_someone_signed_in_is_not_asked_again(client):
    client.post("/sign-up/", FORM)
    assert client.get("/sign-up/")["Location"] == "/you/"
