"""Coding apart: neither history, messages, files nor figures tell what another has coded."""

import io
import zipfile

import pytest

from firsthand.access.refused import Refused
from firsthand.codebook import agreeing, arrivals, rules, settling
from firsthand.codebook.actions import (
    double,
    editing,
    interchange,
    passages,
    projects,
    sources,
    vivo,
)
from firsthand.codebook.models import Trail
from firsthand.codebook.refi.reading import read_bytes
from tests.codebook import kit
from tests.codebook.refi.kit import A, B, C, D, U, qde, qdpx
from tests.codebook.test_double import World, both_finished, wanted
from tests.codebook.test_interchange import out

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world():
    return World()


def test_neither_history_nor_the_message_of_a_change_tells_how_much_another_coded(world):
    made = world.made
    made.code(made.ben, "I felt like a file", "Like a thing")
    made.code(made.ben, "told later", "Looked past")
    text = kit.PLAIN.replace("I felt like a file", "1 2 3 4 5")
    page = world.browsers["Ada"].post(
        world.at("edit", made.plain.id), {"text": text, "digest": made.plain.digest}, follow=True
    )
    said = page.content.decode()
    assert "You had coded nothing on it." in said
    assert "Lost: " not in said
    made.plain.refresh_from_db()
    (gone,) = arrivals.lost(made.ben, made.plain)
    assert arrivals.became(made.ben, made.plain.edits.get()) == arrivals.Became(1, 0, 1)
    editing.drop(made.ben, gone)
    editing.take_back(made.ben, gone)
    editing.place(made.ben, gone, "a meeting")
    shown = world.get("Ada", "history")
    assert "text changed" in shown.lower()
    assert "lost passage" not in shown.lower()
    assert Trail.objects.filter(did__startswith="lost passage").count() == 3
    about = Trail.objects.get(did="text changed").about
    assert about == {"source": made.plain.number, "why": ""}


def _pdf() -> bytes:
    """A project with a PDF: coded on a page, as a whole, and in its text, all by somebody."""
    coding = (
        '<Coding guid="{}1111111-1111-4111-8111-111111111111" creatingUser="' + U + '">'
        f'<CodeRef targetGUID="{C}"/></Coding>'
    )
    page = (
        f'<PDFSelection guid="{D}" page="1" firstX="1" firstY="1" secondX="9" secondY="9" '
        f'name="words of a page">{coding.format("1")}</PDFSelection>'
    )
    words = (
        '<PlainTextSelection guid="71111111-1111-4111-8111-111111111111" startPosition="0" '
        f'endPosition="6">{coding.format("2")}</PlainTextSelection>'
    )
    text = f'<Representation guid="{B}" name="T" plainTextPath="internal://a.txt">{words}'
    return qdpx(
        qde(
            f'<Users><User guid="{U}" name="Kim"/></Users>'
            f'<CodeBook><Codes><Code guid="{C}" name="Harm" isCodable="true"/></Codes></CodeBook>'
            f'<Sources><PDFSource guid="{A}" name="A report" path="internal://r.pdf">{page}'
            f"{text}{coding.format('4')}</Representation>{coding.format('3')}</PDFSource></Sources>"
        ),
        a_txt=b"Yarrow by the gate.",
        r_pdf=b"%PDF-1.4",
    )


def _given(coder) -> tuple[int, int, int, int]:
    """How much coded goes out: on pages, the PDF as a whole, its text as a whole, its words."""
    (pdf,) = read_bytes(out(coder), "x.qdpx").project.sources
    return (len(pdf.selections), len(pdf.codings), len(pdf.text.codings), len(pdf.text.selections))


def test_what_is_coded_on_a_pdf_goes_out_only_to_those_who_may_see_it():
    ada = interchange.bring_in(kit.user("Ada"), read_bytes(_pdf(), "p.qdpx"), "p.qdpx", "")
    ben = projects.add_coder(ada, kit.user("Ben"), rules.CODER)
    source = ada.project.sources.get()
    assert _given(ada) == (1, 1, 1, 1)
    assert _given(ben) == (0, 0, 0, 0)
    passages.code(ben, source, 0, 6, [ada.project.codes.get()])
    assert _given(ben) == (0, 0, 0, 1)  # his own
    passages.finish(ben, source)
    assert _given(ben) == (1, 1, 1, 2)


def test_of_a_source_that_was_taken_away_the_file_it_came_with_does_not_go_out_either():
    ada = interchange.bring_in(kit.user("Ada"), read_bytes(_pdf(), "p.qdpx"), "p.qdpx", "")
    source = ada.project.sources.get()

    def inside() -> set[str]:
        return {each for each in zipfile.ZipFile(io.BytesIO(out(ada))).namelist() if "." in each}

    before = inside()
    assert "sources/r.pdf" in before
    sources.take_away(ada, source)
    assert inside() == {"project.qde"}
    assert b"A report" not in zipfile.ZipFile(io.BytesIO(out(ada))).read("project.qde")
    sources.put_back(ada, source)
    assert inside() == before


def test_whoever_left_or_had_only_been_asked_holds_no_source_up():
    made = kit.made()
    place = both_finished(made)["Looked past"]
    passages.ask(made.ada, made.plain, made.cai)
    made.code(made.cai, "Nobody", "Harm", source=made.talk)
    for each in (made.ada, made.ben):
        passages.finish(each, made.talk)
        with pytest.raises(Refused, match="nobody is still coding"):
            settling.check_settler(each, made.talk)
    assert agreeing.agreed(made.ada).sources == ()
    projects.end_coder(made.ada, made.cai)
    assert list(made.cai.workings.all()) == [made.talk.workings.get(coder=made.cai)]
    assert [each.number for each in agreeing.agreed(made.ada).sources] == [1, 2]
    settling.check_settler(made.ada, made.talk)
    said = wanted(place, rules.ALL, together=True)
    assert double.settle(made.ada, made.plain, place.code, said).choice == rules.ALL
    projects.add_coder(made.ada, made.cai.user, rules.CODER)  # back again, still coding
    assert [each.number for each in agreeing.agreed(made.ada).sources] == [1]


def test_words_that_a_speaker_may_take_back_become_no_codes_name():
    made = kit.made()
    row = sources.add(
        made.ada, kind=rules.TRANSCRIPT, title="A meeting", text=kit.TALK,
        origin={"from": "notes of a meeting"},
    )  # fmt: skip
    with pytest.raises(Refused, match="take their words back"):
        vivo.code(made.ada, row, 0, 11, [])
    assert not row.passages.exists()
    assert not made.ada.project.codes.filter(name="Interviewer").exists()
