"""The files to take away: sound SKOS, a safe table, a PDF that a screen reader can read."""

import csv
import io
import re

import pypdf
import pytest
from django.urls import reverse
from rdflib import RDF, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DC, SKOS

from firsthand.harms import queries
from firsthand.harms.exports import document, table

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8000/model/2022"


def _get(client, form, slug="2022", **headers):
    return client.get(reverse("harms:download", args=[slug, form]), headers=headers)


@pytest.fixture
def graph(client, model):
    return Graph().parse(data=_get(client, "jsonld").content, format="json-ld")


def _by_code(graph):
    own = set(graph.subjects(SKOS.inScheme, URIRef(f"{BASE}/")))
    return {str(graph.value(one, SKOS.notation)): one for one in own}


def test_every_entry_is_a_concept_with_one_preferred_label(graph, model):
    concepts = _by_code(graph)
    assert set(concepts) == {one.code for one in queries.entries(model)}
    for one in queries.entries(model):
        (label,) = graph.objects(concepts[one.code], SKOS.prefLabel)
        assert (str(label), label.language) == (one.name, "en-GB")
        assert str(graph.value(concepts[one.code], SKOS.altLabel)) == one.label


def test_no_label_is_both_preferred_and_alternative(graph):
    for one in set(graph.subjects(RDF.type, SKOS.Concept)):
        preferred = set(graph.objects(one, SKOS.prefLabel))
        assert preferred.isdisjoint(graph.objects(one, SKOS.altLabel))
        assert len(preferred) == 1


def test_broader_and_narrower_mirror_each_other(graph):
    up = set(graph.subject_objects(SKOS.broader))
    down = {(child, source) for source, child in graph.subject_objects(SKOS.narrower)}
    assert up == down
    assert len(up) == 84


def test_top_concepts_are_those_with_nothing_above(graph):
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        tops = set(graph.objects(scheme, SKOS.hasTopConcept))
        members = set(graph.subjects(SKOS.inScheme, scheme))
        assert tops == set(graph.subjects(SKOS.topConceptOf, scheme))
        assert tops == {one for one in members if not graph.value(one, SKOS.broader)}
    assert len(set(graph.subjects(SKOS.topConceptOf, URIRef(f"{BASE}/")))) == 29


def test_concepts_schemes_and_collections_are_never_the_same_thing(graph):
    kinds = (SKOS.Concept, SKOS.ConceptScheme, SKOS.OrderedCollection)
    sets = [set(graph.subjects(RDF.type, kind)) for kind in kinds]
    assert not sets[0] & (sets[1] | sets[2])
    assert not sets[1] & sets[2]
    assert all(len(set(graph.objects(one, SKOS.inScheme))) == 1 for one in sets[0])


def test_matches_lead_to_concepts_of_another_scheme_and_never_up_or_down(graph):
    for one, other in graph.subject_objects(SKOS.relatedMatch):
        assert graph.value(one, SKOS.inScheme) != graph.value(other, SKOS.inScheme)
        assert (one, SKOS.broader, other) not in graph


def test_every_match_says_who_says_so(graph, model):
    said = {
        (graph.value(node, RDF.subject), graph.value(node, RDF.object))
        for node in graph.subjects(RDF.type, RDF.Statement)
        if str(graph.value(node, DC.creator)) in {w["name"] for w in model.says_who.values()}
    }
    assert said == set(graph.subject_objects(SKOS.relatedMatch))


def test_each_list_keeps_its_order_of_rank(graph, model):
    for kind in ("source", "experience", "impact", "minimisation"):
        head = graph.value(URIRef(f"{BASE}/#{kind}"), SKOS.memberList)
        listed = [str(one).rsplit("/", 1)[1] for one in Collection(graph, head)]
        assert listed == [one.code for one in queries.entries(model, kind)]


def test_identifiers_are_the_addresses_of_the_pages(client, graph):
    for one in _by_code(graph).values():
        assert client.get(str(one).removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_later_version_is_mapped_to_the_earlier_one(client, later):
    graph = Graph().parse(data=_get(client, "jsonld", "2030").content, format="json-ld")
    new, old = "http://127.0.0.1:8000/model/2030/", f"{BASE}/"
    assert (URIRef(new + "S1.1"), SKOS.exactMatch, URIRef(old + "S1.1")) in graph
    assert (URIRef(new + "S5.15"), SKOS.closeMatch, URIRef(old + "S7.10")) in graph
    assert (URIRef(new + "S1"), SKOS.narrowMatch, URIRef(old + "S1.2")) in graph


def test_reading_the_linked_data_fetches_nothing(client, model):
    assert b'"@context": "http' not in _get(client, "jsonld").content


def test_the_table_has_a_line_for_each_entry(client, model):
    response = _get(client, "csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8"), newline="")))
    assert [row["code"] for row in rows] == [one.code for one in queries.entries(model)]
    assert tuple(rows[0]) == table.COLUMNS
    assert all(None not in row and None not in row.values() for row in rows)
    abused = next(row for row in rows if row["code"] == "S6.1")
    assert abused["care_act_abuse_types"] == "Sexual abuse (Firsthand editors)"
    assert "The scoping review of 2023" in rows[0]["care_act_abuse_types"]
    assert rows[0]["address"] == f"{BASE}/S1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(start):
    assert table.safe(f"{start}1+1") == f"'{start}1+1"
    assert table.safe(f"a{start}") == f"a{start}"


@pytest.fixture
def pdf(client, model):
    return pypdf.PdfReader(io.BytesIO(_get(client, "pdf").content))


def test_the_document_is_tagged_titled_and_in_english(pdf):
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert pdf.metadata.title == "The avoidable harm model, 2022"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])


def test_the_document_says_that_it_is_pdf_ua_1(pdf):
    xmp = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part(>|=\")1", xmp)


def test_the_document_holds_the_whole_model(pdf, model):
    text = re.sub(r"\s+", "", "".join(page.extract_text() for page in pdf.pages))
    for one in queries.entries(model):
        assert re.sub(r"\s+", "", one.label) in text, one.code
    assert len(pdf.outline) > 3


def test_the_document_is_the_same_each_time_it_is_made(client, model):
    assert document.write(model, BASE) == _get(client, "pdf").content


@pytest.mark.parametrize(
    ("form", "kind"),
    [("jsonld", "application/ld+json"), ("csv", "text/csv"), ("pdf", "application/pdf")],
)
def test_downloads_may_be_kept_and_are_not_sent_twice(client, model, form, kind):
    first = _get(client, form)
    assert first["Content-Type"].startswith(kind)
    assert first["Content-Disposition"] == f'attachment; filename="model-2022.{form}"'
    assert "public" in first["Cache-Control"]
    again = _get(client, form, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert _get(client, form, if_none_match='"other"').status_code == 200


def test_another_versions_download_is_another_file(client, later):
    assert _get(client, "csv", "2022")["ETag"] != _get(client, "csv", "2030")["ETag"]
    assert b"2030," in _get(client, "csv", "2030").content


def test_what_is_downloaded_for_one_address_is_not_given_for_another(client, model, settings):
    _get(client, "csv")
    settings.FIRSTHAND_PUBLIC_URL = "https://firsthand.example"
    assert b"https://firsthand.example/model/2022/S1" in _get(client, "csv").content
