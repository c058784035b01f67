"""Published versions stand still; what is loaded is what the file says; versions are mapped."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from firsthand.harms import actions, modelfile, queries
from firsthand.harms.modelfile import BadModel
from firsthand.harms.models import CrossLink, Entry, Frozen, ModelVersion, VersionMap


def _draft(slug="draft"):
    return ModelVersion.objects.create(
        slug=slug, title="A draft", citation="-", made_by="-", published_to_the="day", stages=[],
        says_who={}, schemes={}, loaded_by="a test", loaded_on=dt.date(2026, 1, 1),
    )  # fmt: skip


def _entry(version, **change):
    told = {
        "version": version, "kind": "impact", "code": "I1", "rank": "1", "ranked_by": "listed",
        "position": 1, "name": "Fear", "label": "Being scared", "description": "You were afraid.",
        "examples": [], "stages": [],
    }  # fmt: skip
    return Entry(**told | change)


def test_loading_twice_changes_nothing(model):
    before = queries.facts(model)
    again = actions.load_published_models(by="someone else")
    assert [one.pk for one in again] == [model.pk]
    assert (Entry.objects.count(), ModelVersion.objects.count()) == (113, 1)
    assert queries.facts(queries.version("2022")) == before
    assert queries.version("2022").loaded_by == "a test"


def test_a_second_load_asks_the_database_next_to_nothing(model, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        actions.load_published_models()


def test_what_is_stored_is_what_was_published(model):
    assert not queries.altered(model)
    assert queries.entries(model).count() == 113
    assert CrossLink.objects.filter(entry__code="S6.1", target="sexual").exists()


def test_a_changed_file_for_a_published_version_is_refused_in_a_sentence(model, write):
    def change(made):
        made["entries"][0]["label"] = "Something else"

    with pytest.raises(actions.Changed, match="A published version never changes"):
        actions.load_model(write(change), by="a test")
    assert queries.entry(model, "S1").label == "Rules, forms and systems that get in your way"


def test_when_two_processes_start_at_once_the_first_one_stands(model):
    record = modelfile.read(actions._yaml(actions.OURS / "model-2022.yaml"))
    second = actions._publish_once(record, model.digest, "the other")
    assert (second.pk, second.loaded_by) == (model.pk, "a test")
    assert Entry.objects.count() == 113


def test_a_draft_under_the_same_slug_is_not_taken_for_what_was_published(db):
    _draft(slug="2022")
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.load_published_models()
    assert queries.current_version() is None


def test_every_row_says_what_it_is(model, later):
    said = [str(one.objects.first()) for one in (ModelVersion, Entry, CrossLink, VersionMap)]
    assert all(said)
    assert str(VersionMap.objects.get(relation="exact")) == "S1.1 means the same as S1.1"
    assert queries.entry(model, "S5").levels == ["cultural", "systemic"]


def test_a_comment_in_the_file_is_no_change(model, tmp_path):
    path = tmp_path / "model.yaml"
    path.write_text("# a word more\n" + (actions.OURS / "model-2022.yaml").read_text())
    assert actions.load_model(path, by="a test").pk == model.pk


@pytest.mark.parametrize("kind", [ModelVersion, Entry, CrossLink])
def test_nothing_published_can_be_saved_deleted_or_changed_in_bulk(model, kind):
    before = queries.facts(model)
    for row in kind.objects.all()[:3]:
        for attempt in (row.save, row.delete):
            with pytest.raises(Frozen):
                attempt()
    with pytest.raises(Frozen):
        kind.objects.all().delete()
    field = {"ModelVersion": "title", "Entry": "label", "CrossLink": "target_name"}[kind.__name__]
    with pytest.raises(Frozen):
        kind.objects.update(**{field: "changed"})
    with pytest.raises(Frozen):
        kind.objects.bulk_update(kind.objects.all()[:2], [field])
    assert queries.facts(queries.version("2022")) == before


def test_nothing_can_join_or_leave_a_published_version(model):
    draft = _draft()
    with pytest.raises(Frozen):
        _entry(model, code="I99", rank="99", position=999).save()
    with pytest.raises(Frozen):
        Entry.objects.bulk_create([_entry(model, code="I99", rank="99", position=999)])
    taken = queries.entry(model, "I1")
    taken.version = draft
    with pytest.raises(Frozen):
        taken.save()
    moving = _entry(draft)
    moving.save()
    moving.version = model
    with pytest.raises(Frozen):
        moving.save()
    with pytest.raises(Frozen):
        Entry.objects.filter(version=draft).update(version=model)


def test_a_published_version_cannot_be_made_a_draft_again(model):
    stale = ModelVersion.objects.get(pk=model.pk)
    stale.published_on = None
    with pytest.raises(Frozen):
        stale.save()


def test_a_draft_may_change_and_is_seen_by_nobody(db):
    draft = _draft()
    one = _entry(draft)
    one.save()
    one.label = "Being afraid"
    one.save()
    assert Entry.objects.filter(pk=one.pk).update(label="Being very afraid") == 1
    one.label = "Being scared again"
    assert Entry.objects.bulk_update([one], ["label"]) == 1
    assert queries.version("draft") is None
    assert queries.current_version() is None
    one.delete()
    _entry(draft).save()
    assert Entry.objects.all().delete()[0] == 1
    draft.delete()
    assert not ModelVersion.objects.exists()


def test_a_change_made_behind_the_applications_back_is_noticed(model):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE harms_entry SET label = 'Nothing much' WHERE code = 'S6.1'")
    assert queries.altered(model)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "rumour"},
        {"kind": "experience"},
        {"label": ""},
        {"description": ""},
        {"ranked_by": "whim"},
        {"position": 0},
    ],
)
def test_the_database_itself_refuses_an_entry_that_is_not_one(db, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        _entry(_draft(), **change).save()


def test_the_database_itself_refuses_a_code_a_rank_or_a_place_used_twice(db):
    draft = _draft()
    _entry(draft).save()
    for change in (
        {"rank": "2", "position": 2},
        {"code": "I2", "position": 2},
        {"code": "I2", "rank": "2"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            _entry(draft, **change).save()


def test_a_published_version_without_its_digest_is_refused_by_the_database(db):
    draft = _draft()
    draft.published_on = dt.date(2026, 1, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()


def test_a_map_leads_from_one_version_to_another(model, later):
    assert queries.current_version() == later
    carried = queries.carried_over(["S1.1", "S1.2", "S7.10", "I1"], model, later)
    assert carried == {"S1.1": ["S1.1"], "S1.2": [], "S7.10": ["S5.15"], "I1": []}
    (line,) = queries.maps(queries.entry(model, "S1.2"))
    assert (line.relation, line.to_entry.code, line.note) == (
        "broad",
        "S1",
        "Now part of the whole.",
    )
    assert queries.maps(queries.entry(later, "S1")) == [line]
    assert not queries.altered(later)


def test_the_earlier_version_is_as_it_was_when_a_later_one_comes(model, later):
    assert not queries.altered(model)
    assert [one.slug for one in queries.published_versions()] == ["2030", "2022"]


def test_a_map_cannot_change_or_lead_back_to_itself(model, later):
    line = VersionMap.objects.first()
    for attempt in (line.save, line.delete, VersionMap.objects.all().delete):
        with pytest.raises(Frozen):
            attempt()
    draft = _draft()
    one = _entry(draft)
    one.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionMap(from_entry=one, to_entry=one, relation="exact").save()


def _no_entries(made):
    made["entries"] = []


def _same_code(made):
    made["entries"][1]["code"] = "S1"


def _wrong_code(made):
    made["entries"][1]["code"] = "S9.1"


def _rank_is_a_number(made):
    made["entries"][0]["rank"] = 1


def _unknown_target(made):
    made["entries"][0]["links"]["editors"] = ["care-act:rudeness"]


def _unknown_authority(made):
    made["entries"][0]["links"]["gossip"] = ["level:systemic"]


def _map_from_nowhere(made):
    made["map"] = [{"from": "1999/S1", "to": "S1", "relation": "exact"}]


def _map_to_nowhere(made):
    made["map"] = [{"from": "2022/S1", "to": "S99", "relation": "exact"}]


def _day_in_words(made):
    made["published_on"] = "some time in May"


def _experience_of_an_experience(made):
    made["entries"][2] |= {"code": "S1.1.1", "parent": "S1.1"}


def _source_is_missing(made):
    made["entries"] = [one for one in made["entries"] if one["code"] != "S1"]


def _entry_is_a_word(made):
    made["entries"][3] = "fear"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_no_entries, "needs entries"),
        (_same_code, "used twice"),
        (_wrong_code, "S9.1 is not a code"),
        (_rank_is_a_number, "quotation marks"),
        (_unknown_target, "care-act:rudeness"),
        (_unknown_authority, "gossip"),
        (_map_from_nowhere, "1999/S1"),
        (_map_to_nowhere, "S99"),
        (_day_in_words, "2022-12-31"),
        (_experience_of_an_experience, "S1.1.1 is not a code"),
        (_source_is_missing, "which is not a source"),
        (_entry_is_a_word, "Entry 4"),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused_whole(model, write, change, says):
    with pytest.raises(BadModel, match=says):
        actions.load_model(write(change, slug="2031"), by="a test")
    assert ModelVersion.objects.count() == 1
    assert Entry.objects.count() == 113


@pytest.mark.parametrize("text", ["", "just words", "a: [1", "\x00", "- 1\n- 2\n"])
def test_a_file_that_is_no_model_is_refused_in_a_sentence(db, tmp_path, text):
    path = tmp_path / "model.yaml"
    path.write_text(text)
    with pytest.raises(BadModel):
        actions.load_model(path, by="a test")


@pytest.mark.parametrize(
    ("precision", "said"),
    [("year", "2022"), ("month", "December 2022"), ("day", "31 December 2022")],
)
def test_the_day_of_publication_is_said_only_as_exactly_as_it_is_known(precision, said):
    one = ModelVersion(published_on=dt.date(2022, 12, 31), published_to_the=precision)
    assert one.published_words == said
