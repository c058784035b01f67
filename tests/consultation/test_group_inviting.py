"""Invitations: codes of which only marks are kept, sign-ins, questions, and answers once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firsthand.access.doer import Doer
from firsthand.access.refused import Refused
from firsthand.consultation import codes, group_notices, rules
from firsthand.consultation.actions import groups, inviting
from firsthand.consultation.models import Facilitator, GroupMember, GroupTrail, Invited
from firsthand.people import rules as roles
from firsthand.vault.models import Keyring
from tests.consultation.group_kit import GROUP, World, sitting
from tests.people import kit as people
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    return World.made()


def typed(code: str, client: Client | None = None) -> tuple[int, str, Client]:
    client = client or Client()
    answer = client.post(reverse("consultation:group_code"), {"code": code})
    return answer.status_code, answer.content.decode(), client


def test_a_code_is_kept_only_as_a_mark_and_found_however_it_is_typed(world):
    invited, code = world.invite()
    assert bytes(invited.code_mark) == codes.mark_of(f"  {code.upper().replace(' ', ', ')} ")
    held = str([vars(each) for each in (invited, *GroupTrail.objects.all())])
    assert not [word for word in code.split() if f" {word}" in held]
    assert typed(code)[0] == 302


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "Type the five words"),
        ("acorn acorn", "A code has five words. This has 2."),
        ("acorn acorn acorn acorn zzzzq", "Some words are in no code"),
        ("lanterm acorn acorn acorn acorn", "did you mean lantern"),
        ("acorn acorn acorn acorn acorn", "open no invitation"),
        ("a" * 301, "A code has five words."),
        ("\0 12 ;drop", "code"),
    ],
)
def test_a_mistyped_code_is_told_so_and_opens_nothing(world, code, said):
    status, shown, client = typed(code)
    assert status == 422
    assert said in shown.replace("&#x27;", "'")
    assert client.get(reverse("consultation:group_invited")).status_code == 404


def test_whoever_guesses_one_code_again_and_again_is_slowed(world):
    client = Client()
    found = [typed("acorn acorn acorn acorn acorn", client)[0] for _ in range(7)]
    assert found[0] == 422
    assert found[-1] == 429


def test_an_invitation_is_answered_once_and_a_spent_code_says_so(world):
    invited, code = world.invite()
    inviting.accept(Doer(), sitting(), invited, "one")
    with pytest.raises(inviting.Spent):
        inviting.accept(Doer(), sitting(), invited, "another")
    with pytest.raises(inviting.Spent):
        inviting.decline(invited)
    _, _, client = typed(code)
    answer = client.get(reverse("consultation:group_invited"))
    assert answer.status_code == 409
    assert "Someone said yes with these words already" in answer.content.decode()
    sent = {"answer": "yes", "number": "another"}
    assert client.post(reverse("consultation:group_invited"), sent).status_code == 409
    assert GroupMember.objects.count() == 1


def test_a_double_press_of_yes_is_one_member_with_one_receipt(world):
    _invited, code = world.invite()
    _, _, client = typed(code)
    sent = {"answer": "yes", "number": "n1"}
    first = client.post(reverse("consultation:group_invited"), sent)
    again = client.post(reverse("consultation:group_invited"), sent)
    assert first["Location"] == again["Location"] == world.at("own_words")
    assert GroupMember.objects.count() == 1
    assert Keyring.objects.filter(holder="receipt").count() == 1


def test_the_other_half_of_a_double_press_comes_to_the_same_receipt(world):
    invited, _ = world.invite()
    one, other = sitting(), sitting()
    member = inviting.accept(Doer(), one, invited, "n1")
    assert inviting.accept(Doer(), other, invited, "n1") == member
    assert one.in_hand()[0].words == other.in_hand()[0].words != ""


def test_saying_no_is_enough_twice_too_and_those_who_run_it_hear_that_something_waits(world):
    _invited, code = world.invite()
    _, _, client = typed(code)
    for _ in range(2):
        answer = client.post(reverse("consultation:group_invited"), {"answer": "no"})
        assert answer.status_code in (200, 409)
    assert Invited.objects.get().state == rules.NO
    inviting.decline(Invited.objects.get())
    assert group_notices.send_due.call() == 1
    (letter,) = mail.outbox
    assert letter.to == [world.people["Ada"].user.email]
    assert world.group.title not in letter.subject + letter.body
    assert group_notices.send_due.call() == 0


def test_a_question_is_answered_before_yes_or_no_and_the_invitation_stays_open(world):
    invited, code = world.invite()
    _, _, client = typed(code)
    at = reverse("consultation:group_invited")
    shown = client.post(at, {"answer": "ask"})
    assert shown.status_code == 422
    assert "Write what you want to ask" in shown.content.decode()
    client.post(at, {"answer": "ask", "question": "Is there a lift?"})
    assert "There is no answer yet" in client.get(at).content.decode()
    assert "Is there a lift?" in world.get("Ada", "group_invitation", invited.id)
    assert "Write an answer first" in world.post(
        "Ada", "group_invitation", invited.id, status=422, reply=""
    )
    world.post("Ada", "group_invitation", invited.id, reply="Yes, there is.")
    assert "Yes, there is." in client.get(at).content.decode()
    assert not GroupTrail.objects.filter(about__icontains="lift").exists()
    with pytest.raises(Refused):
        inviting.reply(world.runs, world.invite()[0], "Nobody asked")


def test_an_invitation_that_is_taken_back_or_late_or_of_a_group_that_is_over_opens_nothing(world):
    taken, code = world.invite()
    world.post("Ada", "group_invitation_cancel", taken.id)
    late, _ = world.invite()
    Invited.objects.filter(id=late.id).update(ends_on=timezone.localdate() - timedelta(days=1))
    closed, _ = world.invite()
    groups.close(world.runs)
    for each in (taken, late, closed):
        with pytest.raises(inviting.Spent):
            inviting.accept(Doer(), sitting(), each, "x")
    _, _, client = typed(code)
    assert "It was taken back" in client.get(reverse("consultation:group_invited")).content.decode()


def test_an_invitation_waits_for_a_sign_in_and_nobody_learns_whether_there_is_one(world):
    world.post("Ada", "group_invitations", text="Come", sign_in_name="quiet fox")
    world.post("Ada", "group_invitations", text="Come", sign_in_name="Quiet Fox ")
    world.post("Ada", "group_invitations", text="Come", sign_in_name="nobody at all")
    assert Invited.objects.count() == 2
    assert world.get("Ada", "group_invitations").count("to a sign-in") == 2
    fox = people.person("quiet fox")
    other = people.person("other fox")
    client, stranger = Client(), Client()
    people.sign_in(client, fox)
    people.sign_in(stranger, other)
    at = reverse("consultation:own_groups")
    assert "Lantern group" in client.get(at).content.decode()
    assert "Lantern group" not in stranger.get(at).content.decode()
    invited = Invited.objects.order_by("number")[0]
    opens = reverse("consultation:group_invited_open", args=[invited.id])
    assert stranger.post(opens).status_code == 404
    assert client.post(opens)["Location"] == reverse("consultation:group_invited")
    sent = {"answer": "yes", "number": "n"}
    for _ in range(2):
        answer = client.post(reverse("consultation:group_invited"), sent)
    assert world.at("own_group") == answer["Location"]
    member = GroupMember.objects.get()
    assert member.keyring_id == fox.user.keyring_id
    assert client.post(opens).status_code == 404
    assert "Lantern group" in client.get(at).content.decode()
    assert client.get(world.at("own_group")).status_code == 200
    second, code = world.invite()
    typed(code, client)
    answer = client.post(reverse("consultation:group_invited"), sent)
    assert answer.status_code == 409
    assert "in this group already" in answer.content.decode()
    assert Invited.objects.get(id=second.id).state == rules.OPEN


def test_a_person_whose_keys_are_closed_is_told_to_open_them(world):
    invited, _ = world.invite()
    person = someone(roles.PERSON)
    with pytest.raises(Refused, match="keys are closed"):
        inviting.accept(Doer(person.user, {}), sitting(), invited, "x")


def test_how_many_or_whom_has_to_be_said_and_nothing_typed_is_lost(world):
    for sent in ({}, {"many": "3", "sign_in_name": "fox"}, {"many": "31"}, {"many": "x"}):
        shown = world.post("Ada", "group_invitations", status=422, text="Dear you", **sent)
        assert "Dear you" in shown
    assert not Invited.objects.exists()


def test_codes_are_shown_until_they_are_written_down_and_never_again(world):
    browser = world.people["Ada"].browser()
    answer = browser.post(world.at("group_invitations"), {"text": "Come", "many": "3"})
    assert answer["Location"] == world.at("group_codes")
    shown = browser.get(world.at("group_codes")).content.decode()
    assert shown.count("type these five words") == 3
    browser.post(world.at("group_codes"))
    assert "The codes are gone" in browser.get(world.at("group_codes")).content.decode()
    assert "The codes are gone" in world.get("Ada", "group_codes")


def test_nobody_is_invited_before_there_is_a_sheet(world):
    bare = groups.make(world.people["Eve"].user, GROUP)
    with pytest.raises(Refused, match="information sheet first"):
        inviting.by_codes(bare, "Come", 1)


def test_a_dead_mail_server_loses_no_notice(world, settings):
    settings.EMAIL_BACKEND = "tests.people.test_notices.Dead"
    world.join("River")
    try:
        assert group_notices.send_due.call() == 0
    except ImportError:
        pytest.skip("no dead mail server to borrow")
    assert Facilitator.objects.get(user=world.people["Ada"].user).notice
