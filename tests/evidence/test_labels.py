"""Labels are one's own until all have decided; removing or renaming one loses nothing of it."""

import pytest

from firsthand.access.refused import Refused
from firsthand.evidence import labels, rules
from firsthand.evidence.actions import labels as actions
from firsthand.evidence.actions import reviews
from firsthand.evidence.models import Decision, Label, LabelOn, Record, Trail
from firsthand.evidence.rules import ABSTRACT, EXCLUDE, INCLUDE
from tests.evidence import kit
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
LOOK = {"colour": "sun", "line": "dotted"}


@pytest.fixture
def world():
    return World()


def label(world, name="methods"):
    return actions.make(world.ada, {"name": name, **LOOK})


def test_a_label_is_made_changed_removed_and_put_back(world):
    assert "There is no label yet" in world.get("Ben", "labels")
    world.post("Ben", "labels", name="methods", **LOOK)
    row = Label.objects.get()
    for _ in range(2):
        world.post("Ada", "label", row.id, name="Ways of working", colour="sea", line="solid")
    shown = world.get("Ben", "labels")
    assert "Ways of working" in shown
    assert "c-sea l-solid" in shown
    for _ in range(2):
        world.post("Ada", "label_remove", row.id)
    assert "Ways of working, removed" in world.get("Ben", "labels")
    for _ in range(2):
        world.post("Ben", "label_back", row.id)
    assert "removed" not in world.get("Ben", "labels")
    did = list(Trail.objects.filter(did__startswith="label").values_list("did", flat=True))
    assert did == ["label made", "label changed", "label removed", "label put back"]
    assert Trail.objects.get(did="label changed").about["before"]["name"] == "methods"
    assert "Change the label Ways of working" in world.get("Ada", "label", row.id)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "Give it a name."),
        ({"name": "METHODS"}, "a label of this name already"),
        ({"colour": "gold"}, "Choose a colour."),
        ({"line": ""}, "Choose a line."),
    ],
)
def test_a_label_that_cannot_be_made_says_why_and_loses_nothing(world, sent, said):
    label(world)
    shown = world.post("Ada", "labels", status=422, **{"name": "kept words", **LOOK, **sent})
    assert said in shown
    assert sent.get("name", "kept words") in shown


def test_a_review_has_so_many_labels_at_most(world, monkeypatch):
    monkeypatch.setattr(rules, "MOST_LABELS", 1)
    row = label(world)
    with pytest.raises(Refused, match="at most"):
        label(world, "more")
    actions.remove(world.ada, row)
    label(world, "more")


def test_several_are_put_on_while_deciding_and_changed_afterwards(world):
    one, two = label(world), label(world, "ask Ben")
    record = kit.imported(world.ada, 1)[0]
    shown = world.get("Ada", "screen_one", ABSTRACT, record.id)
    assert 'data-key="a"' in shown
    assert "<kbd" in shown
    world.post("Ada", "screen_one", ABSTRACT, record.id, choice=INCLUDE, labels=[one.id, two.id])
    assert set(labels.own(world.ada, kit.at(record))) == {one, two}
    assert world.get("Ada", "screen_one", ABSTRACT, record.id).count(" checked") == 2
    world.post("Ada", "label_put", ABSTRACT, record.id, labels=[two.id, "odd"])
    assert labels.own(world.ada, kit.at(record)) == [two]
    world.post("Ada", "label_put", ABSTRACT, record.id, labels=[two.id])
    lines = Trail.objects.filter(did="labels put")
    assert [line.about["now"] for line in lines] == [["ask Ben", "methods"], ["ask Ben"]]
    assert "Labels put" not in world.get("Ben", "history")


def test_without_a_choice_the_labels_ticked_are_still_ticked(world):
    one = label(world)
    record = kit.imported(world.ada, 1)[0]
    shown = world.post("Ada", "screen_one", ABSTRACT, record.id, status=422, labels=[one.id])
    assert " checked" in shown
    assert not LabelOn.objects.exists()


def test_who_comes_too_late_to_decide_leaves_no_label_either(world):
    one = label(world)
    eve = reviews.add_member(world.ada, world.people["Eve"].user, rules.REVIEWER)
    record = kit.imported(world.ada, 1)[0]
    kit.decide(record, (world.ada, INCLUDE), (world.ben, INCLUDE))
    world.post("Eve", "screen_one", ABSTRACT, record.id, choice=INCLUDE, labels=[one.id])
    assert not LabelOn.objects.filter(member=eve).exists()


def test_another_reviewers_label_is_seen_only_once_all_have_decided(world):
    one = label(world)
    record = kit.imported(world.ada, 1)[0]
    kit.decide(record, (world.ada, INCLUDE))
    actions.put(world.ada, kit.at(record), [one])
    there = world.at("records") + f"?label={one.id}"
    assert record.title in world.browsers["Ada"].get(there).content.decode()
    assert record.title not in world.browsers["Ben"].get(there).content.decode()
    assert "chip" not in world.get("Ben", "records")
    kit.decide(record, (world.ben, EXCLUDE))
    Decision.objects.update(revealed=False)
    assert record.title in world.browsers["Ben"].get(there).content.decode()
    assert Decision.objects.get(member=world.ben).revealed  # no longer blind: it stays
    assert not Decision.objects.get(member=world.ada).revealed
    assert "chip" in world.get("Ben", "record", record.id)
    actions.remove(world.ada, one)
    assert "chip" not in world.get("Ben", "record", record.id)


def test_records_are_found_by_number_words_and_author(world):
    one, two = kit.imported(world.ada, 2)
    Record.objects.filter(id=two.id).update(title="Crisis houses", authors=["Fell, Sam"])
    for words, number in (
        ("2", 1),
        ("crisis fell", 1),
        ("CRISIS", 1),
        ("zebra", 0),
        ("", 2),
        ("\xb2", 0),
        ("crisis\x00", 1),
    ):
        shown = world.browsers["Ben"].get(world.at("records"), {"find": words}).content.decode()
        assert shown.count('aria-label="Record ') == number, words
    assert one.title in world.get("Ben", "records")


def test_strangers_find_no_labels_and_no_records(world):
    row = label(world)
    record = kit.imported(world.ada, 1)[0]
    window = world.browsers["Eve"]
    for name, more in (("labels", ()), ("label", (row.id,)), ("records", ())):
        assert window.get(world.at(name, *more)).status_code == 404
    for name, more in (
        ("labels", ()), ("label", (row.id,)), ("label_remove", (row.id,)),
        ("label_back", (row.id,)), ("label_put", (ABSTRACT, record.id)),
    ):  # fmt: skip
        assert window.post(world.at(name, *more), {"name": "x", **LOOK}).status_code == 404
    assert Label.objects.get().removed_at is None


def test_a_label_of_another_review_is_not_there(world):
    zed = kit.review("Zed", "Yan")[0]
    theirs = actions.make(zed, {"name": "theirs", **LOOK})
    assert world.browsers["Ada"].get(world.at("label", theirs.id)).status_code == 404
    record = kit.imported(zed, 1)[0]
    for do in (
        lambda: actions.remove(world.ada, theirs),
        lambda: actions.put(world.ada, kit.at(record), []),
    ):
        with pytest.raises(Refused):
            do()
    assert str(theirs) == "theirs"
    actions.put(zed, kit.at(record), [theirs])
    assert str(theirs.id) in str(LabelOn.objects.get())
