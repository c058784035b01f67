"""The pages of a draft: who comes to which, what they show, and what becomes of what is typed."""

import re

import pytest
from django.urls import reverse

from firsthand.harms import queries, state
from firsthand.harms.actions import drafting, grounds
from firsthand.harms.models import Change, Editor, Ground, ModelVersion
from firsthand.people import rules as roles
from tests.harms import drafting_kit as kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


class Desk:
    """Two who edit a draft, with their browsers, and a third who does not."""

    def __init__(self) -> None:
        self.people = {name: someone(roles.RESEARCHER, name) for name in ("Ada", "Ben", "Eve")}
        self.ada = kit.draft(self.people["Ada"].user)
        self.ben = drafting.add_editor(self.ada, self.people["Ben"].user)
        self.browsers = {name: each.browser() for name, each in self.people.items()}

    def at(self, name: str, *more: object) -> str:
        return reverse(f"harms:{name}", args=[self.ada.version.pk, *more])

    def get(self, who: str, name: str, *more: object) -> str:
        answer = self.browsers[who].get(self.at(name, *more))
        assert answer.status_code == 200, answer.content.decode()
        return re.sub(r"\s+", " ", answer.content.decode())

    def post(self, by: str, name: str, /, *more: object, status: int = 302, **sent: object) -> str:
        answer = self.browsers[by].post(self.at(name, *more), sent)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode() or str(answer["Location"])


@pytest.fixture
def desk() -> Desk:
    return Desk()


def _typed(**more: str) -> dict[str, str]:
    words = {name: kit.WORDS[name] for name in ("name", "label", "description")}
    return {**words, "reason": "Group two named it", **more}


def test_a_researcher_begins_a_draft_and_edits_it_alone(desk):
    eve = desk.browsers["Eve"]
    answer = eve.post(reverse("harms:draft_begin"), {"slug": "2030", "title": "Next"})
    assert answer.status_code == 302
    editor = Editor.objects.get(user=desk.people["Eve"].user)
    assert answer["Location"] == reverse("harms:draft", args=[editor.version.pk])
    listed = eve.get(reverse("harms:drafts")).content.decode()
    assert "2030" in listed
    assert "2027" not in listed
    again = eve.post(reverse("harms:draft_begin"), {"slug": "2030", "title": "Again, typed"})
    assert again.status_code == 422
    assert "Again, typed" in again.content.decode()


def test_every_page_opens_to_an_editor_and_to_nobody_else(desk):
    kit.all_changes(desk.ada)
    grounds.put(desk.ada.version, "S1", "paper", "Brook 2020", 1, by=desk.ada.user)
    steward = someone(roles.STEWARD, "Cai").browser()
    pages = [("draft",), ("draft_about",), ("draft_editors",), ("draft_map",), ("draft_history",),
             ("draft_add",), ("draft_rank", "S1"), ("draft_sign_off",), ("draft_preview",),
             ("draft_publish",), ("draft_entry", "S1"), ("draft_ground", "S1"),
             *(("draft_change", "S1.1", way)
               for way in ("reword", "move", "merge", "split", "remove"))]  # fmt: skip
    for page in pages:
        assert desk.get("Ben", *page)
        assert desk.browsers["Eve"].get(desk.at(*page)).status_code == 404, page
        assert steward.get(desk.at(*page)).status_code == 404, page
    for page in (("draft_change", "S1", "move"), ("draft_change", "S1.1", "burn"),
                 ("draft_rank", "S99"), ("draft_entry", "S99"),
                 ("draft_ground", "S99")):  # fmt: skip
        assert desk.browsers["Ada"].get(desk.at(*page)).status_code == 404, page


def test_a_line_is_changed_in_every_way_by_the_forms(desk):
    seen = state.mark(state.read(desk.ada.version).lines["S1.1"])
    desk.post("Ada", "draft_add", where="S1", **_typed())
    desk.post("Ada", "draft_change", "S1.1", "reword", relation="close", seen=seen, **_typed())
    desk.post("Ada", "draft_change", "S2.1", "move", parent="S3", reason="It is about choice")
    desk.post("Ada", "draft_change", "S4.1", "merge", others=["S4.2"], **_typed())
    parts = {f"{name}_{at}": f"{kit.WORDS[name]} {at}"
             for at in (1, 2) for name in ("label", "name", "description")}  # fmt: skip
    desk.post("Ada", "draft_change", "S5.2", "split", reason="Two things", **parts)
    desk.post("Ada", "draft_change", "S7.3", "remove", reason="Nobody chose it")
    places = {f"place-S{at}": str(8 - at) for at in range(1, 8)}
    desk.post("Ada", "draft_rank", "source", ranked_by="survey", reason="Survey", **places)
    kinds = [each.kind for each in Change.objects.all()]
    assert kinds == ["added", "reworded", "moved", "merged", "split", "removed", "ranked"]
    assert kit.codes(desk.ada, kind="source") == [f"S{at}" for at in range(7, 0, -1)]
    shown = desk.get("Ben", "draft")
    assert "Still standing on nothing" in shown
    assert "7 changes so far" in shown
    history = desk.get("Ben", "draft_history")
    assert "Nobody chose it" in history
    last = Change.objects.get(kind="ranked")
    desk.post("Ben", "draft_undo", last.id)
    assert kit.codes(desk.ada, kind="source")[0] == "S1"
    assert "Undone" in desk.get("Ada", "draft_history")


