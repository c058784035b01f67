"""Coding twice: the draw, agreement, settling side by side; blindness until all have finished."""

import json

import pytest
from django.urls import reverse

from firsthand.access.refused import Refused
from firsthand.codebook import agreeing, rules, settling
from firsthand.codebook.actions import codes as coding
from firsthand.codebook.actions import double, passages, sources
from firsthand.codebook.models import DoubleDraw, Passage, Settlement, Trail, Working
from firsthand.codebook.settling import Wanted
from firsthand.methods.agreement import Undefined
from tests.codebook import kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def did(name):
    return [each.about for each in Trail.objects.filter(did=name)]


def both_finished(made):
    """Ada and Ben code the letter: alike once, half over each other once, once one alone."""
    made.code(made.ada, "Nobody asked me", "Not asked")
    made.code(made.ben, "Nobody asked me", "Not asked")
    made.code(made.ada, "I felt like a file", "Like a thing")
    made.code(made.ben, "like a file", "Like a thing")
    made.code(made.ben, "told later", "Looked past")
    for each in (made.ada, made.ben):
        passages.finish(each, made.plain)
    return {each.code.name: each for each in settling.compared(made.plain)}


def wanted(place, choice, **more):
    ids = tuple(each.id for each in place.passages)
    return Wanted(ids, choice, "We read it again.", **more)


# -- the draw ------------------------------------------------------------------------------------


def test_a_fifth_of_the_sources_is_drawn_for_two_and_the_draw_can_be_drawn_again():
    made = kit.made()
    for number in range(8):
        sources.add(made.ada, kind=rules.DOCUMENT, title=f"Letter {number}", text="Made up.")
    row = double.draw(made.ada, 20, [made.ada, made.ben, made.cai], seed=7)
    drawn = list(row.drawn.all())
    assert (row.pool, row.seed, row.percent, len(drawn)) == (list(range(1, 11)), 7, 20, 2)
    assert row.among == ["Ada", "Ben", "Cai"]
    for each in drawn:
        asked = set(Working.objects.filter(source=each.source).values_list("coder", flat=True))
        assert asked == {each.first_id, each.second_id}
    numbers = [each.source.number for each in drawn]
    assert did("sources drawn") == [{"percent": 20, "seed": 7, "of": row.pool, "drawn": numbers}]
    again = kit.made("Dee", "Eli", "Flo")
    for number in range(8):
        sources.add(again.ada, kind=rules.DOCUMENT, title=f"Letter {number}", text="Made up.")
    other = double.draw(again.ada, 20, [again.ada, again.ben, again.cai], seed=7)
    assert [each.source.number for each in other.drawn.all()] == numbers


def test_only_what_was_in_no_draw_is_drawn_from_and_it_takes_two():
    made = kit.made()
    passages.read_only(made.cai, made.talk)
    row = double.draw(made.ada, 100, [made.ada, made.ben, made.cai])
    assert row.pool == [1]  # Cai only reads the talk
    assert double.draw(made.ada, 1, [made.ada, made.ben]).pool == [2]
    with pytest.raises(Refused, match="no source left"):
        double.draw(made.ada, 20, [made.ada, made.ben])
    with pytest.raises(Refused, match="two people or more"):
        double.draw(made.ada, 20, [made.ada])
    assert DoubleDraw.objects.count() == 2


# -- agreement -----------------------------------------------------------------------------------


def test_agreement_is_told_once_two_have_finished_and_nobody_still_codes():
    made = kit.made()
    assert agreeing.agreed(made.ada).sources == ()
    both_finished(made)
    found = agreeing.agreed(made.ada)
    by = {each.code: each for each in found.codes}
    assert [each.number for each in found.sources] == [1]
    assert by["Not asked"].alpha.value == 1
    assert 0 < by["Like a thing"].alpha.value < 1
    assert by["Like a thing"].span_f1.value == 1
    assert by["Looked past"].alpha.value is Undefined.ONE_CODER
    assert by["Feeling"].alpha.value is Undefined.UNUSED
    passages.ask(made.ada, made.plain, made.cai)
    assert agreeing.agreed(made.ada).sources == ()
    passages.finish(made.cai, made.plain)
    found = {each.code: each for each in agreeing.agreed(made.ada).codes}
    assert found["Not asked"].alpha.value < 1  # three coded, and the third found nothing


