"""What was coded is taken away as files: what the coder may see, nothing that is sealed."""

import csv
import io
import json
import re
from dataclasses import dataclass

import docx
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from firsthand.access.refused import Refused
from firsthand.codebook import rules
from firsthand.codebook.actions import codes, passages, projects, sources
from firsthand.codebook.exports import annotations, marked, word
from firsthand.codebook.exports.pieces import lines
from firsthand.codebook.exports.seen import numbers, seen
from tests.codebook import kit
from tests.codebook.test_bringing import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
AT = "https://firsthand.example/coding/text/"
OA = "http://www.w3.org/ns/oa#"
# The terms that our files use, as http://www.w3.org/ns/anno.jsonld maps them: nothing is fetched.
TERMS = {
    "@context": {
        "oa": OA, "as": "http://www.w3.org/ns/activitystreams#",
        "skos": "http://www.w3.org/2004/02/skos/core#", "xsd": "http://www.w3.org/2001/XMLSchema#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "id": {"@type": "@id", "@id": "@id"}, "type": {"@type": "@id", "@id": "@type"},
        "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody",
        "SpecificResource": "oa:SpecificResource",
        "TextPositionSelector": "oa:TextPositionSelector",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "AnnotationCollection": "as:OrderedCollection",
        "AnnotationPage": "as:OrderedCollectionPage",
        "Person": "http://xmlns.com/foaf/0.1/Person",
        "nickname": "http://xmlns.com/foaf/0.1/nick", "creator": "http://purl.org/dc/terms/creator",
        "created": {"@id": "http://purl.org/dc/terms/created", "@type": "xsd:dateTime"},
        "format": "http://purl.org/dc/elements/1.1/format", "label": "rdfs:label",
        "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
        "body": {"@type": "@id", "@id": "oa:hasBody"},
        "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"},
        "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
        "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
        "classifying": "oa:classifying", "commenting": "oa:commenting",
        "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
        "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
        "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
        "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
        "first": {"@type": "@id", "@id": "as:first"},
        "partOf": {"@type": "@id", "@id": "as:partOf"},
        "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
        "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    }
}  # fmt: skip


@pytest.fixture
def made():
    return kit.made()


def coded(made):
    """Two of Ada's passages that overlap, with two codes, a memo; and one of Ben's she sees not."""
    one = made.code(made.ada, "I felt like a file \N{WAVING WHITE FLAG}", "Like a thing", "Harm",
                    memo="=memo")  # fmt: skip
    two = made.code(made.ada, "a file \N{WAVING WHITE FLAG}\N{VARIATION SELECTOR-16}. Then",
                    "Not asked")  # fmt: skip
    made.code(made.ben, "told later", "Looked past")
    return one, two


def test_annotations_have_both_selectors_and_the_code_as_body(made):
    one, two = coded(made)
    told = json.loads(annotations.write(seen(made.ada, made.plain), AT))
    assert told["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (told["type"], told["total"]) == ("AnnotationCollection", 2)
    first, second = told["first"]["items"]
    assert [first["id"], second["id"]] == [f"urn:uuid:{one.guid}", f"urn:uuid:{two.guid}"]
    where, quote = first["target"]["selector"]
    assert kit.PLAIN[where["start"] : where["end"]] == quote["exact"] == one.quote
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in kit.PLAIN
    names = [body["source"]["label"] for body in first["body"] if "source" in body]
    assert names == ["Harm", "Like a thing"]
    assert first["body"][-1]["value"] == "=memo"
    assert first["creator"]["nickname"] == called(made.ada)
    assert "Ada" not in json.dumps(told)
    assert "Looked past" not in json.dumps(told)


def test_annotations_are_the_rdf_that_the_standard_says(made):
    one, _ = coded(made)
    told = {**json.loads(annotations.write(seen(made.ada, made.plain), AT)), **TERMS}
    graph = rdflib.Graph().parse(data=json.dumps(told), format="json-ld")
    rows = graph.query(
        f"""PREFIX oa: <{OA}>
        SELECT ?note ?start ?end ?exact ?code WHERE {{
          ?note a oa:Annotation; oa:hasTarget [ oa:hasSource <{AT}>; oa:hasSelector
              [ a oa:TextPositionSelector; oa:start ?start; oa:end ?end ],
              [ a oa:TextQuoteSelector; oa:exact ?exact ] ];
            oa:hasBody [ oa:hasPurpose oa:classifying; oa:hasSource ?code ] }}"""
    )
    found = {(str(row.note), int(row.start), int(row.end), str(row.exact)) for row in rows}
    assert (f"urn:uuid:{one.guid}", one.start, one.end, one.quote) in found
    assert len(list(rows)) == 3
    harm = rdflib.URIRef(f"urn:uuid:{made.codes['Harm'].guid}")
    skos = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
    assert (harm, rdflib.RDF.type, skos.Concept) in graph


def test_a_text_without_passages_is_an_empty_collection(made):
    told = json.loads(annotations.write(seen(made.ada, made.plain), AT))
    assert (told["total"], "first" in told) == (0, False)
    assert b"Passages</h2>" not in marked.write_html(seen(made.ada, made.plain))
    assert docx.Document(io.BytesIO(word.write(seen(made.ada, made.plain)))).paragraphs


def called(coder):
    return f"Coder {numbers(coder)[coder.id]}"


@dataclass(frozen=True)
class At:
    start: int
    end: int


@given(
    st.text("ab\n🌻", max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(1, 9)), max_size=6),
)
@settings(max_examples=100)
def test_the_pieces_of_a_text_are_the_text_and_lie_where_their_passages_are(text, places):
    passages = [At(a, min(a + n, len(text))) for a, n in places if a < len(text)]
    found = lines(text, passages)
    assert "\n".join("".join(piece.text for piece in line) for line in found) == text
    for each in set(passages):
        said = "".join(p.text for line in found for p in line if each in p.on)
        assert said == text[each.start : each.end].replace("\n", "")
        ends = [p for line in found for p in line if each in p.ending]
        assert len(ends) == (text[each.end - 1] != "\n")


