"""The codebook: what is done to codes, its history, and undoing it without losing anything."""

import pytest

from firsthand.access.refused import Refused
from firsthand.codebook import queries, rules
from firsthand.codebook.actions import codes, model, passages, reports, sources
from firsthand.codebook.models import Code, CodeChange, Coding, Passage, Trail
from firsthand.evidence import rules as screening
from firsthand.evidence.actions import studies
from firsthand.harms import actions as harms
from firsthand.harms.models import Entry
from tests.codebook import kit
from tests.codebook.test_coding_pages import World
from tests.evidence import charting_kit
from tests.evidence import kit as evidence

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def names(made):
    return [(depth, code.name) for depth, code in queries.tree(made.ada.project)]


def last(made):
    return made.ada.project.changes.order_by("version").last()


def carried(made):
    """Which codes each passage that stands carries."""
    rows = Passage.objects.filter(removed_on=None).order_by("start")
    return [sorted(each.code.name for each in row.codings.all()) for row in rows]


def test_each_change_makes_a_version_is_in_the_history_and_can_be_undone():
    made = kit.made()
    harm = made.codes["Harm"]
    version = Code.objects.get(id=harm.id).project.codebook_version
    codes.change(made.ben, harm, {"name": "Hurt", "memo": "?"}, examples=["One.", "Two."])
    row = last(made)
    assert (row.did, row.version, row.by) == (rules.CHANGED, version + 1, made.ben)
    assert row.before == {"name": "Harm", "memo": "", "examples": []}
    codes.change(made.ben, harm, {"name": "Hurt"})  # nothing new: no version of its own
    assert last(made) == row
    codes.undo(made.cai, row)
    codes.undo(made.cai, row)  # pressed twice
    harm.refresh_from_db()
    assert (harm.name, harm.memo, harm.examples.count()) == ("Harm", "", 0)
    assert CodeChange.objects.get(id=row.id).undone_by == made.cai
    assert Trail.objects.filter(did="code change undone").count() == 1


def test_a_guid_stays_when_all_else_changes():
    made = kit.made()
    code = made.codes["Not asked"]
    codes.change(made.ada, code, {"name": "Unasked"})
    codes.move(made.ada, code, None)
    assert Code.objects.get(id=code.id).guid == code.guid


def test_codes_move_with_what_is_below_them_and_never_below_themselves():
    made = kit.made()
    harm, asked = made.codes["Harm"], made.codes["Not asked"]
    codes.move(made.ada, made.codes["Feeling"], harm, 0)
    assert names(made) == [
        (0, "Harm"), (1, "Feeling"), (2, "Like a thing"), (1, "Not asked"), (1, "Looked past"),
    ]  # fmt: skip
    for above in (harm, asked):
        with pytest.raises(Refused, match="below itself"):
            codes.move(made.ada, harm, above)
    codes.undo(made.ada, last(made))
    assert names(made) == names(kit.made("Di", "Eli", "Flo"))


def test_two_codes_of_one_name_in_one_place_are_refused_and_elsewhere_are_not():
    made = kit.made()
    with pytest.raises(Refused, match="in that place already"):
        codes.add(made.ada, "harm")
    codes.add(made.ada, "Harm", parent=made.codes["Feeling"])
    with pytest.raises(Refused, match="in that place already"):
        codes.change(made.ada, made.codes["Feeling"], {"name": "Harm"})


def test_a_merge_carries_passages_and_codes_over_and_its_undo_gives_them_back():
    made = kit.made()
    made.code(made.ada, "Nobody asked me", "Not asked")
    both = made.code(made.ben, "told later", "Not asked", "Looked past")
    codes.merge(made.ada, [made.codes["Not asked"]], made.codes["Looked past"])
    assert carried(made) == [["Looked past"], ["Looked past"]]
    gone = Code.objects.get(id=made.codes["Not asked"].id)
    assert gone.merged_into == made.codes["Looked past"]
    with pytest.raises(Refused, match="merged into"):
        made.code(made.cai, "Nobody", "Not asked")
    late = made.code(made.cai, "a meeting", "Looked past")
    passages.uncode(made.ben, both)
    codes.undo(made.ada, last(made))
    assert carried(made) == [["Not asked"], ["Looked past"]]
    passages.put_back(made.ben, both, [made.codes["Not asked"]])
    assert late.codings.get().code == made.codes["Looked past"]


