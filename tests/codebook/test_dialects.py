"""What other programs write comes in as far as it can, the rest is told, and all goes out valid."""

import io
import zipfile

import pytest

from firsthand.codebook import queries
from firsthand.codebook.actions import interchange, projects
from firsthand.codebook.interchange.planning import plan
from firsthand.codebook.models import Coder
from firsthand.codebook.refi.reading import read_bytes
from firsthand.codebook.refi.telling import KEPT, LEFT_OUT, Unreadable
from tests.codebook.kit import user
from tests.codebook.refi import dialects
from tests.codebook.refi.kit import judge, qde, schemas

ALL = {
    "nvivo": dialects.nvivo, "maxqda": dialects.maxqda, "atlas": dialects.atlas,
    "utf-16": dialects.in_utf_16, "film": dialects.with_film,
}  # fmt: skip
# By dialect: who marked which words, the names of the codes on them, and the memo.
MARKED = {
    "nvivo": {("NV", "Nobody asked me.", ("Harm",), ""),
              ("NV", "laughed", (), "She looks away \U0001f622")},
    "maxqda": {("ada", "asked", ("Harm",), ""), ("ada", "Dear", ("Harm",), ""),
               ("ada", dialects.CLOSED, (), "Only a comment")},
    "atlas": {("ada", "They laughed", ("Harm",), "Look again"),
              ("ben", "They laughed", ("Harm (2)",), "")},
    "utf-16": {("Zoe", "closed. \u0642\u0627\u0644\u064e", ("Harm",), "")},
    "film": {("ada", "They laughed", ("Harm",), "")},
}  # fmt: skip
KEEPS = {
    "nvivo": ["Variables of", "Cases.", "Notes and memos", "Links", "Cases, and codes", "Marked"],
    "maxqda": [
        "Variables of",
        "Sources whose words",
        "Codes and variables",
        "What is marked on",
        "Names, notes",
    ],
    "atlas": ["Notes and memos", "Links", "Sets", "Graphs", "Names, notes"],
    "utf-16": [],
    "film": ["Sources whose words", "What is marked on"],
}
LEAVES = {"film": ["When in the sound or film each part of a transcript is said."]}


@pytest.mark.parametrize("name", ALL)
def test_what_is_kept_and_what_is_left_out_is_told(name):
    told = plan(read_bytes(ALL[name](), "x.qdpx"), "x.qdpx").told
    kept = [each.said for each in told if each.kind == KEPT]
    assert len(kept) == len(KEEPS[name]), kept
    assert all(map(str.startswith, kept, KEEPS[name])), kept
    assert [each.said for each in told if each.kind == LEFT_OUT] == LEAVES.get(name, [])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ALL)
def test_every_dialect_comes_in_whole_and_goes_out_valid_and_again_the_same(shared_dir, name):
    found = read_bytes(ALL[name](), "x.qdpx")
    coder = interchange.bring_in(user("Zoe"), found, "x.qdpx")
    assert marked(coder) == MARKED[name]
    first = out(coder)
    judge(schemas(shared_dir)["Project"], inside(first))
    ours, theirs = read_bytes(first, "y.qdpx"), found
    assert not [each for each in ours.told if each.kind == LEFT_OUT]
    for part in ("sets", "cases", "links", "graphs", "variables"):
        assert getattr(ours.project, part) == getattr(theirs.project, part)
    named = bool(theirs.project.users)
    assert codings(ours.project, named) == codings(theirs.project, named)
    again = interchange.bring_in(user("Yan"), ours, "y.qdpx")
    assert marked(again) == MARKED[name]
    assert out(again) == first


def marked(coder: Coder) -> set[tuple]:
    return {
        (each.coder.user.name, each.quote,
         tuple(one.code.name for one in each.codings.all()), each.memo)
        for each in queries.visible_passages(coder)
    }  # fmt: skip


def codings(project, named: bool = True) -> list[tuple]:
    """Every code on words, on a page, in a picture or in a film, and whose it is."""
    found = []
    for each in project.sources:
        texts = [getattr(each, "text", None) or each, each, *getattr(each, "transcripts", ())]
        some = [one for text in dict.fromkeys(texts) for one in getattr(text, "selections", ())]
        every = [code for one in some for code in one.codings]
        found += [(code.code, code.user if named else "") for code in every]
    return sorted(found)


def out(coder: Coder) -> bytes:
    held = io.BytesIO()
    interchange.take_out(coder, held, names=True)
    return held.getvalue()


def inside(content: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read("project.qde")


@pytest.mark.django_db
def test_cases_on_words_are_given_to_nobody_who_may_not_see_what_was_coded():
    coder = interchange.bring_in(user("Zoe"), read_bytes(dialects.nvivo(), "x.qdpx"), "x.qdpx")
    late = projects.add_coder(coder, user("Late"), "coder")
    found = read_bytes(out(late), "x.qdpx").project
    assert codings(found) == []
    assert len(codings(read_bytes(out(coder), "x.qdpx").project)) == 3


@pytest.mark.parametrize("space", ["urn:QDA-XML:project:0:4", "urn:QDA-XML:project:0.9"])
def test_a_draft_before_the_standard_is_let_through_and_told(space):
    found = read_bytes(qde("", space=space), "x.qde")
    assert space in found.told[0].said


@pytest.mark.parametrize("space", ["urn:QDA-XML:project:0", "urn:QDA-XML:project:10:0"])
def test_what_only_looks_like_a_draft_is_refused(space):
    with pytest.raises(Unreadable, match="its namespace is"):
        read_bytes(qde("", space=space), "x.qde")


@pytest.mark.django_db
@pytest.mark.parametrize("made", ["0001-01-01T00:00:00+01:00", "2024-02-30T00:00:00Z", ""])
def test_a_moment_that_is_none_costs_nothing(made):
    text = inside(dialects.atlas()).decode().replace("2024-03-05T10:20:30.1234567Z", made)
    files = {f"sources/{dialects.TEXT}.txt": dialects.SAID.encode()}
    found = read_bytes(dialects.box(text, files), "x.qdpx")
    assert len(marked(interchange.bring_in(user("Zoe"), found, "x.qdpx"))) == 2


def test_a_codebook_of_a_draft_with_groups_is_read():
    """As programs still write it: the draft's namespace, groups of codes, colours without a #."""
    content = f"""<?xml version="1.0" encoding="utf-8" standalone="no" ?>
<CodeBook origin="Elsewhere 23" xmlns="urn:QDA-XML:codebook:0:4"><Codes>
<Code guid="{dialects.HARM.upper()}" name="Harm" color="46AA00" isCodable="true"><Description />
</Code></Codes><Sets><Set name="Group" guid="{dialects.GROUP}"><Description/>
<MemberCode guid="{dialects.HARM}"/></Set></Sets></CodeBook>"""
    found = read_bytes(content.encode(), "x.qdc")
    assert [(each.name, each.colour, each.guid) for each in found.codes] == [
        ("Harm", "#46aa00", dialects.HARM)
    ]
    assert found.codebook.sets[0].codes == (dialects.HARM,)
