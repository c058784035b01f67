"""A project goes out as REFI-QDA and comes in again: nothing is lost, nobody sees too much."""

import io
import zipfile

import pytest

from firsthand.codebook import queries, rules
from firsthand.codebook.actions import codes, interchange, passages, sources
from firsthand.codebook.models import Code, Coder, Coding, Kept, Passage, Project, Trail
from firsthand.codebook.refi.reading import read_bytes
from firsthand.people.models import User
from tests.codebook.kit import made, user
from tests.codebook.refi.kit import judge, samples, schemas

pytestmark = pytest.mark.django_db


def out(coder: Coder, *, names: bool = False) -> bytes:
    held = io.BytesIO()
    interchange.take_out(coder, held, names=names)
    return held.getvalue()


def qde(content: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read("project.qde")


def back(content: bytes, who: User, me: str = "", name: str = "p.qdpx") -> Coder:
    return interchange.bring_in(who, read_bytes(content, name), name, me)


def coded():
    """A project that two finished, with everything in it that there can be."""
    it = made()
    codes.change(
        it.ada, it.codes["Harm"],
        {"when_to_use": "When it hurt.\n\nAn example:\nno", "memo": "Ada's own",
         "when_not": "Else."},
        examples=["They hurt me."],
    )  # fmt: skip
    it.code(it.ada, "Nobody asked me.", "Not asked", "Harm", memo="At once <so> & there")
    it.code(it.ada, "a file \N{WAVING WHITE FLAG}\N{VARIATION SELECTOR-16}", "Like a thing")
    it.code(it.ben, "Nobody asked me. They decided", "Not asked")
    it.code(it.ben, "cafe\N{COMBINING ACUTE ACCENT}", "Looked past")
    at = it.talk.text.index("They read")
    passages.code(it.cai, it.talk, at, at + 22, [it.codes["Harm"]], suggested=[it.codes["Harm"]])
    for coder in (it.ada, it.ben, it.cai):
        passages.finish(coder, it.plain)
    for coder in (it.ada, it.cai):
        passages.finish(coder, it.talk)
    return it


def words(coder: Coder) -> set[tuple[str, str, str]]:
    """Who marked what with which code, as a coder sees it."""
    return {
        (each.coder.user.name, each.quote, code.code.name)
        for each in queries.visible_passages(coder) for code in each.codings.all()
    }  # fmt: skip


def test_a_project_goes_out_valid_and_comes_back_with_nothing_lost(shared_dir):
    it = coded()
    content = out(it.ada, names=True)
    judge(schemas(shared_dir)["Project"], qde(content))
    again = back(content, user("Zoe"))
    assert again.project.title == it.ada.project.title
    assert again.project.question == it.ada.project.question
    assert words(again) == words(it.ada)
    assert len(words(again)) == 6
    memo = queries.visible_passages(again).get(memo__gt="")
    assert (memo.quote, memo.memo) == ("Nobody asked me.", "At once <so> & there")
    assert _codes(again.project) == _codes(it.ada.project)
    talk = again.project.sources.get(kind=rules.TRANSCRIPT)
    assert [each.speaker for each in talk.turns.all()] == ["Interviewer", "Rosa"] * 2
    assert Coding.objects.filter(passage__source=talk, by_suggestion=True).count() == 1
    at = Passage.objects.get(coder=it.ben, quote__startswith="caf").made_at
    assert Passage.objects.get(source__project=again.project, quote__startswith="caf").made_at == at


def _codes(project: Project) -> list[tuple]:
    return [
        (depth, code.guid, code.name, code.definition, code.when_to_use, code.when_not, code.memo,
         code.colour, code.pattern, [each.text for each in code.examples.all()])
        for depth, code in queries.tree(project)
    ]  # fmt: skip


@pytest.mark.parametrize("names", [True, False])
def test_out_in_and_out_again_gives_the_same_bytes(names):
    it = coded()
    first = out(it.ada, names=names)
    second = out(back(first, user("Zoe")), names=names)
    assert qde(second) == qde(first)
    assert second == first
    assert out(back(second, user("Yan")), names=names) == first


def test_coders_are_numbers_unless_their_names_are_asked_for():
    it = coded()
    assert b"Ada" not in qde(out(it.ada)).replace(b"Ada's own", b"")
    assert b'name="Coder 1"' in qde(out(it.ada))
    assert b'name="Ada"' in qde(out(it.ada, names=True))


def test_what_others_still_code_apart_does_not_go_out():
    it = made()
    it.code(it.ada, "Nobody asked me.", "Harm")
    it.code(it.ben, "I was told later.", "Harm")
    passages.finish(it.ben, it.plain)
    found = read_bytes(out(it.ada), "x.qdpx")
    marked = [one.name for each in found.project.sources for one in each.selections]
    assert marked == ["Nobody asked me."]
    assert len(found.project.users) == 1


def test_a_testimony_and_a_source_that_was_taken_away_do_not_go_out():
    import uuid

    it = made()
    sources.add(it.ada, kind=rules.TESTIMONY, title="Sealed", item=uuid.uuid4())
    sources.take_away(it.ada, it.talk)
    found = read_bytes(out(it.ada), "x.qdpx")
    assert [each.name for each in found.project.sources] == [it.plain.title]


def test_whoever_brings_it_in_may_be_one_of_its_coders():
    it = coded()
    zoe = user("Zoe")
    again = back(out(it.ada, names=True), zoe, me=str(it.ada.id))
    assert {who for who, _, _ in words(again)} == {"Zoe", "Ben", "Cai"}
    assert Coder.objects.filter(project=again.project, left_on=None).count() == 1


def test_the_coders_of_a_file_cannot_sign_in_and_take_part_no_longer():
    it = coded()
    again = back(out(it.ada, names=True), user("Zoe"))
    others = again.project.coders.exclude(id=again.id)
    assert {each.user.name for each in others} == {"Ada", "Ben", "Cai"}
    assert not any(each.user.is_active or each.left_on is None for each in others)


def test_both_ways_leave_a_line_in_the_trail():
    it = coded()
    again = back(out(it.ada), user("Zoe"))
    assert it.ada.project.trail.filter(did="project taken out", about={"names": False}).exists()
    line = Trail.objects.get(project=again.project, did="project brought in")
    assert line.about == {"file": "p.qdpx", "program": "Firsthand", "sources": 2}


@pytest.mark.parametrize(
    ("name", "counted"),
    [("qc-demo-cproctor.qdpx", (262, 2, 158)), ("skyloom-Project.qde", (14, 0, 0)),
     ("atlasti-blank-atlas-project.qdpx", (0, 0, 0)), ("taguette-1.5.2-export.qdc", (2, 0, 0))],
)  # fmt: skip
def test_every_sample_comes_in_and_goes_out_valid_with_what_it_came_with(shared_dir, name, counted):
    content = (samples(shared_dir) / name).read_bytes()
    coder = back(content, user("Zoe"), name=name)
    found = (coder.project.codes.count(), coder.project.sources.count(),
             queries.visible_passages(coder).count())  # fmt: skip
    assert found == counted
    first = out(coder, names=True)
    judge(schemas(shared_dir)["Project"], qde(first))
    theirs = read_bytes(content, name).project
    if theirs:
        ours = read_bytes(first, "x.qdpx").project
        for part in ("sets", "cases", "links", "graphs", "variables"):
            assert getattr(ours, part) == getattr(theirs, part)
        assert len(ours.sources) == len(theirs.sources)
        assert set(ours.users) == set(theirs.users)
    assert out(back(first, user("Yan")), names=True) == first


def test_a_codebook_comes_into_a_project_once(shared_dir):
    it = made()
    content = interchange.take_out_codebook(it.ada)
    judge(schemas(shared_dir)["Codebook"], content)
    found = read_bytes(content, "b.qdc")
    assert interchange.bring_codebook(it.ada, found, "b.qdc") == (0, 5)
    other = made("Dee", "Eve", "Fay").ada
    codes.delete(other, Code.objects.get(project=other.project, name="Like a thing"))
    assert interchange.bring_codebook(other, found, "b.qdc") == (1, 4)
    assert _codes(other.project)[-1][2] == "Like a thing"
    assert other.project.trail.filter(did="codebook brought in").exists()


def test_a_deleted_code_comes_back_under_another_guid():
    it = made()
    content = interchange.take_out_codebook(it.ada)
    codes.delete(it.ada, it.codes["Like a thing"])
    interchange.bring_codebook(it.ada, read_bytes(content, "b.qdc"), "b.qdc")
    row = Code.objects.get(project=it.ada.project, name="Like a thing", deleted_on=None)
    assert row.guid != it.codes["Like a thing"].guid


def test_a_file_that_does_not_fit_leaves_nothing_behind(monkeypatch):
    content = out(coded().ada)
    monkeypatch.setattr(rules, "MOST_CODES", 2)
    before = Project.objects.count(), Kept.objects.count()
    from firsthand.access.refused import Refused

    with pytest.raises(Refused, match="2 codes at most"):
        back(content, user("Zoe"))
    assert (Project.objects.count(), Kept.objects.count()) == before


def test_texts_keep_their_line_ends_marks_and_letters():
    it = made()
    text = "\ufeffOne.\r\n\u0642\u0627\u0644\u064e \u0644\u064a\rcafe\u0301 \U0001f622\n"
    row = sources.add(it.ada, kind=rules.DOCUMENT, title="Odd (made up)", text=text)
    passages.code(it.ada, row, 7, 13, [it.codes["Harm"]])
    again = back(out(it.ada), user("Zoe"))
    same = again.project.sources.get(title="Odd (made up)")
    assert same.text == text
    assert same.digest == row.digest
    assert queries.visible_passages(again, same).get().quote == text[7:13]