def test_a_merge_moves_what_is_below_and_back_and_goes_into_nothing_of_its_own():
    made = kit.made()
    before = names(made)
    codes.merge(made.ada, [made.codes["Harm"]], made.codes["Feeling"])
    assert names(made) == [
        (0, "Feeling"), (1, "Like a thing"), (1, "Not asked"), (1, "Looked past"),
    ]  # fmt: skip
    codes.undo(made.ada, last(made))
    assert names(made) == before
    with pytest.raises(Refused, match="cannot be merged into itself"):
        codes.merge(made.ada, [made.codes["Harm"]], made.codes["Not asked"])


def test_a_split_gives_ones_own_passages_new_codes_and_leaves_those_of_others():
    made = kit.made()
    mine = made.code(made.ada, "Nobody asked me", "Harm")
    theirs = made.code(made.ben, "told later", "Harm")
    new = codes.split(made.ada, made.codes["Harm"], ["Told", "Shown"], {mine.id: 1, theirs.id: 0})
    assert [each.name for each in new] == ["Told", "Shown"]
    assert carried(made) == [["Shown"], ["Harm"]]
    row = last(made)
    extra = made.code(made.ada, "a meeting", "Harm")
    passages.code(made.ada, made.plain, extra.start, extra.end, [new[0]])
    with pytest.raises(Refused, match="carry the new codes"):
        codes.undo(made.ada, row)
    passages.uncode(made.ada, extra)
    below = codes.add(made.ada, "Below", parent=new[0])
    with pytest.raises(Refused, match="codes below the new ones"):
        codes.undo(made.ada, row)
    codes.delete(made.ada, below)
    codes.undo(made.ada, row)
    assert carried(made) == [["Harm"], ["Harm"]]
    assert "Told" not in [name for _, name in names(made)]


def test_a_code_in_use_is_not_deleted_and_it_is_said_why_and_what_to_do():
    made = kit.made()
    made.code(made.ada, "Nobody asked me", "Not asked")
    with pytest.raises(Refused, match="1 of your own passages carry it"):
        codes.delete(made.ada, made.codes["Not asked"])
    with pytest.raises(Refused) as told:
        codes.delete(made.ben, made.codes["Not asked"])
    assert "1" not in told.value.sentence  # how often others used it is not told
    with pytest.raises(Refused, match="There are codes below"):
        codes.delete(made.ada, made.codes["Feeling"])
    codes.delete(made.ada, made.codes["Like a thing"])
    codes.undo(made.ada, last(made))
    assert (1, "Like a thing") in names(made)


def test_what_was_added_is_undone_while_it_is_on_nothing():
    made = kit.made()
    new = codes.add(made.ada, "New")
    row = last(made)
    used = passages.code(made.ben, made.plain, 0, 6, [new])
    with pytest.raises(Refused, match="is in use"):
        codes.undo(made.ada, row)
    passages.uncode(made.ben, used)
    codes.undo(made.ada, row)
    assert not queries.codes(made.ada.project).filter(name="New").exists()


def test_a_change_is_not_undone_past_a_later_one_of_the_same_code():
    made = kit.made()
    harm = made.codes["Harm"]
    codes.change(made.ada, harm, {"name": "Hurt"})
    first = last(made)
    codes.change(made.ben, harm, {"name": "Pain"})
    with pytest.raises(Refused, match="Undo that first"):
        codes.undo(made.ada, first)
    codes.undo(made.ada, last(made))
    codes.undo(made.ada, first)
    assert Code.objects.get(id=harm.id).name == "Harm"


