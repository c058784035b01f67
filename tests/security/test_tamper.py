"""Whatever is changed in the database from outside: a plain page says so, `firsthand check` too.

Each change is made as by someone who can write to every table but does not have the server's
key; then the pages of the person and of the team are opened. What was changed is never shown,
nobody meets a bare error, and the steward hears of it, without a word of what it said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from firsthand.access.models import Grant, LogHead, LogLine
from firsthand.access.rules import REVOKED
from firsthand.config import alarms
from firsthand.config.checkup import keeping
from firsthand.people.models import Epoch
from firsthand.repair import actions as repair
from firsthand.repair.models import Message, Promise, PromiseEvent
from firsthand.testimony import actions as telling
from firsthand.testimony import attaching
from firsthand.testimony.files import CleanFile
from firsthand.testimony.models import Attachment, Counted, Testimony
from firsthand.vault.keys import wrap_to
from firsthand.vault.models import Chunk, Item, Keyring, Sealed, Wrap
from tests.repair.conftest import WORDS, Town, tell, town  # noqa: F401 - a fixture
from tests.repair.test_actions import answered

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]

TITLE = "Something here was changed"
ANSWER = "You were not asked."


@dataclass
class Scene:
    """A telling with files, shared and answered; another of the same person's."""

    town: Town
    second: Testimony
    file: Attachment

    @property
    def item(self) -> Any:
        return self.town.testimony.item_id

    @property
    def conversation(self) -> Any:
        return self.town.request

    def pages(self) -> dict[str, tuple[Client, str]]:
        told, asked = self.town.testimony.id, self.conversation.id
        person, team = self.town.person.browser(), self.town.responder.browser()
        return {
            "own": (person, reverse("testimony:own", args=[told])),
            "log": (person, reverse("testimony:who_read", args=[told])),
            "file": (person, reverse("testimony:file", args=[told, self.file.id])),
            "talk": (person, reverse("repair:conversation", args=[asked])),
            "team": (team, reverse("repair:request", args=[asked])),
        }


@pytest.fixture
def scene(town: Town, settings: Any, tmp_path: Any) -> Scene:  # noqa: F811
    settings.FIRSTHAND_DATA = tmp_path
    answered(town)
    doer = town.person.doer
    clean = CleanFile("a.txt", "text", "text/plain", b"words in a file " * 40_000)
    for each in ("a.txt", "b.txt"):
        attaching.add(doer, town.testimony, CleanFile(each, "text", "text/plain", clean.content))
    second = tell(town.person, [town.service], ("answer",))
    return Scene(town, second, town.testimony.attachments.first())


def swap(one: Any, other: Any) -> None:
    one.body, other.body = other.body, one.body
    one.save(update_fields=["body"])
    other.save(update_fields=["body"])


def field(item: Any, name: str) -> Sealed:
    return Sealed.objects.get(item_id=item, field=name)


# -- the changes ------------------------------------------------------------------------------


def two_answers_swapped(scene: Scene) -> None:
    swap(field(scene.item, "happened"), field(scene.item, "wishes"))


def two_tellings_swapped(scene: Scene) -> None:
    swap(field(scene.item, "happened"), field(scene.second.item_id, "happened"))


def an_answer_rolled_back(scene: Scene) -> None:
    before = Sealed.objects.filter(item_id=scene.item, field="happened").values("version", "body")
    old = before.get()
    telling.save(scene.town.person.doer, scene.town.testimony, "happened", {"happened": "Newer."})
    before.update(**old)


def everything_rolled_back(scene: Scene) -> None:
    rows = list(Sealed.objects.filter(item_id=scene.item).values("field", "version", "body"))
    revision = Item.objects.get(id=scene.item).revision
    telling.save(scene.town.person.doer, scene.town.testimony, "happened", {"happened": "Newer."})
    for row in rows:
        Sealed.objects.filter(item_id=scene.item, field=row.pop("field")).update(**row)
    Item.objects.filter(id=scene.item).update(revision=revision)


def the_contents_made_up(scene: Scene) -> None:
    Sealed.objects.filter(item_id=scene.item, field="contents").update(body=b"\x01" + bytes(300))


def an_answer_taken_out(scene: Scene) -> None:
    field(scene.item, "happened").delete()


def the_owners_key_taken(scene: Scene) -> None:
    Wrap.objects.filter(item_id=scene.item, keyring=F("item__owner")).delete()


def keys_of_the_forgers_own(scene: Scene) -> None:
    for wrap in Wrap.objects.filter(item_id=scene.item).select_related("keyring"):
        Wrap.objects.filter(id=wrap.id).update(
            body=wrap_to(bytes(wrap.keyring.seal_public), bytes(32), b"anywhere")
        )


def a_grant_without_end(scene: Scene) -> None:
    Grant.objects.filter(team=scene.town.service).update(until=date(2099, 1, 1))


