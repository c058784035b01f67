"""Files that are brought: each read once, each problem said, none costs another; who may see it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from firsthand.access.refused import Refused
from firsthand.codebook import arrivals, queries, rules
from firsthand.codebook.actions import arriving, projects, sources
from firsthand.codebook.documents import packed, sniffing
from firsthand.codebook.models import Arrival, Source, Trail
from firsthand.people import rules as roles
from tests.codebook import kit
from tests.codebook.documents import making
from tests.evidence import papers
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
TALK = "Interviewer: What?\nRosa: So.\nInterviewer: And?\nRosa: Then 🌻."


def take(coder, *files, **more):
    """Bring files as they come, each read as the worker would."""
    found = arriving.take(coder, files, **more)
    for each in found.new:
        arriving.read_file.func(str(each.id))
    return found


def stages(project):
    return {each.name: each.stage for each in arrivals.arrivals(project)}


@pytest.fixture
def ada():
    return kit.coders("Ada")[0]


def test_a_file_becomes_a_source_with_its_turns_and_says_what_was_left_out(ada):
    take(ada, ("talk.txt", TALK.encode()), kind=rules.TRANSCRIPT, study="Pilot")
    row = Source.objects.get()
    assert (row.title, row.kind, row.study, row.text) == ("talk", "transcript", "Pilot", TALK)
    assert [each.speaker for each in row.turns.all()] == ["Interviewer", "Rosa"] * 2
    last = row.turns.last()
    assert row.text[last.start : last.end] == "Rosa: Then 🌻."
    assert (row.origin["file"], row.origin["format"]) == ("talk.txt", "txt")
    arrival = Arrival.objects.get()
    assert (arrival.stage, arrival.content, arrival.source) == (rules.READ, None, row)
    said = list(Trail.objects.values_list("did", flat=True))
    assert said[-2:] == ["file brought", "source added"]


def test_every_kind_of_file_comes_in_and_one_bad_one_costs_none_of_the_others(ada):
    whole = making.word("Words.", headings=("Head",))
    take(
        ada, ("a.docx", whole), ("b.pdf", papers.pdf("Page one")), ("c.docx", whole[:99]),
        ("d.html", b"<html><p>Words"), ("e.txt", b""), ("f.md", b"# One"),
    )  # fmt: skip
    assert {each for each, stage in stages(ada.project).items() if stage == rules.FAILED} == {
        "c.docx", "e.txt",
    }  # fmt: skip
    assert {each.why_failed for each in Arrival.objects.filter(stage=rules.FAILED)} == {
        packed.DAMAGED, sniffing.EMPTY,
    }  # fmt: skip
    assert sorted(each.origin["format"] for each in queries.sources(ada.project)) == [
        "docx", "html", "md", "pdf",
    ]  # fmt: skip


def test_the_same_file_twice_is_said_and_imported_once(ada):
    take(ada, ("a.txt", b"Words."))
    found = take(ada, ("copy of a.txt", b"Words."), ("b.txt", b"More."), ("b.txt", b"More."))
    assert [(name, row.name) for name, row in found.again] == [
        ("copy of a.txt", "a.txt"), ("b.txt", "b.txt"),
    ]  # fmt: skip
    assert Source.objects.count() == 2


def test_a_file_whose_source_was_taken_away_can_be_brought_again(ada):
    take(ada, ("a.txt", b"Words."))
    sources.take_away(ada, Source.objects.get())
    assert len(take(ada, ("a.txt", b"Words.")).new) == 1
    assert [each.number for each in queries.sources(ada.project)] == [2]


def test_a_file_that_could_not_be_read_can_be_tried_again_or_left_out(ada, monkeypatch):
    def breaks(*_):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(arriving, "read", breaks)
        take(ada, ("a.txt", b"Words."))
    row = Arrival.objects.get()
    assert "Try again" in row.why_failed
    arriving.again(ada, row)
    with pytest.raises(Refused, match="being read"):
        arriving.again(ada, row)
    arriving.leave_out(ada, row)
    assert Arrival.objects.exists()
    arriving.read_file.func(str(row.id))
    assert stages(ada.project) == {"a.txt": rules.READ}
    arriving.read_file.func(str(row.id))
    assert Source.objects.count() == 1
    take(ada, ("b.txt", b""))
    arriving.leave_out(ada, Arrival.objects.get(name="b.txt"))
    assert stages(ada.project) == {"a.txt": rules.READ}
    assert Trail.objects.filter(did="file left out").count() == 1


def test_a_file_that_could_not_be_read_is_read_again_when_it_is_brought_again(ada):
    take(ada, ("b.txt", b""))
    found = take(ada, ("c.txt", b""))
    assert [each.name for each in found.new] == ["c.txt"]
    assert stages(ada.project) == {"c.txt": rules.FAILED}


def test_what_a_source_cannot_hold_is_said_on_the_file(ada, monkeypatch):
    monkeypatch.setattr(rules, "MOST_TEXT", 3)
    take(ada, ("a.txt", b"Words."))
    assert "add it in parts" in Arrival.objects.get().why_failed


def test_a_file_read_by_two_at_once_is_one_source(ada, monkeypatch):
    read = arriving.read

    def twice(*said):
        monkeypatch.setattr(arriving, "read", read)
        arriving.read_file.func(str(Arrival.objects.get().id))
        return read(*said)

    monkeypatch.setattr(arriving, "read", twice)
    take(ada, ("a.txt", b"Words."))
    assert Source.objects.count() == 1


def test_reading_goes_on_when_whoever_read_was_killed(ada):
    arriving.take(ada, [("a.txt", b"Words.")])
    DBTaskResult.objects.all().delete()
    arriving.pick_up()
    assert not DBTaskResult.objects.exists()
    late = timezone.now() - timedelta(hours=1)
    Arrival.objects.update(moved_at=late)
    arriving.pick_up()
    assert DBTaskResult.objects.count() == 1
    assert Arrival.objects.get().moved_at > late


# -- the page -------------------------------------------------------------------------------------


class World:
    """An owner and a coder with their browsers, and one who is no part of it."""

    def __init__(self) -> None:
        self.people = {name: someone(roles.RESEARCHER, name) for name in ("Ada", "Ben", "Eve")}
        self.ada = projects.make(self.people["Ada"].user, kit.WANTED)
        self.ben = projects.add_coder(self.ada, self.people["Ben"].user, rules.CODER)
        self.browsers = {name: each.browser() for name, each in self.people.items()}

    def at(self, name, *more):
        return reverse(f"codebook:{name}", args=[self.ada.project_id, *more])

    def get(self, who, name, *more, status=200, query=""):
        answer = self.browsers[who].get(self.at(name, *more) + query)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    def post(self, who, name, *more, status=302, **sent):
        answer = self.browsers[who].post(self.at(name, *more), sent, follow=status == 200)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()


@pytest.fixture
def world():
    return World()


def upload(name, content):
    return SimpleUploadedFile(name, content)


def test_several_files_are_brought_on_the_page_and_each_is_told_of(world, settings):
    assert "No file has been brought in yet" in world.get("Ben", "bring")
    settings.FIRSTHAND_LARGEST_DOCUMENT = 5000
    files = [upload("a.txt", TALK.encode()), upload("b.txt", b""), upload("c.txt", b"x" * 6000)]
    page = world.post("Ben", "bring", files=files, kind="transcript", study="", status=200)
    assert "2 files are being read" in page
    assert "c.txt: larger than" in page
    assert "Being read" in page
    assert "look-again.js" in page
    for each in Arrival.objects.all():
        arriving.read_file.func(str(each.id))
    page = world.get("Ben", "bring")
    assert sniffing.EMPTY in page
    assert "Source 1: a" in page
    assert "look-again.js" not in page
    page = world.post("Ben", "bring", files=[upload("a2.txt", TALK.encode())], kind="document",
                      status=200)  # fmt: skip
    assert "a2.txt is here already, as a.txt" in page
    failed = Arrival.objects.get(name="b.txt")
    world.post("Ben", "bring_again", arrival=failed.id)
    assert Arrival.objects.get(id=failed.id).stage == rules.WAITING
    arriving.read_file.func(str(failed.id))
    assert "b.txt is left out" in world.post(
        "Ben", "bring_again", arrival=failed.id, forget="1", status=200
    )


def test_without_a_file_the_page_says_so_and_keeps_what_was_typed(world):
    page = world.post("Ada", "bring", kind="survey", study="A study of ours", status=422)
    assert "Choose at least one file" in page
    assert 'value="A study of ours"' in page
    page = world.post("Ada", "bring", files=[upload("big.txt", b"x")], kind="nothing", status=422)
    assert "Choose one" in page


def test_a_text_is_shown_with_who_speaks_its_pages_and_headings_and_a_part_at_a_time(world):
    take(world.ada, ("a.txt", TALK.encode()), ("b.md", b"# Head\n\n<b>Words</b>"))
    take(world.ada, ("c.pdf", papers.pdf("One", "Two")))
    rows = {each.origin["file"]: each for each in Source.objects.all()}
    page = world.get("Ben", "text", rows["a.txt"].id)
    assert page.count("Rosa speaks") == 2
    assert "Change the text" not in page
    page = world.get("Ada", "text", rows["b.md"].id)
    assert "<h2># Head</h2>" in page
    assert "&lt;b&gt;Words&lt;/b&gt;" in page
    assert "Change the text" in page
    assert "Page 2" in world.get("Ada", "text", rows["c.pdf"].id)
    take(world.ada, ("long.txt", ("A line of a long text.\n" * 4000).encode()))
    long = Source.objects.get(title="long").id
    page = world.get("Ada", "text", long)
    assert "Go on reading" in page
    page = world.get("Ada", "text", long, query="?from=80003")
    assert "Earlier" in page
    assert "Go on reading" not in page
    assert "Go on reading" in world.get("Ada", "text", long, query="?from=nowhere")


def test_a_stranger_hears_that_nothing_is_there(world):
    take(world.ada, ("a.txt", b"Words."))
    row, arrival = Source.objects.get(), Arrival.objects.get()
    for name, more in (
        ("bring", ()),
        ("text", (row.id,)),
        ("edit", (row.id,)),
        ("lost", (row.id,)),
    ):
        assert "Words." not in world.get("Eve", name, *more, status=404)
    world.post("Eve", "bring_again", arrival=arrival.id, status=404)
    world.post("Ben", "edit_undo", row.id, status=404)
    world.get("Ben", "edit", row.id, status=404)
    other = projects.make(world.people["Ada"].user, kit.WANTED)
    assert arrivals.arrival(other.project, arrival.id) is None