def test_when_two_edit_a_line_at_once_the_second_sees_it_and_loses_nothing(desk):
    seen = state.mark(state.read(desk.ada.version).lines["S1.1"])
    first = {"relation": "exact", "seen": seen}
    desk.post("Ada", "draft_change", "S1.1", "reword", **first, **_typed())
    shown = desk.post("Ben", "draft_change", "S1.1", "reword", status=422, **first,
                      **_typed(label="Words of Ben"))  # fmt: skip
    assert "Someone else changed this" in shown
    assert "Words of Ben" in shown
    assert kit.WORDS["label"] in shown
    fresh = re.search(r'name="seen"[^>]*value="([^"]+)"', shown)[1]
    again = {"relation": "exact", "seen": fresh}
    desk.post("Ben", "draft_change", "S1.1", "reword", **again, **_typed(label="Words of Ben"))
    assert kit.entry(desk.ada, "S1.1").label == "Words of Ben"


WRONG = [
    (("draft_change", "S1.1", "reword"), {"label": "Kept words"}, "Say why"),
    (("draft_change", "S1.1", "merge"), _typed(label="Kept words"), "at least one other"),
    (("draft_change", "S1.1", "split"), {"label_1": "Kept words", "label_3": "x"}, "third"),
    (("draft_rank", "S2"), {"place-S2.1": "99", "reason": "Kept words"}, "There are 5"),
    (("draft_add",), _typed(label="Kept words", where="S99"), "Choose one"),
    (("draft_ground", "S1"), {"kind": "paper", "title": "Kept words", "at": "ftp://x"},
     "https"),
    (("draft_ground", "S1"), {"kind": "survey", "title": "Kept words", "low": "3"}, "lower"),
    (("draft_sign_off",), {"who": "Kept words", "signed_on": "2999-01-01"}, "still to come"),
]  # fmt: skip


def test_what_was_typed_is_given_back_with_what_is_wrong(desk):
    for page, sent, says in WRONG:
        shown = desk.post("Ada", *page, status=422, **sent)
        assert says in shown
        assert "Kept words" in shown
    assert not Change.objects.exists()
    assert not Ground.objects.exists()


def test_what_stands_beneath_is_put_placed_and_taken_away_by_hand(desk):
    desk.post("Ada", "draft_ground", "S5.2", kind="survey", title="Survey of 2027", count="120",
              low="2", high="5", at="/consultation/")  # fmt: skip
    shown = desk.get("Ben", "draft_entry", "S5.2")
    assert "120 survey answers" in shown
    assert "between 2 and 5" in shown
    drafting.split(desk.ada, "S5.2", [kit.words(), kit.words(label="Other")], "Two things")
    assert "Looking for its place" in desk.get("Ada", "draft")
    row = Ground.objects.get()
    desk.post("Ada", "draft_ground_do", row.id, to="s99")
    desk.post("Ada", "draft_ground_do", row.id, to="s5.19")
    assert Ground.objects.get().code == "S5.19"
    desk.post("Ada", "draft_ground_do", row.id)
    assert not Ground.objects.exists()


def test_editors_are_added_and_taken_out_and_a_draft_is_thrown_away_by_its_name(desk):
    desk.post("Ada", "draft_editors", who=str(desk.people["Eve"].user.id))
    assert desk.get("Eve", "draft")
    eve = Editor.objects.get(user=desk.people["Eve"].user)
    desk.post("Eve", "draft_editor_end", eve.id)
    assert desk.browsers["Eve"].get(desk.at("draft")).status_code == 404
    desk.post("Ada", "draft_drop", slug="no")
    assert queries.open_draft(desk.ada.version.pk)
    desk.post("Ada", "draft_drop", slug="2027")
    assert [one.slug for one in ModelVersion.objects.all()] == ["2022"]


def test_the_note_of_what_changed_is_begun_from_the_changes(desk):
    drafting.remove(desk.ada, "S7.3", "Nobody chose it")
    shown = desk.get("Ada", "draft_about")
    assert "Why: Nobody chose it" in shown
    desk.post("Ada", "draft_about", title="Next", made_by="many people",
              authors="Brook, Ada\nFen, Ben C", note="We took one line out.")  # fmt: skip
    row = queries.open_draft(desk.ada.version.pk)
    assert row.note == "We took one line out."
    assert row.authors == [{"family": "Brook", "given": "Ada"}, {"family": "Fen", "given": "Ben C"}]
    assert "Fen, Ben C" in desk.get("Ben", "draft_about")
    wrong = {"title": "Next", "made_by": "x", "authors": ", Ada", "note": "Kept words"}
    shown = desk.post("Ada", "draft_about", status=422, **wrong)
    assert "family name first" in shown
    assert "Kept words" in shown