def a_grant_for_another_team(scene: Scene) -> None:
    other = scene.town.stranger.user.memberships.get().team
    Grant.objects.filter(item_id=scene.item, team=scene.town.helpers).update(team=other)


def a_grant_ended_by_its_owner_put_back(scene: Scene) -> None:
    telling.stop_sharing(scene.town.person.doer, scene.town.testimony, scene.town.helpers)
    Grant.objects.filter(team=scene.town.helpers).update(revoked_on=None)


def a_log_line_edited(scene: Scene) -> None:
    LogLine.objects.filter(item_id=scene.item, place=2).update(done=REVOKED)


def a_log_line_taken_out(scene: Scene) -> None:
    LogLine.objects.filter(item_id=scene.item, place=2).delete()


def the_last_lines_taken_out_and_the_head_set_back(scene: Scene) -> None:
    last = LogLine.objects.filter(item_id=scene.item).order_by("-place")[1]
    LogLine.objects.filter(item_id=scene.item, place__gt=last.place).delete()
    LogHead.objects.filter(item_id=scene.item).update(count=last.place, last=last.chained)


def the_whole_log_taken_out(scene: Scene) -> None:
    LogLine.objects.filter(item_id=scene.item).delete()
    LogHead.objects.filter(item_id=scene.item).delete()


def the_owner_swapped(scene: Scene) -> None:
    theirs = scene.town.stranger.user.keyring_id
    Item.objects.filter(id=scene.item).update(owner_id=theirs)


def the_owners_public_keys_swapped(scene: Scene) -> None:
    theirs = Keyring.objects.get(id=scene.town.stranger.user.keyring_id)
    Keyring.objects.filter(items__id=scene.item).update(sign_public=theirs.sign_public)


def a_message_swapped_with_a_promise(scene: Scene) -> None:
    message, promise = Message.objects.get(), Promise.objects.get()
    swap(field(message.item_id, "said"), field(promise.item_id, "said"))


def a_promise_made_to_look_kept(scene: Scene) -> None:
    Promise.objects.update(verdict="kept")


def a_promise_judged_by_the_forger(scene: Scene) -> None:
    promise, keys = Promise.objects.get(), scene.town.responder.keys
    PromiseEvent.objects.create(
        id=promise.id, promise=promise, place=1, verdict="kept", on=date(2026, 1, 1),
        signature=keys.sign(b"kept"),
    )  # fmt: skip
    Promise.objects.update(verdict="kept")


def a_word_on_a_promise_put_back(scene: Scene) -> None:
    promise, person = Promise.objects.get(), scene.town.person.doer
    for number, verdict in enumerate(("kept", "broken")):
        repair.judge(person, scene.conversation, promise, verdict, str(number))
    PromiseEvent.objects.filter(place=2).delete()
    Promise.objects.update(verdict="kept")


def a_piece_of_a_file_changed(scene: Scene) -> None:
    row = Chunk.objects.filter(item_id=scene.file.item_id).order_by("-place").first()
    row.body = bytes(row.body[:-1]) + bytes([row.body[-1] ^ 1])
    row.save()


def the_end_of_a_file_cut_off(scene: Scene) -> None:
    Chunk.objects.filter(item_id=scene.file.item_id).order_by("-place").first().delete()


def two_files_swapped(scene: Scene) -> None:
    one, other = scene.town.testimony.attachments.all()
    for row in Chunk.objects.filter(item_id=one.item_id):
        swap(row, Chunk.objects.get(item_id=other.item_id, place=row.place))


# What is changed, the pages that must say so, and whether `check` finds it before anyone opens it.
CHANGES: list[tuple[Callable[[Scene], None], tuple[str, ...], bool]] = [
    (two_answers_swapped, ("own", "team"), False),
    (two_tellings_swapped, ("own", "team"), False),
    (an_answer_rolled_back, ("own", "team"), False),
    (everything_rolled_back, ("own", "team"), True),
    (the_contents_made_up, ("own", "team"), True),
    (an_answer_taken_out, ("own", "team"), False),
    (the_owners_key_taken, ("own",), True),
    (keys_of_the_forgers_own, ("own", "team"), False),
    (a_grant_without_end, ("own", "team"), True),
    (a_grant_for_another_team, ("own",), True),
    (a_grant_ended_by_its_owner_put_back, ("own",), True),
    (a_log_line_edited, ("log", "team"), True),
    (a_log_line_taken_out, ("log", "team"), True),
    (the_last_lines_taken_out_and_the_head_set_back, ("log", "own", "team"), True),
    (the_whole_log_taken_out, ("own", "team"), True),
    (the_owner_swapped, ("team",), True),
    (the_owners_public_keys_swapped, ("own", "team"), True),
    (a_message_swapped_with_a_promise, ("talk", "team"), False),
    (a_promise_made_to_look_kept, ("talk", "team"), True),
    (a_promise_judged_by_the_forger, ("talk", "team"), True),
    (a_word_on_a_promise_put_back, ("talk", "team"), True),
    (a_piece_of_a_file_changed, ("file",), False),
    (the_end_of_a_file_cut_off, ("file",), False),
    (two_files_swapped, ("file",), False),
]


