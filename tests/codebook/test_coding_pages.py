"""The pages of a coding project: who comes to which, what they show, and what is kept."""

import re

import pytest
from django.urls import reverse

from firsthand.codebook import queries, rules
from firsthand.codebook.actions import codes as book
from firsthand.codebook.actions import passages, projects
from firsthand.codebook.models import Code, Coder, Passage, Source, Working
from firsthand.people import rules as roles
from tests.codebook import kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


class World:
    """Two coders with their browsers, and a third who is no part of it."""

    def __init__(self) -> None:
        self.people = {name: someone(roles.RESEARCHER, name) for name in ("Ada", "Ben", "Eve")}
        self.ada = projects.make(self.people["Ada"].user, kit.WANTED)
        self.ben = projects.add_coder(self.ada, self.people["Ben"].user, rules.CODER)
        self.browsers = {name: each.browser() for name, each in self.people.items()}
        self.post("Ada", "source_add", title="A letter", kind="document", text=kit.PLAIN)
        self.letter = Source.objects.get()
        self.harm = book.add(self.ada, "Harm")
        self.asked = book.add(self.ada, "Not asked", parent=self.harm)

    def at(self, name: str, *more: object) -> str:
        return reverse(f"codebook:{name}", args=[self.ada.project_id, *more])

    def get(self, who: str, name: str, *more: object, **asked: object) -> str:
        answer = self.browsers[who].get(self.at(name, *more), asked)
        assert answer.status_code == 200, answer.content.decode()
        return re.sub(r"\s+", " ", answer.content.decode())

    def post(self, by: str, name: str, /, *more: object, status: int = 302, **sent: object) -> str:
        answer = self.browsers[by].post(self.at(name, *more), sent)
        assert answer.status_code == status, (answer.status_code, answer.content.decode())
        return answer.content.decode() or str(answer["Location"])

    def code(self, by: str, status: int = 302, **sent: object) -> str:
        return self.post(by, "source", self.letter.id, status=status, **sent)


@pytest.fixture
def world() -> World:
    return World()


# -- projects and who takes part --------------------------------------------------------------