def test_a_source_is_counted_by_sentence_whatever_space_is_around_its_sentences():
    made = kit.made()
    text = "  Nobody asked.  Nobody came. \n\n"
    row = sources.add(made.ada, kind=rules.DOCUMENT, title="Spaces", text=text)
    for each in (made.ada, made.ben):
        made.code(each, "Nobody asked.", "Not asked", source=row)
        passages.finish(each, row)
    found = {each.code: each for each in agreeing.agreed(made.ada).codes}
    assert found["Not asked"].by_sentence.value == 1


# -- settling ------------------------------------------------------------------------------------


def test_differences_are_settled_five_ways_and_both_codings_stay():
    made = kit.made()
    place = both_finished(made)["Like a thing"]
    before = list(Passage.objects.order_by("id").values())
    passages.read_only(made.cai, made.plain)
    a, b = (each.ranges for each in place.sides)
    start = kit.PLAIN.index("a file")
    for said, ranges in [
        (wanted(place, rules.ONE, takes=made.ada), a),
        (wanted(place, rules.ONE, takes=made.ben), b),
        (wanted(place, rules.ALL), a),  # Ben's lies within Ada's
        (wanted(place, rules.NEITHER), ()),
        (wanted(place, rules.NEW, start=start, end=start + 6), ((start, start + 6),)),
    ]:
        double.settle(made.cai, made.plain, place.code, said)
        now = settling.place(made.plain, place.code, said.passages)
        assert (now.is_open, now.agreed) == (False, ranges)
    assert list(Passage.objects.order_by("id").values()) == before
    assert Settlement.objects.filter(undone_at=None).count() == 1
    assert did("difference settled") == [{"source": 1, "together": False}] * 5
    choices = Settlement.objects.values_list("choice", flat=True)
    assert list(choices) == ["one", "one", "all", "neither", "new"]
    agreed = settling.agreed(settling.compared(made.plain))
    assert [(each.code.name, each.how) for each in agreed] == [
        ("Not asked", settling.ALIKE), ("Like a thing", settling.SETTLED),
    ]  # fmt: skip
    row = Settlement.objects.get(undone_at=None)
    double.undo(made.cai, row)
    double.undo(made.cai, row)  # pressed twice
    assert settling.place(made.plain, place.code, said.passages).is_open
    assert len(did("settling undone")) == 1


def test_one_of_those_who_coded_settles_only_together_with_the_others():
    made = kit.made()
    place = both_finished(made)["Looked past"]
    with pytest.raises(Refused, match="Settle it together"):
        double.settle(made.ada, made.plain, place.code, wanted(place, rules.NEITHER))
    said = wanted(place, rules.ONE, takes=made.ben, together=True)
    double.settle(made.ada, made.plain, place.code, said)
    assert did("difference settled")[0]["together"] is True


def test_what_cannot_be_settled_is_refused_with_a_sentence():
    made = kit.made()
    found = both_finished(made)
    passages.read_only(made.cai, made.plain)
    alike, differs = found["Not asked"], found["Looked past"]
    for code, said, why in [
        (alike.code, wanted(alike, rules.ALL), "nothing to settle"),
        (differs.code, wanted(alike, rules.ALL), "has changed"),
        (differs.code, Wanted((), rules.ALL, "Why"), "has changed"),
        (differs.code, wanted(differs, rules.NEW, start=5, end=9_999), "not in the text"),
        (differs.code, wanted(differs, rules.NEW, start=9, end=9), "not in the text"),
        (differs.code, wanted(differs, rules.ONE, takes=made.cai), "."),
    ]:
        with pytest.raises(Refused, match=why):
            double.settle(made.cai, made.plain, code, said)
    assert not Settlement.objects.exists()


def test_a_new_stretch_of_a_text_that_was_changed_settles_nothing():
    made = kit.made()
    place = both_finished(made)["Looked past"]
    said = wanted(place, rules.NEW, start=0, end=5, together=True)
    double.settle(made.ada, made.plain, place.code, said)
    made.plain.digest = "f" * 64
    made.plain.save()
    assert settling.place(made.plain, place.code, said.passages).is_open


