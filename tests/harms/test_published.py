"""A published version: it stands still, and this is what everyone can read and count by it."""

import csv
import datetime as dt
import io
import json

import pypdf
import pytest
import yaml
from django.db import connection, transaction
from django.urls import reverse
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCTERMS, SKOS

from firsthand.access.refused import Refused
from firsthand.harms import checks, crossing, drafts, queries
from firsthand.harms.actions import drafting, grounds, publishing
from firsthand.harms.exports import citation
from firsthand.harms.models import (
    Change,
    CrossLink,
    Drafting,
    Entry,
    Frozen,
    Ground,
    ModelVersion,
    SignOff,
    Trail,
    VersionMap,
)
from firsthand.indicators import reading
from firsthand.people import rules as roles
from firsthand.testimony import fitting
from firsthand.testimony.queries import CountedRow
from tests.harms import drafting_kit as kit

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
BASE = "http://127.0.0.1:8000/model/"


def _holds(by):
    found = checks.checks(drafts.glance(queries.open_draft(by.version.pk)))
    return {one.place + ": " + one.what: one.why for one in found if not one.holds}


# -- it stands still -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """A second version, published once for all the tests here; whatever they do is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield kit.published()
        transaction.set_rollback(True)


@pytest.fixture
def second(kept, db):
    return queries.version("2027")


def test_a_published_version_is_whole_dated_mapped_and_cited(second):
    assert queries.current_version() == second
    assert not queries.altered(second)
    assert not queries.altered(queries.version("2022"))
    assert second.citation == (
        f"Brook A and Fen BC ({second.published_on.year}). The avoidable harm model (made up), "
        "version 2027."
    )
    said = dict(VersionMap.objects.values_list("from_entry__code", "relation"))
    assert (said["S1.1"], said["S2.1"], said["S4.2"], said["S5.2"]) == (
        "close", "exact", "broad", "narrow",
    )  # fmt: skip
    assert "S7.3" not in said
    assert Trail.objects.filter(did="published").count() == 1


def test_nothing_of_it_can_change_in_any_way(second):
    editor = second.drafting.editors.get()
    before = queries.facts(second)
    for kind in (ModelVersion, Entry, CrossLink, VersionMap, Drafting, Change, Ground, SignOff):
        rows = kind.objects.filter(**{f"{kind.version_path}slug": "2027"})
        row = rows.first()
        field = next(f.name for f in kind._meta.fields if not f.primary_key and not f.is_relation)
        for attempt in (
            row.save, row.delete, rows.delete,
            lambda rows=rows, field=field: rows.update(**{field: "changed"}),
            lambda rows=rows, kind=kind, field=field: kind.objects.bulk_update(rows[:1], [field]),
            lambda row=row, kind=kind: kind.objects.bulk_create([row]),
            lambda row=row, kind=kind, field=field: kind.objects.update_or_create(
                pk=row.pk, defaults={field: "x"}
            ),
        ):  # fmt: skip
            with pytest.raises(Frozen):
                attempt()
    with pytest.raises(Frozen):
        Ground.objects.create(version=second, code="S1", kind="paper", title="Late")
    other = kit.draft(kit.user("Ben"), "2029").version
    ghost = Entry(version=other, code="S9.1", kind="experience",
                  parent=queries.entry(second, "S1"), rank="1", ranked_by="survey", position=999,
                  name="x", label="x", description="x", examples=[], stages=[])  # fmt: skip
    with pytest.raises(Frozen):
        Entry.objects.bulk_create([ghost], update_conflicts=True, update_fields=["label"],
                                  unique_fields=["parent", "rank"])  # fmt: skip
    for change in (
        lambda: drafting.remove(editor, "I1", "Late"),
        lambda: drafting.undo(editor, Change.objects.first().id),
        lambda: drafting.describe(editor, {}),
        lambda: grounds.put(second, "S1", "paper", "Late", by=editor.user),
        lambda: drafting.drop(editor),
        lambda: publishing.publish(editor),
    ):
        with pytest.raises(Refused, match="published"):
            change()
    assert queries.facts(queries.version("2027")) == before


def test_a_ground_changed_behind_the_applications_back_is_noticed(second):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE harms_ground SET count = 999 WHERE kind = 'paper'")
    assert queries.altered(second)


# -- what everyone reads ---------------------------------------------------------------------------


def _page(client, *at):
    answer = client.get("/model/" + "/".join(at))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_newest_version_is_found_and_every_changed_line_opens_to_what_is_beneath(
    client, second
):
    assert client.get("/model/")["Location"] == "/model/2027/"
    assert "There is a newer one" in _page(client, "2022", "S1.1")
    opened = _page(client, "2027", "S1.1")
    for words in ("Brook 2020", "34 passages in 5 groups", "120 survey answers",
                  "between 2 and 5", "ewer than 10 accounts", "ewer than 10 comments"):  # fmt: skip
        assert words in opened, words
    assert "Advisers" not in opened
    kept = _page(client, "2027", "S6.1")
    assert "It is as it was in" in kept
    changed = _page(client, "2027", "changes")
    for words in ("Nobody chose it", "We said some lines", "Expert advisory group", "S3.11"):
        assert words in changed, words
    assert client.get("/model/2022/changes").status_code == 404
    assert "Fixed rules" in _page(client, "2027", "search?q=fixed+rules")
    assert "Brook A and Fen BC" in _page(client, "2027", "making")