def test_what_stood_where_is_not_undone_into_a_place_that_is_gone():
    made = kit.made()
    thing, feeling = made.codes["Like a thing"], made.codes["Feeling"]
    codes.delete(made.ada, thing)
    deleted = last(made)
    codes.delete(made.ada, feeling)
    with pytest.raises(Refused, match="What it stood below is gone"):
        codes.undo(made.ada, deleted)
    other = kit.made("Di", "Eli", "Flo")
    codes.move(other.ada, other.codes["Not asked"], None)
    moved = last(other)
    codes.move(other.ada, other.codes["Harm"], other.codes["Not asked"])
    with pytest.raises(Refused, match="stands below it by now"):
        codes.undo(other.ada, moved)


def test_nothing_of_one_project_is_used_in_another():
    made, other = kit.made(), kit.made("Di", "Eli", "Flo")
    with pytest.raises(Refused):
        passages.code(made.ada, made.plain, 0, 6, [other.codes["Harm"]])
    with pytest.raises(Refused):
        passages.code(made.ada, other.plain, 0, 6, [made.codes["Harm"]])
    with pytest.raises(Refused):
        codes.move(made.ada, made.codes["Harm"], other.codes["Harm"])
    with pytest.raises(Refused):
        codes.undo(made.ada, last(other))
    with pytest.raises(Refused):
        passages.ask(made.ada, made.plain, other.ben)
    row = other.code(other.ada, "Nobody", "Harm")
    with pytest.raises(Refused):
        passages.uncode(made.ada, row)


def test_what_is_no_place_in_the_text_is_refused():
    made = kit.made()
    for start, end in ((-1, 3), (3, 3), (0, len(kit.PLAIN) + 1)):
        with pytest.raises(Refused, match="not in the text"):
            passages.code(made.ada, made.plain, start, end, [made.codes["Harm"]])


def test_texts_that_cannot_be_kept_are_refused_with_why():
    made = kit.made()

    def add(text, turns=()):
        return sources.add(made.ada, kind=rules.DOCUMENT, title="T", text=text, turns=turns)

    for text, said in ((" \n", "no text"), ("a\0b", "no text has"), ("\ud800", "no text has")):
        with pytest.raises(Refused, match=said):
            add(text)
    with pytest.raises(Refused, match="in parts"):
        add("a" * (rules.MOST_TEXT + 1))
    for turn in (rules.TurnOf(0, 9, "R"), rules.TurnOf(0, 1, "R", "odd")):
        with pytest.raises(Refused, match="turn"):
            add("short", [turn])
    with pytest.raises(ValueError, match="never copied"):
        sources.add(made.ada, kind=rules.TESTIMONY, title="T", text="words")


def test_the_model_of_harm_becomes_codes_with_their_entries_by_one_press_and_once():
    world = World()
    assert "No version" in world.post("Ada", "code_model", status=409)
    harms.load_published_models(by="a test")
    assert "ready codebook" not in world.get("Ada", "codes")
    assert "Make codes from the model" in world.get("Ada", "codes")
    world.post("Ada", "code_model")
    have = Code.objects.filter(project=world.ada.project_id, entry__isnull=False)
    assert have.count() == Entry.objects.filter(version=have.first().entry.version).count()
    assert model.bring_in(world.ben) == 0
    assert "S1.1" in world.get("Ben", "codes")
    code = Code.objects.get(entry__code="S1.1")
    assert code.parent.entry.code == "S1"
    assert code.parent.parent is None
    assert code.examples.count() == len(code.entry.examples)
    assert Code.objects.get(entry__code="I1").parent.name == "Impacts"
    assert queries.codes(world.ada.project).get(name="Minimisations").children.exists()


def test_included_reports_come_in_linked_once_and_only_for_who_takes_part_in_the_review():
    (owner,) = evidence.review("Ria")
    record = evidence.imported(owner, 2)[0]
    with pytest.raises(Refused, match="no review"):
        reports.bring_in(kit.coders("Una")[0])
    charting_kit.put(record, screening.INCLUDED)
    studies.follow(owner.review)
    mine = kit.projects.make(owner.user, {**kit.WANTED, "review": owner.review})
    other = kit.projects.add_coder(mine, kit.user("Tom"), rules.CODER)
    with pytest.raises(Refused, match="takes part in the review"):
        reports.bring_in(other)
    (found,) = reports.bring_in(mine)
    assert reports.bring_in(mine) == []
    assert (found.report, found.kind) == (record, rules.REPORT)
    assert record.title in found.text
    assert record.abstract in found.text