def test_a_project_is_begun_on_a_page_with_nothing_lost_that_was_typed(world):
    eve = world.browsers["Eve"]
    assert "no coding project yet" in eve.get(reverse("codebook:projects")).content.decode()
    answer = eve.post(reverse("codebook:new"), {"title": "Mine", "question": "", "double": "101"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Write the question that you bring", "from 0 to 100", 'value="Mine"'):
        assert words in shown
    eve.post(reverse("codebook:new"), {"title": "Mine", "question": "What?", "double": "20"})
    assert Coder.objects.get(project__title="Mine").is_owner
    assert eve.get(world.at("project")).status_code == 404


def test_owners_change_the_project_and_who_takes_part_and_coders_do_not(world):
    assert "Begin a coding project" not in world.get("Ada", "change")
    world.post("Ada", "change", title="New", question="What else?", double="30")
    assert "What else?" in world.get("Ben", "project")
    assert kit.WANTED["question"] in world.get("Ben", "history")
    eve = world.people["Eve"].user
    world.post("Ben", "coders", status=409, who=str(eve.id), role=rules.CODER)
    assert "Choose who" in world.post("Ada", "coders", status=422)
    world.post("Ada", "coders", who=str(eve.id), role=rules.CODER)
    assert world.get("Eve", "project")
    world.post("Ada", "coder_end", Coder.objects.get(user=eve).id)
    world.post("Ada", "coder_end", Coder.objects.get(user=eve).id)  # pressed twice
    assert world.browsers["Eve"].get(world.at("project")).status_code == 404
    assert "needs an owner" in world.post("Ada", "coder_end", world.ada.id, status=409)
    world.post("Ada", "coders", who=str(eve.id), role=rules.OWNER)
    assert world.post("Ada", "coder_end", world.ada.id) == reverse("codebook:projects")


def test_the_overview_says_what_is_next(world):
    assert "code source 1: A letter" in world.get("Ben", "project")
    world.code("Ada", first=1, codes=[str(world.harm.id)])
    assert "Being coded" in world.get("Ben", "project")
    assert "all that was yours" in world.get("Ben", "project")
    eve = projects.make(world.people["Eve"].user, kit.WANTED)
    there = reverse("codebook:project", args=[eve.project_id])
    assert "add a text" in world.browsers["Eve"].get(there).content.decode()


# -- sources ----------------------------------------------------------------------------------


def test_a_pasted_text_is_kept_with_one_kind_of_line_end_and_once(world):
    for _ in range(2):
        world.post(
            "Ben", "source_add", title="B", kind="survey", text="One\r\nTwo \U0001f3f3\ufe0f"
        )
    assert Source.objects.get(title="B").text == "One\nTwo \U0001f3f3\ufe0f"
    assert "Paste the text" in world.post(
        "Ben", "source_add", status=422, title="C", kind="survey", text=" \n "
    )


def test_a_source_is_taken_away_and_put_back_with_what_was_coded_on_it(world):
    world.code("Ada", first=1, codes=[str(world.harm.id)])
    world.post("Ben", "source_away", world.letter.id, status=404)
    world.post("Ada", "source_away", world.letter.id)
    assert not queries.visible_passages(world.ada).exists()
    assert world.browsers["Ada"].get(world.at("source", world.letter.id)).status_code == 404
    world.post("Ada", "source_back", world.letter.id)
    assert queries.visible_passages(world.ada).count() == 1


def test_an_owner_asks_someone_to_code_a_source(world):
    world.post("Ada", "source_ask", world.letter.id, who=str(world.ben.id))
    world.post("Ada", "source_ask", world.letter.id, status=409, who="nobody")
    world.post("Ada", "undo_last", world.letter.id, status=409)
    assert Working.objects.get().coder == world.ben
    assert "code source 1" in world.get("Ben", "project")


# -- coding -----------------------------------------------------------------------------------


def test_sentences_are_units_with_numbers_and_whole_ones_are_coded_without_a_script(world):
    shown = world.get("Ada", "source", world.letter.id)
    assert 'id="s1" tabindex="-1" data-start="0"' in shown
    there = world.code("Ada", first=2, last=3, codes=[str(world.harm.id)], memo="Hm.")
    assert there.endswith("?at=2#s2")
    row = Passage.objects.get()
    assert row.quote.startswith("They decided")
    assert row.quote.endswith("\ufe0f.")
    assert row.memo == "Hm."
    after = world.get("Ada", "source", world.letter.id)
    assert "(passage 1: Harm)" in after
    assert "(end of passage 1)" in after
    assert "Memo: Hm." in after


def test_the_very_words_are_coded_whatever_white_space_is_between_them(world):
    world.code("Ada", quote="later. I felt", codes=[str(world.harm.id)])
    assert Passage.objects.get().quote == "later.\n\nI felt"
    for quote, said in (("nowhere at all", "not there"), ("I", "times")):
        assert said in world.code("Ada", 422, quote=quote, codes=[str(world.harm.id)])


def test_places_that_a_script_filled_in_are_code_points_without_white_space_around(world):
    start = kit.PLAIN.index("Then the")
    world.code("Ada", start=start - 1, end=start + 9, codes=[str(world.asked.id)])
    assert Passage.objects.get().quote == "Then the"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Say which words"),
        ({"first": 1}, "Choose at least one code"),
        ({"first": 3, "last": 1}, "comes before the first"),
        ({"first": 1, "last": 99}, "There are 4 sentences"),
        ({"start": 3, "end": 3}, "Say which words"),
        ({"first": 1, "codes": ["nothing"]}, "in the codebook no longer"),
        ({"first": 1, "seen": "other"}, "The text was changed"),
    ],
)
def test_what_cannot_be_coded_is_said_and_what_was_typed_stays(world, sent, said):
    shown = world.code("Ada", 422, **{"memo": "kept words" if "codes" in sent else "", **sent})
    assert said in shown
    assert not Passage.objects.exists()


def test_the_words_themselves_become_a_code_and_the_same_words_again_the_same_code(world):
    for sentence in (1, 1):
        world.code("Ada", first=sentence, vivo="1")
    code = Code.objects.get(name="Nobody asked me.")
    assert [each.code for each in Passage.objects.get().codings.all()] == [code]


def test_what_might_fit_is_shown_with_its_reason_and_nothing_is_ticked(world, monkeypatch):
    book.change(world.ada, world.asked, {}, examples=["Nobody asked me what I wanted."])
    shown = world.code("Ada", 200, first=1, suggest="1")
    assert "What might fit these words" in shown
    assert "Nobody asked me what I wanted." in shown
    assert " checked" not in shown
    assert not Passage.objects.exists()
    offered = re.search(r'name="offered" value="([^"]*)"', shown).group(1)
    world.code("Ada", first=1, codes=[str(world.asked.id)], offered=offered)
    assert Passage.objects.get().codings.get().by_suggestion


def test_a_code_comes_off_and_back_and_the_last_passage_is_undone(world):
    world.code("Ada", first=1, codes=[str(world.harm.id), str(world.asked.id)])
    row = Passage.objects.get()
    there = world.post("Ada", "uncode", row.id, code=str(world.harm.id))
    assert [each.code for each in row.codings.all()] == [world.asked]
    assert "Taken off: Harm" in world.browsers["Ada"].get(there).content.decode()
    world.post("Ada", "recode", row.id, code=str(world.harm.id))
    assert row.codings.count() == 2
    there = world.post("Ada", "undo_last", world.letter.id)
    assert not queries.visible_passages(world.ada).exists()
    assert "This passage is taken off" in world.browsers["Ada"].get(there).content.decode()
    world.post("Ada", "recode", row.id, code=[str(world.harm.id), str(world.asked.id)])
    assert queries.visible_passages(world.ada).get() == row
    assert row.codings.count() == 2
    world.post("Ada", "passage", row.id, memo="On second thought")
    assert "On second thought" in world.get("Ada", "source", world.letter.id)
    world.post("Ben", "uncode", row.id, status=404)
    assert world.browsers["Ben"].get(world.at("passage", row.id)).status_code == 404