def test_three_who_coded_are_side_by_side_and_differ_when_one_of_them_does():
    made = kit.made()
    for each in (made.ada, made.ben, made.cai):
        words = "asked me" if each == made.cai else "Nobody asked me"
        made.code(each, words, "Not asked")
        passages.finish(each, made.plain)
    (place,) = settling.compared(made.plain)
    assert len(place.sides) == 3
    assert place.is_open


# -- blindness, and the pages --------------------------------------------------------------------


class World:
    """A project of three with their browsers, and Eve, who is no part of it."""

    def __init__(self):
        people = {name: someone("researcher", name) for name in ("Ada", "Ben", "Cai", "Eve")}
        self.made = made_of(*(people[name].user for name in ("Ada", "Ben", "Cai")))
        self.browsers = {name: each.browser() for name, each in people.items()}

    def at(self, name, *more):
        return reverse(f"codebook:{name}", args=[self.made.ada.project_id, *more])

    def get(self, who, name, /, *more, status=200):
        answer = self.browsers[who].get(self.at(name, *more))
        assert answer.status_code == status, answer.content.decode()
        return " ".join(answer.content.decode().split())

    def post(self, who, name, /, *more, status=302, **sent):
        answer = self.browsers[who].post(self.at(name, *more), sent)
        assert answer.status_code == status, answer.content.decode()
        return " ".join(answer.content.decode().split())


def made_of(*users):
    """Return a project of people who can sign in, with the sources and codes of the kit."""
    from firsthand.codebook.actions import projects

    owner = projects.make(users[0], dict(kit.WANTED))
    others = [projects.add_coder(owner, each, rules.CODER) for each in users[1:]]
    plain = sources.add(owner, kind=rules.DOCUMENT, title="A letter (made up)", text=kit.PLAIN)
    talk = sources.add(owner, kind=rules.TRANSCRIPT, title="A talk (made up)", text=kit.TALK)
    book = {
        name: coding.add(owner, name)
        for name in ("Harm", "Not asked", "Looked past", "Feeling", "Like a thing")
    }
    return kit.Made(owner, *others, plain, talk, book)


@pytest.fixture
def world():
    return World()


def test_nothing_of_anothers_coding_is_on_a_page_or_in_a_download_before_both_have_finished(world):
    made = world.made
    made.code(made.ada, "Nobody asked me", "Not asked", memo="a thought of mine")
    row = made.code(made.ben, "told later", "Looked past")
    passages.finish(made.ben, made.plain)
    for who in ("Ada", "Cai"):
        for name in ("agreement", "agreement_csv", "agreement_json", "agreement_svg", "twice"):
            shown = world.get(who, name)
            assert "told later" not in shown
            assert "Alpha of each code, drawn" not in shown
        assert json.loads(world.get(who, "agreement_json"))["sources"] == []
        assert "told later" not in world.get(who, "compare", made.plain.id)
        for name in ("agreed_csv", "agreed_json"):
            assert "told later" not in world.get(who, name, made.plain.id, status=409)
        place = (made.plain.id, made.codes["Looked past"].id, row.id)
        assert "told later" not in world.get(who, "settle", *place, status=409)
    passages.finish(made.ada, made.plain)
    assert "told later" in world.get("Ada", "compare", made.plain.id)
    assert "told later" not in world.get("Cai", "compare", made.plain.id)
    world.get("Cai", "agreed_csv", made.plain.id, status=409)
    world.post("Cai", "compare", made.plain.id)  # chooses to read, and so not to code
    assert "told later" in world.get("Cai", "compare", made.plain.id)


def test_an_owner_draws_on_the_page_and_a_coder_may_not(world):
    made = world.made
    ids = [str(each.id) for each in (made.ada, made.ben)]
    assert "Nothing has been drawn yet" in world.get("Ben", "twice")
    world.post("Ben", "twice", percent=50, among=ids, status=409)
    told = world.post("Ada", "twice", percent=0, among=ids[:1], status=422)
    assert "Write a number from 1 to 100" in told
    assert "Choose two people or more" in told
    world.post("Ada", "twice", percent=50, among=ids)
    shown = world.get("Ben", "twice")
    assert "50% of 2 sources drawn by chance, seed" in shown
    assert "Ada: being coded; Ben: being coded" in shown
    world.post("Ada", "twice", percent=50, among=ids, status=409)
    assert "no source left to draw from" in world.get("Ada", "twice")