def test_a_marked_page_names_every_code_behind_its_words_and_escapes_all(made):
    evil = '<script>alert("x")</script> & so'
    row = sources.add(made.ada, kind=rules.DOCUMENT, title=evil, text=f"{evil} on\x01. End")
    code = codes.add(made.ada, "</style><b>Odd</b>")
    one = passages.code(made.ada, row, 3, 20, [code, made.codes["Harm"]], evil)
    page = marked.write_html(seen(made.ada, row)).decode()
    assert "<script" not in page
    assert "<b>Odd" not in page
    assert "[1 Harm, &lt;/style&gt;&lt;b&gt;Odd" in page
    assert f"text-decoration: underline solid 1.5px {made.codes['Harm'].colour}" in page
    body = re.search(r'<div class="text">(.*?)</div>', page, re.DOTALL)[1]
    plain = re.sub(r'<span class="label">.*?</span>', "", body)
    assert re.sub(r"<[^>]+>", "", plain).strip() == (
        "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; so on\ufffd. End"
    )
    assert one.memo == evil


def test_a_word_document_has_the_codes_as_comments_and_the_text_unchanged(made):
    coded(made)
    found = docx.Document(io.BytesIO(word.write(seen(made.ada, made.plain))))
    text = "\n".join(
        "".join(run.text for run in each.runs if not run.font.superscript)
        for each in found.paragraphs[1:]
    )
    assert text == kit.PLAIN
    assert [each.text for each in found.comments] == [
        "1. Harm, Like a thing\n=memo",
        "2. Not asked",
    ]
    assert {each.author for each in found.comments} == {called(made.ada)}
    lined = [run for each in found.paragraphs for run in each.runs if run.font.underline]
    assert "".join(run.text for run in lined) == (
        "I felt like a file \N{WAVING WHITE FLAG}\N{VARIATION SELECTOR-16}. Then"
    )


def test_what_no_xml_holds_does_not_break_a_word_document(made):
    row = sources.add(made.ada, kind=rules.DOCUMENT, title="a\x02b", text="x\x0by\ufffe z")
    passages.code(made.ada, row, 0, 4, [made.codes["Harm"]], "m\x01")
    found = docx.Document(io.BytesIO(word.write(seen(made.ada, row))))
    assert "x\ufffdy\ufffd" in "".join(each.text for each in found.paragraphs)


