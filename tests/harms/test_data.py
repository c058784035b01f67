"""What the model of 2022 holds: whole, ranked, in plain words of our own."""

import re
from collections import Counter

import pytest
import yaml

from firsthand.methods import readability

# Everyday words of the field, and words with no shorter stand-in; they do not count as long.
KNOWN = {
    "advocate", "advocates", "assessment", "benefits", "diagnosis", "disability", "hospital",
    "services", "sexual", "racism", "decision",
}  # fmt: skip
RUN = 6  # words in a row that would be the document's sentence and not ours


def _ours(entry):
    return [entry["label"], entry["description"], *entry["examples"]]


def _plain(entry):
    return f"{entry['label']}. {entry['description']}"


def _words(text):
    return re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))


def _runs(text):
    words = _words(text)
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_every_source_experience_impact_and_minimisation_is_there(data):
    counts = Counter(entry["kind"] for entry in data["entries"])
    assert counts == {"source": 7, "experience": 84, "impact": 13, "minimisation": 9}


def test_each_source_has_its_experiences(data):
    counts = Counter(entry["parent"] for entry in data["entries"] if "parent" in entry)
    assert counts == {"S1": 13, "S2": 5, "S3": 10, "S4": 14, "S5": 18, "S6": 8, "S7": 16}


def test_ranks_count_up_and_only_6a_and_6b_share_one(data):
    ranks = [e["rank"] for e in data["entries"] if e["kind"] == "minimisation"]
    assert ranks == ["1", "2", "3", "4", "5", "6A", "6B", "7", "8"]
    for place, source in enumerate((e for e in data["entries"] if e["kind"] == "source"), 1):
        assert source["rank"] == str(place)
        inner = [e["rank"] for e in data["entries"] if e.get("parent") == source["code"]]
        assert inner == [str(i) for i in range(1, len(inner) + 1)]


def test_terms_and_order_are_those_of_the_model(data, shared_dir):
    reference = yaml.safe_load((shared_dir / "reference/harm-model-2022.yaml").read_text())
    terms = [term for s in reference["sources_of_harm"] for term in (s["name"], *s["experiences"])]
    terms += reference["impacts"] + [m["name"] for m in reference["minimisations"]]
    assert [entry["name"] for entry in data["entries"]] == terms


def test_two_experiences_with_one_name_both_stand_with_labels_of_their_own(data):
    twice = [e for e in data["entries"] if "set up to fail" in e["name"]]
    assert [e["code"] for e in twice] == ["S5.15", "S7.10"]
    assert twice[0]["name"] == twice[1]["name"]
    assert twice[0]["label"] != twice[1]["label"]


def test_no_two_entries_have_the_same_label(data):
    assert len({entry["label"] for entry in data["entries"]}) == len(data["entries"])


def test_the_model_reads_at_the_age_of_eleven_or_younger(data):
    whole = "\n".join(_plain(entry) for entry in data["entries"])
    assert readability.reading_age(whole) <= 11


def test_no_entry_reads_at_more_than_a_year_and_a_half_above_that(data):
    hard = {e["code"]: readability.reading_age(_plain(e)) for e in data["entries"]}
    assert {code: age for code, age in hard.items() if age > 12.5} == {}


def test_no_label_has_two_long_words_or_rambles(data):
    for entry in data["entries"]:
        long = readability.long_words(entry["label"], known=KNOWN)
        assert len(long) <= 1, (entry["code"], long)
        assert len(entry["label"]) <= 90, entry["code"]


def test_examples_are_three_to_five_short_sentences_and_none_is_used_twice(data):
    said = [example for entry in data["entries"] for example in entry["examples"]]
    assert all(3 <= len(entry["examples"]) <= 5 for entry in data["entries"])
    assert max(len(_words(example)) for example in said) <= 22
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    "word",
    ["service user", "complainant", "allegation", "claim", "victim", "non-compliant", "disengaged"],
)
def test_our_words_are_the_persons_and_never_the_files(data, word):
    shape = re.compile(rf"\b{word}s?\b", re.IGNORECASE)
    assert [e["code"] for e in data["entries"] if any(map(shape.search, _ours(e)))] == []


def test_nothing_of_ours_is_a_sentence_of_a_seed(data, shared_dir):
    theirs = set().union(
        *(_runs(path.read_text()) for path in (shared_dir / "seeds").glob("*.txt"))
    )
    ours = {run: e["code"] for e in data["entries"] for text in _ours(e) for run in _runs(text)}
    assert {run: code for run, code in ours.items() if run in theirs} == {}


def test_hard_material_has_a_note_before_it(data):
    noted = {entry["code"] for entry in data["entries"] if entry.get("content_note")}
    assert {"I12", "S6", *(f"S6.{i}" for i in range(1, 9))} <= noted


def test_every_link_says_who_says_so_and_only_impacts_have_no_level(data):
    for entry in data["entries"]:
        links = entry["links"]
        assert set(links) <= {"review", "editors"}, entry["code"]
        levels = [t for targets in links.values() for t in targets if t.startswith("level:")]
        assert bool(levels) == (entry["kind"] != "impact"), entry["code"]


def test_the_review_is_credited_only_with_what_it_maps(data, shared_dir):
    review = yaml.safe_load((shared_dir / "reference/review-2023.yaml").read_text())
    credited = {t for e in data["entries"] for t in e["links"].get("review", ())}
    named = {name.split(" or ")[0] for name in review["mapped_to_abuse_types"]}
    assert credited == {f"care-act:{name}" for name in named}


def test_the_schemes_are_those_of_the_reference_in_full(data, shared_dir):
    lines = (shared_dir / "reference/crosswalk-taxonomies.csv").read_text().splitlines()
    care = [line.split(",")[3] for line in lines if line.startswith("CareAct,type,")]
    cqc = [line.split(",")[3] for line in lines if line.startswith("CQC,key question,")]
    schemes = data["schemes"]
    assert list(schemes["care-act"]["targets"].values()) == care
    assert list(schemes["cqc"]["targets"].values()) == cqc
    assert list(schemes["level"]["targets"]) == ["relational", "systemic", "cultural"]