def test_the_agreement_page_says_figures_with_intervals_and_why_there_is_none(world):
    made = world.made
    assert "There is nothing to compare yet" in world.get("Ada", "agreement")
    both_finished(made)
    # Cai may yet code the letter: no figure tells her where the others found something.
    assert "There is nothing to compare yet" in world.get("Cai", "agreement")
    assert json.loads(world.get("Cai", "agreement_json"))["sources"] == []
    passages.read_only(made.cai, made.plain)
    assert json.loads(world.get("Cai", "agreement_json"))["sources"] == [1]
    shown = world.get("Ada", "agreement")
    for words in (
        "cannot be estimated", "Only one coder used this code", "One document alone cannot tell",
        "1.00 (interval cannot be estimated)", "<svg", "What the figures mean", "1 of 1",
    ):  # fmt: skip
        assert words in shown, words
    assert "kappa" not in shown
    table = world.get("Ada", "agreement_csv")
    assert "Not asked,Alpha,1.0,,,,1,1," in table
    assert "Cohen's kappa" in table
    told = json.loads(world.get("Ada", "agreement_json"))
    past = next(each for each in told["codes"] if each["code"] == "Looked past")
    assert past["measures"]["Alpha"]["value"] is None
    assert past["formula_alone"]["alpha"] < 0
    assert world.get("Ada", "agreement_svg").startswith("<svg")


def test_differences_are_settled_on_the_page_and_taken_back(world):
    made = world.made
    place = both_finished(made)["Like a thing"]
    shown = world.get("Ada", "compare", made.plain.id)
    assert "2 differences are still to be settled" in shown
    where = (made.plain.id, place.code.id, place.passages[0].id)
    assert "What Ben coded" in world.get("Ada", "settle", *where)
    assert "Say why, briefly" in world.post("Ada", "settle", *where, choice="all", status=422)
    told = world.post(
        "Ada", "settle", *where, choice="new", words="no such words", reason="Kept typed",
        together="on", status=422,
    )  # fmt: skip
    assert "not in the text near here" in told
    assert "Kept typed" in told
    told = world.post(
        "Ada", "settle", *where, choice="new", start=9, end=3, reason="Why", status=422
    )
    assert "begins and ends" in told
    world.post("Ada", "settle", *where, choice="all", reason="Alone", status=409)
    world.post(
        "Ada", "settle", *where, choice="new", words="a file", reason="=Talked", together="on"
    )
    shown = world.get("Ben", "compare", made.plain.id)
    assert "Settled by Ada" in shown
    assert "=Talked" in shown
    assert "<q>a file</q>" in shown
    assert "a file,settled,new,'=Talked,Ada" in world.get("Ben", "agreed_csv", made.plain.id)
    told = json.loads(world.get("Ben", "agreed_json", made.plain.id))
    assert [each["how"] for each in told] == ["alike", "settled"]
    row = Settlement.objects.get()
    world.post("Ben", "settle_undo", row.id)
    assert "Settled by Ada" not in world.get("Ben", "compare", made.plain.id)
    world.post("Ada", "settle", *where, choice=f"one:{made.ben.id}", reason="Why", together="on")
    assert "what Ben coded" in world.get("Ben", "compare", made.plain.id)


def test_to_a_stranger_nothing_of_it_is_there(world):
    made = world.made
    place = both_finished(made)["Looked past"]
    said = wanted(place, rules.ALL, together=True)
    row = double.settle(made.ada, made.plain, place.code, said)
    other = kit.made("Xia", "Yan", "Zoe")
    where = (made.plain.id, place.code.id, place.passages[0].id)
    for name, more in [
        ("twice", ()), ("agreement", ()), ("agreement_csv", ()), ("agreement_json", ()),
        ("agreement_svg", ()), ("compare", (made.plain.id,)), ("settle", where),
        ("agreed_csv", (made.plain.id,)), ("agreed_json", (made.plain.id,)),
    ]:  # fmt: skip
        world.get("Eve", name, *more, status=404)
    world.post("Eve", "settle_undo", row.id, status=404)
    world.get("Ada", "compare", other.plain.id, status=404)  # a source of another project
    world.get("Ada", "settle", made.plain.id, other.codes["Harm"].id, row.id, status=404)
    world.get("Ada", "settle", made.plain.id, place.code.id, row.id, status=404)
    world.post("Ada", "settle_undo", place.code.id, status=404)