# -- on pages ---------------------------------------------------------------------------------


def test_codes_are_added_changed_moved_merged_split_deleted_and_undone_on_pages():
    world = World()
    world.post("Ben", "code_add", name="Voice", colour="#0072B2", pattern="wavy",
               parent=str(world.harm.id), examples="One.\n\nTwo.")  # fmt: skip
    voice = Code.objects.get(name="Voice")
    assert (voice.colour, voice.examples.count()) == ("#0072b2", 2)
    shown = world.get("Ada", "codes")
    assert "2 examples: 5 or more help" in shown
    looks = world.browsers["Ada"].get(world.at("looks"))
    assert looks["Content-Type"].startswith("text/css")
    assert f".k{voice.number}{{text-decoration-color:#0072b2" in looks.content.decode()
    assert "Write the colour" in world.post(
        "Ada", "code_add", status=422, name="X", colour="red", pattern="wavy"
    )
    world.post("Ada", "code_move", voice.id, parent="", place="1")
    assert queries.tree(world.ada.project)[0] == (0, voice)
    assert "first place" in world.post("Ada", "code_move", voice.id, status=422, place="0")
    world.code("Ada", first=1, codes=[str(voice.id)])
    row = Passage.objects.get()
    assert "is in use" in world.post("Ada", "code_delete", voice.id, status=409)
    asked = world.post("Ada", "code_split", voice.id, status=200, parts="Loud\nQuiet\nLoud")
    assert f'name="part-{row.id}"' in asked
    world.post("Ada", "code_split", voice.id, parts="Loud\nQuiet", shared="1",
               **{f"part-{row.id}": "2"})  # fmt: skip
    assert row.codings.get().code.name == "Quiet"
    assert "Choose a code" in world.post("Ada", "code_merge", voice.id, status=422)
    world.post("Ada", "code_merge", row.codings.get().code_id, into=str(world.harm.id))
    assert row.codings.get().code == world.harm
    assert "Merged into another" in world.get("Ben", "changes")
    for _ in range(2):
        change = world.ada.project.changes.filter(undone_by=None).order_by("version").last()
        world.post("Ben", "change_undo", change.id)
    assert row.codings.get().code == voice
    world.post("Ben", "change_undo", world.harm.id, status=404)
    world.post("Ada", "code_delete", world.asked.id)
    assert "in the codebook no longer" in world.get("Ada", "code", world.asked.id)


def test_a_stale_form_shows_what_is_kept_now_and_keeps_what_was_typed():
    world = World()
    seen = queries.changes(world.ada.project).first().version
    sent = {"colour": "#0072b2", "pattern": "solid", "seen": seen}
    world.post("Ben", "code", world.harm.id, name="By Ben", definition="Kept by Ben", **sent)
    shown = world.post("Ada", "code", world.harm.id, status=409, name="By Ada", **sent)
    assert "Kept by Ben" in shown
    assert 'value="By Ada"' in shown
    again = int(shown.split('name="seen"')[1].split('value="')[1].split('"')[0])
    world.post("Ada", "code", world.harm.id, name="By Ada", **{**sent, "seen": again})
    assert Code.objects.get(id=world.harm.id).name == "By Ada"


def test_codes_that_were_suggested_say_so_and_others_do_not():
    made = kit.made()
    codes_ = [made.codes["Harm"], made.codes["Feeling"]]
    row = passages.code(made.ada, made.plain, 0, 6, codes_, suggested=codes_[:1])
    said = {each.code.name: each.by_suggestion for each in Coding.objects.filter(passage=row)}
    assert said == {"Harm": True, "Feeling": False}