def test_a_small_count_is_in_no_page_and_no_file(client, second):
    rows = list(csv.DictReader(io.StringIO(
        client.get("/model/2027/take/beneath.csv").content.decode(), newline="")))  # fmt: skip
    held = [row for row in rows if row["kind"] in ("testimony", "comment")]
    assert held
    assert all((row["count"], row["held_back"], row["title"]) == ("", "yes", "") for row in held)
    assert {row["count"] for row in rows if row["kind"] == "passage"} == {"34"}


def test_the_linked_data_maps_each_line_to_the_version_before(client, second):
    content = client.get("/model/2027/model.jsonld").content
    graph = Graph().parse(data=content, format="json-ld")
    new, old = BASE + "2027/", BASE + "2022/"
    for code, match, before in (
        ("S1.1", SKOS.closeMatch, "S1.1"), ("S3.11", SKOS.exactMatch, "S2.1"),
        ("S4.1", SKOS.narrowMatch, "S4.2"), ("S5.19", SKOS.broadMatch, "S5.2"),
    ):  # fmt: skip
        assert (URIRef(new + code), match, URIRef(old + before)) in graph
    assert (URIRef(new), DCTERMS.replaces, URIRef(old)) in graph
    matches = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
    pairs = [pair for match in matches for pair in graph.subject_objects(match)]
    assert len(pairs) == len(set(pairs)) == VersionMap.objects.count()  # disjoint (SKOS S46)
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert {one for one, _ in pairs} <= concepts
    assert not {other for _, other in pairs} & concepts


def test_the_map_as_a_table_has_every_old_and_every_new_line(client, second):
    text = client.get("/model/2027/take/map.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["old_code"] for row in rows} - {""} == {
        one.code for one in queries.entries(queries.version("2022"))
    }
    assert {row["new_code"] for row in rows} - {""} == {one.code for one in queries.entries(second)}
    gone = next(row for row in rows if row["old_code"] == "S7.3")
    assert (gone["relation"], gone["why_removed"]) == ("removed", "Nobody chose it")


def test_it_can_be_cited_by_machines(client, second):
    cff = yaml.safe_load(client.get("/model/2027/take/citation.cff").content)
    assert cff["authors"][1] == {"family-names": "Fen", "given-names": "Ben Cai"}
    (item,) = json.loads(client.get("/model/2027/take/citation.json").content)
    assert (item["author"][0]["family"], item["URL"]) == ("Brook", BASE + "2027/")
    bib = client.get("/model/2027/take/citation.bib").content.decode()
    assert "Brook, Ada and Fen, Ben Cai" in bib
    assert citation._tex(r"50% & \x^~") == r"50\% \& \textbackslash{}x\^{}\~{}"
    assert client.get("/model/2027/take/secrets.csv").status_code == 404
    assert client.get("/model/2022/take/citation.cff").status_code == 404


def test_the_booklet_is_tagged_and_says_what_changed_and_what_stands_beneath(client, second):
    pdf = pypdf.PdfReader(io.BytesIO(client.get("/model/2027/model.pdf").content))
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for words in ("What changed since 2022", "Nobody chose it", "34 passages", "As it was in 2022"):
        assert words in text, words


# -- what was coded stays counted ------------------------------------------------------------------


def _row(*codes, version="2022"):
    return CountedRow(codes, version, dt.date(2026, 1, 1), "council", "")


def test_accounts_stay_with_the_version_in_use_until_a_steward_switches(client, second):
    assert queries.version_in_use().slug == fitting.current_slug() == "2022"
    assert reading.current().slug == "2022"
    steward = kit.user("Cai", roles.STEWARD)
    publishing.use(steward, "2027")
    assert queries.version_in_use().slug == fitting.current_slug() == "2027"
    for slug, why in (("2027", "already"), ("1999", "no published version")):
        with pytest.raises(Refused, match=why):
            publishing.use(steward, slug)
    model = reading.current()
    told = reading.account(_row("S2.1", "S4.2", "S5.2", "S7.3"), model)
    assert told.sources == {"S3", "S4", "S5"}  # moved; merged; split within S5; removed
    publishing.use(steward, "2022")
    back = reading.account(_row("S3.11", "S5.19", version="2027"), reading.current())
    assert back.sources == {"S2", "S5"}


def test_counts_are_translated_over_two_versions(second):
    third = kit.draft(kit.user("Ben"), "2030")
    assert third.drafting.based_on == second
    drafting.merge(third, ["S3.11", "S3.1"], kit.words(label="Wider"), "One thing")
    kit.ready(third)
    version = publishing.publish(third)
    assert queries.current_version() == version  # published the same day, later
    old = queries.version("2022")
    told = crossing.translated({"S2.1": 7, "S3.1": 4, "S5.2": 3, "S7.3": 2}, old, version)
    assert (told.counts["S3.11"].low, told.counts["S3.11"].high) == (7, 11)
    assert told.among == {"S5.2": (3, ("S5.19", "S5.20"))}
    assert told.lost == {"S7.3": 2}
    same = crossing.ways(version, version)
    assert same.sure["S1"] == ("S1",)


def test_the_steward_chooses_on_a_page(client, second):
    from tests.repair.conftest import someone

    browser = someone(roles.STEWARD, "Cai").browser()
    at = reverse("harms:in_use")
    assert "2022" in browser.get(at).content.decode()
    assert browser.post(at, {"slug": "1999"}).status_code == 422
    assert browser.post(at, {"slug": "2027"}).status_code == 302
    assert queries.version_in_use().slug == "2027"
    assert someone(roles.RESEARCHER, "Eve").browser().get(at).status_code == 404