def findings() -> list[str]:
    return [each.what for look in (keeping.logs, keeping.alarm) for each in look() if each.unsafe]


def test_as_long_as_nothing_is_changed_every_page_opens_and_nothing_is_found(scene):
    for name, (browser, address) in scene.pages().items():
        assert browser.get(address).status_code == 200, name
    assert findings() == []


@pytest.mark.parametrize(
    ("change", "where", "at_rest"), CHANGES, ids=[each[0].__name__ for each in CHANGES]
)
def test_a_change_is_said_on_the_page_and_found_by_check(scene, change, where, at_rest):
    change(scene)
    assert bool(findings()) is at_rest
    pages = scene.pages()
    for name in where:
        browser, address = pages[name]
        browser.raise_request_exception = False
        answer = browser.get(address)
        said = answer.getvalue().decode()
        assert (answer.status_code, TITLE in said) == (500, True), (name, answer.status_code)
        assert not any(word in said for word in (WORDS, ANSWER, "words in a file")), name
        assert "Exit this page" in said
    assert any("met something that was changed" in each for each in findings())


def test_what_someone_typed_is_given_back_when_it_cannot_be_kept(scene):
    everything_rolled_back(scene)
    browser, _ = scene.pages()["own"]
    browser.raise_request_exception = False
    address = reverse("testimony:step", args=[scene.town.testimony.id, "more"])
    said = "What I typed just now, which is longer than a line, must not be lost with all the rest."
    answer = browser.post(address, {"since": said})
    assert answer.status_code == 500
    assert said in answer.content.decode()
    assert "was changed by someone" in answer.content.decode()
    assert [alarm.page for alarm in alarms.alarms()] == ["testimony:step"]


def test_an_alarm_holds_no_words_and_is_kept_once_a_day(scene, tmp_path):
    two_answers_swapped(scene)
    browser, address = scene.pages()["own"]
    for _ in range(3):
        browser.get(address)
    (alarm,) = alarms.alarms()
    assert (alarm.page, alarm.about) == ("testimony:own", str(scene.town.testimony.id))
    assert (tmp_path / alarms.NAME).stat().st_mode & 0o077 == 0


def test_a_file_of_alarms_that_was_written_over_breaks_nothing(scene, tmp_path):
    (tmp_path / alarms.NAME).write_text('["2026-01-02", "testimony:own", ""]\n[1]\n{}\nnonsense\n')
    assert [(alarm.on.year, alarm.about) for alarm in alarms.alarms()] == [(2026, "")]


def test_an_item_erased_from_outside_is_found_by_check(scene):
    Item.objects.filter(id=scene.item).update(erased=True)
    assert any("not by its owner" in each for each in findings())


def test_what_its_owner_erased_is_in_order(scene):
    attaching.remove(scene.town.person.doer, scene.file)
    telling.withdraw(scene.town.person.doer, scene.second)
    assert findings() == []


def test_what_is_counted_is_found_by_check_when_it_was_changed(scene):
    Counted.objects.filter(testimony=scene.second).delete()
    assert findings() == []  # its owner may have wished so
    Counted.objects.update(codes=["S1"], service_kind="crisis")
    assert findings() == [
        f"Someone changed the database from outside: item {scene.item} "
        "(what is counted of it was changed)."
    ]


def test_a_telling_that_was_withdrawn_and_is_counted_still_is_found_by_check(scene):
    kept = Counted.objects.get(testimony=scene.town.testimony)
    telling.withdraw(scene.town.person.doer, scene.town.testimony)
    kept.save(force_insert=True)
    assert any("what is counted of it" in each for each in findings())


def test_nothing_is_shared_with_a_team_whose_keys_were_swapped(scene):
    other = scene.town.stranger.user.memberships.get().team
    mine = Epoch._base_manager.filter(team=scene.town.helpers)
    ring = Epoch.objects.get(team=other).keyring_id
    Epoch.objects.filter(team=other).delete()
    mine.update(keyring_id=ring)
    browser, _ = scene.pages()["own"]
    teams = [str(scene.town.helpers.id)]
    telling.save(scene.town.person.doer, scene.second, "wishes", {"wishes": ["help"]})
    address = reverse("testimony:step", args=[scene.second.id, "readers"])
    answer = browser.post(address, {"teams": teams})
    assert answer.status_code == 500
    assert not Wrap.objects.filter(item_id=scene.second.item_id, keyring_id=ring).exists()