def test_next_goes_to_the_first_sentence_without_a_code_and_says_when_there_is_none(world):
    world.code("Ada", first=1, codes=[str(world.harm.id)])
    browser, there = world.browsers["Ada"], world.at("next", world.letter.id)
    assert browser.get(there)["Location"].endswith("#s2")
    assert browser.get(there, {"after": "4"})["Location"].endswith("#s2")
    world.code("Ada", first=2, last=4, codes=[str(world.harm.id)])
    assert browser.get(there)["Location"] == world.at("source", world.letter.id)


def test_words_codes_and_speakers_are_found_with_where_they_are():
    world = World()
    world.code("Ada", first=4, codes=[str(world.harm.id)])
    shown = world.get("Ada", "find", world.letter.id, words="CAFE")
    assert "1 place found" in shown
    assert "?at=4#s4" in shown
    assert "1 place found" in world.get("Ada", "find", world.letter.id, code=str(world.harm.id))
    assert "0 places found" in world.get("Ben", "find", world.letter.id, code=str(world.harm.id))
    talk = kit.sources.add(
        world.ada, kind=rules.TRANSCRIPT, title="T", text=kit.TALK, turns=kit.talk_turns()
    )
    assert "2 places found" in world.get("Ada", "find", talk.id, speaker="Rosa")


# -- apart, then side by side -------------------------------------------------------------------


def test_no_page_shows_another_coding_until_both_have_finished(world):
    world.code("Ada", first=1, codes=[str(world.harm.id)], memo="secret memo of Ada")
    world.post("Ada", "memo", world.letter.id, memo="secret thoughts of Ada")
    world.post("Ada", "work", world.letter.id, do="finish")
    pages = [
        ("source", world.letter.id), ("memo", world.letter.id), ("history",), ("codes",),
        ("project",), ("sources",), ("changes",), ("code", world.harm.id),
        ("code_split", world.harm.id),
    ]  # fmt: skip
    for name, *more in pages:
        shown = world.get("Ben", name, *more)
        assert "secret" not in shown, name
        assert "1 passage" not in shown, name
        assert "passage coded" not in shown, name
    world.code("Ben", first=1, codes=[str(world.asked.id)])
    world.post("Ben", "work", world.letter.id, do="finish")
    shown = world.get("Ben", "source", world.letter.id)
    assert "secret memo of Ada" in shown
    assert "You see what Ada coded too" in shown
    assert "secret thoughts of Ada" in world.get("Ben", "memo", world.letter.id)


def test_whoever_is_finished_goes_on_only_while_nobody_else_is(world):
    world.code("Ada", first=1, codes=[str(world.harm.id)])
    world.post("Ada", "work", world.letter.id, do="finish")
    world.code("Ada", 409, first=2, codes=[str(world.harm.id)])
    world.post("Ada", "work", world.letter.id, do="reopen")
    world.code("Ada", first=2, codes=[str(world.harm.id)])
    world.post("Ada", "work", world.letter.id, do="finish")
    world.post("Ben", "work", world.letter.id, do="finish")
    for name in ("Ada", "Ben"):
        assert "finished this source too" in world.post(
            name, "work", world.letter.id, status=409, do="reopen"
        )
    world.post("Ada", "work", world.letter.id, status=409, do="anything else")


def test_whoever_chose_to_read_does_not_code_it_afterwards(world):
    world.code("Ada", first=1, codes=[str(world.harm.id)])
    world.post("Ada", "work", world.letter.id, status=409, do="read")
    world.post("Ada", "work", world.letter.id, do="finish")
    world.post("Ben", "work", world.letter.id, do="read")
    assert "(passage 1, Ada: Harm)" in world.get("Ben", "source", world.letter.id)
    assert "apart from theirs" in world.code("Ben", 409, first=1, codes=[str(world.harm.id)])
    world.post("Ben", "work", world.letter.id, status=409, do="reopen")


def test_a_long_text_comes_in_pages_and_sentences_keep_their_numbers(world):
    text = " ".join(f"Sentence number {each} is here." for each in range(1, 1001))
    long = kit.sources.add(world.ada, kind=rules.DOCUMENT, title="Long", text=text)
    first = world.get("Ada", "source", long.id)
    assert "Page 1 of 3" in first
    assert 'id="s1000"' not in first
    assert 'id="s1000"' in world.get("Ada", "source", long.id, at=1000)
    assert 'id="s1000"' in world.get("Ada", "source", long.id, page="99")
    passages.code(world.ada, long, 0, len(text), [world.harm])
    for page in (1, 2, 3):
        assert "passage 1: Harm" in world.get("Ada", "source", long.id, page=page)