def test_a_pdf_has_the_words_and_the_codes_and_is_tagged(made):
    made.code(made.ada, "Nobody looked at me", "Like a thing", source=made.talk)
    made.code(made.ben, "read out my notes", "Looked past", source=made.talk)
    content = marked.write_pdf(seen(made.ada, made.talk))
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "They read out my notes" in said
    assert "[1 Like a thing]" in said
    assert "Looked past" not in said
    assert PdfReader(io.BytesIO(content)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    with pytest.raises(ValueError, match="fetches nothing"):
        marked._fetch_nothing("https://elsewhere.example/")


def test_a_text_too_long_for_a_pdf_says_what_to_take_instead(made, monkeypatch):
    monkeypatch.setattr(marked, "LONGEST_PDF", 10)
    with pytest.raises(Refused, match="Take the web page"):
        marked.write_pdf(seen(made.ada, made.plain))


def test_what_a_person_told_us_is_in_no_file(made):
    row = sources.add(made.ada, kind=rules.TESTIMONY, title="sealed title", item=made.ada.id)
    passages.code(made.ada, row, 0, 4, [made.codes["Harm"]], opened="They hurt me.")
    with pytest.raises(Refused):
        seen(made.ada, row)


# -- on the page ----------------------------------------------------------------------------------

FILES = ("annotations", "marked_html", "marked_docx", "marked_pdf")


@pytest.fixture
def world():
    return World()


def filled(world):
    row = sources.add(world.ada, kind=rules.TRANSCRIPT, title="+A talk", text=kit.TALK,
                      turns=kit.talk_turns(), study="=1+1")  # fmt: skip
    harm, other = codes.add(world.ada, "@Harm"), codes.add(world.ada, "Other")
    start = kit.TALK.index("Nobody looked")
    passages.code(world.ada, row, start, start + 13, [harm, other], "-memo")
    passages.code(world.ben, row, 0, 11, [harm])
    told = sources.add(world.ada, kind=rules.TESTIMONY, title="told us", item=world.ada.id)
    passages.code(world.ada, told, 0, 4, [harm], "sealed memo", opened="They hurt me.")
    return row, told


def table(world, who):
    answer = world.browsers[who].get(world.at("passages_csv"))
    assert "attachment" in answer["Content-Disposition"]
    said = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(said)))


def test_the_table_has_a_line_for_each_code_and_no_cell_is_a_formula(world):
    row, _ = filled(world)
    told = table(world, "Ada")
    assert [each["code"] for each in told] == ["'@Harm", "Other"]
    assert {each["speaker"] for each in told} == {"Rosa"}
    assert {each["quote"] for each in told} == {"Nobody looked"}
    assert (told[0]["study"], told[0]["title"], told[0]["memo"]) == ("'=1+1", "'+A talk", "'-memo")
    assert table(world, "Ben")[0]["speaker"] == "Interviewer"
    assert {each["coder"] for each in table(world, "Ben")} == {called(world.ben)}
    for who in (world.ada, world.ben):
        passages.finish(who, row)
    assert {each["coder"] for each in table(world, "Ben")} == {"Coder 1", "Coder 2"}
    assert "sealed" not in str(table(world, "Ada"))


def test_a_passage_between_the_turns_has_no_speaker_and_one_without_codes_a_line(world):
    text = "Before.\nAda: Hi."
    row = sources.add(world.ada, kind=rules.TRANSCRIPT, title="x", text=text,
                      turns=[rules.TurnOf(8, 12, "Ada")])  # fmt: skip
    passages.code(world.ada, row, 0, 6, [], "only a memo")
    passages.code(world.ada, row, 13, 15, [], "behind it")
    assert [(each["speaker"], each["code"]) for each in table(world, "Ada")] == [("", "")] * 2


def test_all_that_can_be_taken_away_is_on_one_page_and_opens(world):
    row, told = filled(world)
    page = world.get("Ben", "take_away")
    assert f"Ada is {called(world.ada)}" in page
    assert f"Ben is {called(world.ben)}" in page
    assert "it is theirs, and there is no file of it" in page
    assert "1 passage that you may see" in page
    for name in FILES:
        assert world.at(name, row.id) in page
        answer = world.browsers["Ben"].get(world.at(name, row.id))
        assert answer.status_code == 200
        assert 'attachment; filename="source-1-a-talk.' in answer["Content-Disposition"]
        assert b"Nobody looked" not in answer.content or name == "marked_html"
        assert world.browsers["Ada"].get(world.at(name, told.id)).status_code == 404
    assert "Bring in files" not in page


def test_a_project_without_texts_says_so_and_a_stranger_hears_that_nothing_is_there(world):
    assert "Bring in files" in world.get("Ada", "take_away")
    row, _ = filled(world)
    world.get("Eve", "take_away", status=404)
    world.get("Eve", "passages_csv", status=404)
    for name in FILES:
        world.get("Eve", name, row.id, status=404)
    other = projects.make(world.people["Eve"].user, {**kit.WANTED, "title": "日本"})
    sources.add(other, kind=rules.DOCUMENT, title="日本", text="x")
    answer = world.browsers["Eve"].get(f"/coding/{other.project_id}/take-away/passages.csv")
    assert 'filename="project-passages.csv"' in answer["Content-Disposition"]
    of = other.project.sources.get()
    answer = world.browsers["Eve"].get(
        f"/coding/{other.project_id}/sources/{of.id}/annotations.jsonld"
    )
    assert 'filename="source-1.jsonld"' in answer["Content-Disposition"]
