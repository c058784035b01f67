"""The pages of a review: who comes to which, what they show, and what becomes of what is typed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from firsthand.evidence import rules
from firsthand.evidence.actions import criteria, importing, reviews, rounds
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.models import (
    Criterion,
    Decision,
    ImportFile,
    Look,
    Member,
    Pair,
    Record,
    Review,
    SearchRun,
    Trail,
)
from firsthand.evidence.rules import ABSTRACT, EXCLUDE, FULL_TEXT, INCLUDE
from firsthand.people import rules as roles
from tests.evidence import kit
from tests.evidence.test_importing import ris
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


class World:
    """Two reviewers with their browsers, and a third who is no part of it."""

    def __init__(self) -> None:
        self.people = {name: someone(roles.RESEARCHER, name) for name in ("Ada", "Ben", "Eve")}
        self.ada = reviews.make(self.people["Ada"].user, {**kit.PROTOCOL, "each": 2})
        self.ben = reviews.add_member(self.ada, self.people["Ben"].user, rules.REVIEWER)
        self.browsers = {name: each.browser() for name, each in self.people.items()}

    def at(self, name: str, *more: object) -> str:
        return reverse(f"evidence:{name}", args=[self.ada.review_id, *more])

    def get(self, who: str, name: str, *more: object) -> str:
        answer = self.browsers[who].get(self.at(name, *more))
        assert answer.status_code == 200, answer.content.decode()
        return re.sub(r"\s+", " ", answer.content.decode())

    def post(self, by: str, name: str, /, *more: object, status: int = 302, **sent: object) -> str:
        answer = self.browsers[by].post(self.at(name, *more), sent)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode() or str(answer["Location"])


@pytest.fixture
def world() -> World:
    return World()


# -- protocol and members -----------------------------------------------------------------------


def test_a_researcher_begins_a_review_and_owns_it(world):
    answer = world.browsers["Eve"].post(
        reverse("evidence:new"), {"title": "Mine", "question": "What?", "each": "2"}
    )
    row = Review.objects.get(title="Mine")
    assert answer["Location"] == reverse("evidence:review", args=[row.id])
    assert Member.objects.get(review=row).role == rules.OWNER
    listed = world.browsers["Eve"].get(reverse("evidence:reviews")).content.decode()
    assert "Mine" in listed
    assert kit.PROTOCOL["title"] not in listed


def test_a_review_without_a_question_is_not_begun_and_nothing_typed_is_lost(world):
    answer = world.browsers["Eve"].post(
        reverse("evidence:new"), {"title": "Mine", "aims": "To know", "each": "9"}
    )
    assert answer.status_code == 422
    for words in ("Write the question", "Choose 5 at most", "To know"):
        assert words in answer.content.decode()


def test_only_researchers_begin_reviews_but_others_may_take_part():
    world = World()
    helper = someone(roles.COORDINATOR, "Cai")
    assert helper.browser().get(reverse("evidence:new")).status_code == 404
    reviews.add_member(world.ada, helper.user, rules.REVIEWER)
    assert helper.browser().get(world.at("review")).status_code == 200


def test_the_protocol_changes_and_the_history_keeps_how_it_was(world):
    shown = world.get("Ada", "protocol")
    assert kit.PROTOCOL["question"] in shown
    world.post("Ada", "protocol", title="New", question="New question?", each="3")
    assert "New question?" in world.get("Ben", "review")
    assert kit.PROTOCOL["question"] in world.get("Ben", "history")
    world.post("Ada", "protocol", title="New", question="New question?", each="3")
    world.post("Ada", "protocol", title="Newer", question="New question?", each="3")
    assert Trail.objects.filter(did="protocol changed").count() == 2


def test_more_reviewers_decide_what_nobody_has_decided_yet(world):
    one, other = kit.imported(world.ada, 2)
    kit.decide(one, (world.ada, INCLUDE))
    world.post("Ada", "protocol", title="New", question="New?", each="1")
    assert (kit.at(one).needed, kit.at(other).needed) == (2, 1)


def test_members_are_added_taken_out_and_added_again(world):
    eve = world.people["Eve"].user
    assert "Eve, Researcher" in world.get("Ada", "members")
    world.post("Ada", "members", who=str(eve.id), role=rules.REVIEWER)
    assert world.get("Eve", "review")
    member = Member.objects.get(user=eve)
    world.post("Ada", "member_end", member.id)
    world.post("Ada", "member_end", member.id)  # pressed twice
    assert world.browsers["Eve"].get(world.at("review")).status_code == 404
    world.post("Ada", "members", who=str(eve.id), role=rules.OWNER)
    assert Member.objects.get(user=eve).is_owner
    assert "Choose who is to take part" in world.post("Ada", "members", status=422)


def test_an_owner_may_leave_when_another_is_left(world):
    assert "A review needs an owner" in world.post("Ada", "member_end", world.ada.id, status=409)
    eve = world.people["Eve"].user
    other = reviews.add_member(world.ada, eve, rules.OWNER)
    assert world.post("Eve", "member_end", other.id) == reverse("evidence:reviews")


def test_nobody_is_added_twice(world):
    with pytest.raises(Exception, match="takes part already"):
        reviews.add_member(world.ada, world.people["Ben"].user, rules.REVIEWER)


def test_a_researcher_finds_the_review_of_2023_as_an_example_with_its_counts_and_gaps(world):
    eve = world.browsers["Eve"]
    there = reverse("evidence:example")
    assert there in eve.get(reverse("evidence:reviews")).content.decode()
    shown = eve.get(there).content.decode()
    for words in (
        "This is a published review, shown as an example", "10.1093/bjsw/bcac209", "4,497", "975",
        "3,529", "3,445", "84", "62", "22", "No study reported physical or sensory disability",
        "Not reported: ", "Social Care Online", "Published in 2007 or before",
    ):  # fmt: skip
        assert words in shown, words
    for name in ("example_picture", "example_narrow"):
        drawn = eve.get(reverse(f"evidence:{name}"))
        assert drawn["Content-Type"] == "image/svg+xml"
        assert b"3,529" in drawn.content


def test_the_example_is_for_researchers():
    helper = someone(roles.COORDINATOR, "Cai").browser()
    for name in ("example", "example_picture", "example_narrow"):
        assert helper.get(reverse(f"evidence:{name}")).status_code == 404
    assert (
        reverse("evidence:example") not in helper.get(reverse("evidence:reviews")).content.decode()
    )


# -- criteria ---------------------------------------------------------------------------------


def test_criteria_are_added_reworded_for_a_reason_retired_and_their_wordings_shown(world):
    world.post("Ada", "criterion_add", kind=INCLUDE, text="Adults")
    row = Criterion.objects.get()
    said = world.post("Ada", "criterion", row.id, status=422, text="People", reason="")
    assert "Say why." in said
    assert "People" in said
    world.post("Ada", "criterion", row.id, text="People", reason="Wider")
    shown = world.get("Ben", "criteria")
    for words in ("version 2", "Adults", "People", "Why: Wider", "by Ada"):
        assert words in shown
    assert "Add a criterion" not in shown  # Ben is no owner
    assert "Adults" not in world.get("Ada", "criterion_retire", row.id)
    world.post("Ada", "criterion_retire", row.id, reason="No use")
    assert "No longer used" in world.get("Ada", "criteria")


def test_once_screening_has_begun_adding_needs_a_reason_too(world):
    kit.decide(kit.imported(world.ada, 1)[0], (world.ada, INCLUDE))
    assert "Screening has begun" in world.get("Ada", "criterion_add")
    world.post("Ada", "criterion_add", kind=INCLUDE, text="Adults", status=422)
    world.post("Ada", "criterion_add", kind=INCLUDE, text="Adults", reason="Asked for")


def test_deleting_a_criterion_in_use_is_refused_with_why_and_otherwise_done(world):
    row = criteria.add(world.ada, INCLUDE, "Adults")
    spare = criteria.add(world.ada, EXCLUDE, "Animals")
    world.post("Ada", "criterion_delete", spare.id)
    kit.decide(kit.imported(world.ada, 1)[0], (world.ada, INCLUDE))
    assert "is in use" in world.post("Ada", "criterion_delete", row.id, status=409)
    assert "It is in use, so it cannot be deleted" in world.get("Ada", "criterion", row.id)


# -- searches and files -----------------------------------------------------------------------

SEARCH = {
    "source": "database", "database": "PsycINFO", "platform": "Ovid", "ran_on": "2/3/2026",
    "string": "harm* AND care", "hits": "2",
}  # fmt: skip


def test_a_search_is_written_down_and_mended(world):
    world.post("Ben", "search_add", **SEARCH)
    run = SearchRun.objects.get()
    assert "harm* AND care" in world.get("Ada", "search", run.id)
    assert "2/03/2026" in world.get("Ada", "search_change", run.id)
    for _ in range(2):
        world.post("Ada", "search_change", run.id, **{**SEARCH, "hits": "3"})
    assert Trail.objects.get(did="search changed").about["before"] == {"hits": 2}
    assert "PsycINFO, Ovid" in world.get("Ada", "searches")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"string": ""}, "Copy the search here"),
        ({"ran_on": "yesterday"}, "Write the day as in"),
        ({"ran_on": "1/1/2999"}, "still to come"),
        ({"database": ""}, "Write the name"),
        ({"hits": "-1"}, "not below 0"),
        ({"hits": "many"}, "whole number"),
        ({"source": "hearsay"}, "Choose one"),
    ],
)
def test_a_search_that_says_too_little_is_given_back(world, wrong, said):
    assert said in world.post("Ada", "search_add", status=422, **{**SEARCH, **wrong})


def test_other_ways_need_no_string_and_may_not_say_how_many(world):
    world.post("Ada", "search_add", **{**SEARCH, "source": "other", "string": "", "hits": ""})
    assert "Not said" in world.get("Ada", "searches")


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_files_are_sent_several_at_once_and_their_page_says_how_far_they_are(world):
    world.post("Ada", "search_add", **SEARCH)
    run = SearchRun.objects.get()
    files = [
        upload("a.ris", ris(2)),
        upload("b.ris", ris(3)),
        upload("c.png", b"\x89PNG\r\n\x1a\n"),
    ]
    world.post("Ada", "search", run.id, files=files)
    shown = world.get("Ada", "search", run.id)
    assert "3 files are being read" in shown
    assert "Waiting to be read" in shown
    assert "look-again.js" in shown
    for each in ImportFile.objects.all():
        importing.read_file.call(str(each.id))
    assert "look-again.js" not in world.get("Ada", "search", run.id)
    failed = ImportFile.objects.get(name="c.png")
    assert "Try again" in world.get("Ben", "imported", failed.id)
    world.post("Ben", "import_again", failed.id)
    assert "Waiting to be read" in world.get("Ben", "imported", failed.id)
    world.post("Ada", "search", run.id, files=[upload("again.ris", ris(2))])
    assert "again.ris is here already, as a.ris under search 1" in world.get(
        "Ada", "search", run.id
    )


def test_no_file_or_an_empty_one_or_too_large_a_one_is_said_in_plain_words(world, settings):
    settings.FIRSTHAND_LARGEST_IMPORT = 1024 * 1024
    settings.FIRSTHAND_MOST_FILES = 2
    world.post("Ada", "search_add", **SEARCH)
    run = SearchRun.objects.get().id
    assert "Choose at least one file" in world.post("Ada", "search", run, status=422)
    files = [upload("a.ris", b""), upload("b.ris", b"x" * (1024 * 1024 + 1)), upload("c.ris", b"x")]
    said = world.post("Ada", "search", run, status=422, files=files)
    for words in ("a.ris: there is nothing in it", "b.ris: larger than 1 MB", "c.ris: too much at"):
        assert words in said
    assert not ImportFile.objects.exists()


def test_a_record_shows_where_it_came_from_and_every_field(world):
    record = kit.imported(world.ada, 1)[0]
    shown = world.get("Ben", "record", record.id)
    for words in ("Record 1. From", "PsycINFO, Ovid", "line 1", "<dt>TI</dt>"):
        assert words in shown


# -- screening --------------------------------------------------------------------------------


def test_a_reviewer_decides_and_comes_to_the_next_without_seeing_the_other(world):
    row = criteria.add(world.ada, EXCLUDE, "About animals")
    one, two = kit.imported(world.ada, 2)
    world.post("Ada", "screen_one", ABSTRACT, one.id, choice=EXCLUDE, reasons="1", note="dogs")
    to = world.browsers["Ada"].get(world.at("screen", ABSTRACT) + "?after=1").content.decode()
    assert two.title in to
    decision = Decision.objects.get()
    assert list(decision.reasons.all()) == [row]
    shown = world.get("Ben", "screen", ABSTRACT)
    assert one.title in shown
    assert "1. About animals" in shown
    for page in (shown, world.get("Ben", "record", one.id), world.get("Ben", "history")):
        assert "dogs" not in page
    assert "You decided" in world.get("Ada", "screen_one", ABSTRACT, one.id)


def test_without_a_choice_nothing_is_decided_and_the_note_is_still_there(world):
    one = kit.imported(world.ada, 1)[0]
    said = world.post("Ada", "screen_one", ABSTRACT, one.id, status=422, note="half a thought")
    assert "Choose Include, Exclude or Maybe" in said
    assert "half a thought" in said
    assert not Decision.objects.exists()


def test_a_criterion_for_inclusion_leaves_out_what_does_not_meet_it(world):
    criteria.add(world.ada, INCLUDE, "About people")
    kit.imported(world.ada, 1)
    assert "1. Not met: About people" in world.get("Ada", "screen", ABSTRACT)


def test_leaving_a_report_out_at_full_text_needs_a_criterion(world):
    criteria.add(world.ada, EXCLUDE, "About animals")
    one = kit.imported(world.ada, 1)[0]
    kit.decide(one, (world.ada, INCLUDE), (world.ben, INCLUDE))
    said = world.post("Ada", "screen_one", FULL_TEXT, one.id, status=422, choice=EXCLUDE)
    assert "Choose at least one criterion" in said
    world.post("Ada", "screen_one", FULL_TEXT, one.id, choice=EXCLUDE, reasons="1")


def test_reasons_are_kept_only_with_leaving_out(world):
    criteria.add(world.ada, EXCLUDE, "About animals")
    one = kit.imported(world.ada, 1)[0]
    world.post("Ada", "screen_one", ABSTRACT, one.id, choice=INCLUDE, reasons="1")
    assert not Decision.objects.get().reasons.exists()


def test_a_criterion_that_went_meanwhile_is_said_and_nothing_is_lost(world):
    one = kit.imported(world.ada, 1)[0]
    said = world.post(
        "Ada", "screen_one", ABSTRACT, one.id, status=422, choice=EXCLUDE, reasons="9", note="why"
    )
    assert "One of these criteria has changed" in said
    assert "why" in said


def test_undo_brings_the_record_back_with_what_was_typed(world):
    one = kit.imported(world.ada, 2)[0]
    world.post("Ada", "screen_one", ABSTRACT, one.id, choice=EXCLUDE, note="dogs")
    world.post("Ada", "undo", ABSTRACT, one.id)
    assert "dogs" in world.get("Ada", "screen_one", ABSTRACT, one.id)
    assert "You have not decided" in world.post("Ada", "undo", ABSTRACT, one.id, status=409)


def test_who_comes_third_is_told_kindly_and_goes_on(world):
    third = reviews.add_member(world.ada, world.people["Eve"].user, rules.REVIEWER)
    one = kit.imported(world.ada, 1)[0]
    kit.decide(one, (world.ada, INCLUDE), (world.ben, INCLUDE))
    world.post("Eve", "screen_one", ABSTRACT, one.id, choice=INCLUDE)
    shown = world.get("Eve", "screen", ABSTRACT)
    assert "Others have decided this record meanwhile" in shown
    assert "you have decided all that waits for you" in shown
    assert "It needs no decision of yours" in world.get("Eve", "screen_one", ABSTRACT, one.id)
    assert not third.decisions.exists()


def test_a_stage_or_a_record_that_is_not_there_is_not_there(world):
    other = kit.imported(kit.review("Zed")[0], 1)[0]
    for name, *more in (
        ("screen", "hearsay"), ("conflicts", "hearsay"), ("rounds", "hearsay"),
        ("screen_one", ABSTRACT, other.id), ("record", other.id),
        ("resolve", ABSTRACT, other.id),
    ):  # fmt: skip
        assert world.browsers["Ada"].get(world.at(name, *more)).status_code == 404, name
    assert "no records at this stage" in world.get("Ada", "screen", FULL_TEXT)


def test_conflicts_show_both_decisions_and_are_settled_by_a_further_one(world):
    criteria.add(world.ada, EXCLUDE, "About animals")
    one = kit.imported(world.ada, 1)[0]
    row = kit.at(one)
    deciding.decide(world.ada, row, INCLUDE, "people too")
    deciding.decide(world.ben, row, EXCLUDE, "dogs")
    shown = world.get("Ada", "conflicts", ABSTRACT)
    assert "people too" in shown
    assert "dogs" in shown
    assert "would not be blind" in world.post("Ada", "undo", ABSTRACT, one.id, status=409)
    world.get("Ben", "resolve", ABSTRACT, one.id)
    maybe = world.post("Ben", "resolve", ABSTRACT, one.id, status=422, choice="maybe", note="hm")
    assert "Choose Include or Exclude" in maybe
    world.post("Ben", "resolve", ABSTRACT, one.id, choice=EXCLUDE, reasons="1", note="talked")
    assert "Nothing is to be settled" in world.get("Ada", "conflicts", ABSTRACT)
    record = world.get("Ada", "record", one.id)
    for words in ("people too", "dogs", "Settled by Ben", "talked"):
        assert words in record


def test_what_is_not_to_be_settled_cannot_be_opened_there(world):
    one = kit.imported(world.ada, 1)[0]
    kit.decide(one, (world.ada, INCLUDE))
    assert world.browsers["Ben"].get(world.at("resolve", ABSTRACT, one.id)).status_code == 404


def test_a_reviewer_finds_nothing_at_what_is_for_owners(world):
    for name in ("protocol", "members", "criterion_add"):
        assert world.browsers["Ben"].get(world.at(name)).status_code == 404


def test_a_note_sent_after_the_sitting_ended_is_given_back(world, client):
    one = kit.imported(world.ada, 1)[0]
    sent = {"choice": INCLUDE, "note": "half an hour of thought"}
    answer = client.post(world.at("screen_one", ABSTRACT, one.id), sent)
    assert "half an hour of thought" in answer.content.decode()
    assert not Decision.objects.exists()


# -- calibration and flow -----------------------------------------------------------------------


def test_a_round_is_begun_shown_only_when_over_and_says_how_far_all_agreed(world):
    records = kit.imported(world.ada, 4)
    assert "No round has been begun" in world.get("Ben", "rounds", ABSTRACT)
    assert "At least one record" in world.post("Ada", "round_begin", ABSTRACT, status=422, size="0")
    world.post("Ada", "round_begin", ABSTRACT, size="4")
    row = world.ada.review.rounds.get()
    for each in records:
        kit.decide(each, (world.ada, INCLUDE))
    kit.decide(records[0], (world.ben, EXCLUDE))
    shown = world.get("Ben", "round", ABSTRACT, row.id)
    assert "under way" in shown
    assert records[0].title not in shown
    for each in records[1:]:
        kit.decide(each, (world.ben, INCLUDE))
    assert "under way" not in world.get("Ben", "rounds", ABSTRACT)
    shown = world.get("Ben", "round", ABSTRACT, row.id)
    for words in (
        "All agreed on 3 of 4 records", "75.0%", "30.1% to 95.4%", "Cohen&#39;s kappa", "0.00",
        "Gwet&#39;s AC1", "look at AC1",
    ):  # fmt: skip
        assert words in shown, words
    assert "Each two" not in shown
    assert records[0].title in shown
    assert world.browsers["Ada"].get(world.at("round", FULL_TEXT, row.id)).status_code == 404


def test_a_rounds_figures_are_a_file_once_all_have_decided_and_then_what_one_decided_stays(world):
    one = kit.imported(world.ada, 1)[0]
    row = rounds.begin(world.ada, ABSTRACT, 1)
    deciding.decide(world.ada, kit.at(one), INCLUDE)
    ada, there = world.browsers["Ada"], world.at("round_agreement", ABSTRACT, row.id)
    early = ada.get(there)
    assert early.status_code == 409
    assert "This round is under way" in early.content.decode()
    deciding.decide(world.ben, kit.at(one), INCLUDE)
    answer = ada.get(there)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="calibration-abstract-round-1.csv"' in answer["Content-Disposition"]
    assert "Everyone,Gwet's AC1" in answer.content.decode()
    assert "would not be blind" in world.post("Ada", "undo", ABSTRACT, one.id, status=409)
    assert "cannot be estimated" in world.get("Ben", "round", ABSTRACT, row.id)
    assert ada.get(world.at("round_agreement", FULL_TEXT, row.id)).status_code == 404


def test_a_rounds_figures_are_there_for_members_of_today_alone(world):
    kit.imported(world.ada, 1)
    row = rounds.begin(world.ada, ABSTRACT, 1)
    there = world.at("round_agreement", ABSTRACT, row.id)
    assert world.browsers["Eve"].get(there).status_code == 404
    reviews.end_member(world.ada, world.ben)
    assert world.browsers["Ben"].get(there).status_code == 404


def test_a_round_that_cannot_be_begun_says_why(world):
    assert "no record left" in world.post("Ada", "round_begin", ABSTRACT, status=409, size="4")


def test_the_flow_counts_itself(world):
    criteria.add(world.ada, EXCLUDE, "About animals")
    ada, ben = world.ada, world.ben
    records = kit.imported(ada, 7)
    for each in (*records[:3], records[5]):
        kit.decide(each, (ada, INCLUDE), (ben, INCLUDE))
    kit.decide(records[3], (ada, EXCLUDE), (ben, EXCLUDE))
    kit.decide(records[4], (ada, EXCLUDE), (ben, INCLUDE))
    animals = list(Criterion.objects.all())
    for member in (ada, ben):
        deciding.decide(member, kit.at(records[0], FULL_TEXT), INCLUDE)
        deciding.decide(member, kit.at(records[1], FULL_TEXT), EXCLUDE, reasons=animals)
        deciding.decide(member, kit.at(records[5], FULL_TEXT), EXCLUDE)
    kit.decide(records[2], (ada, INCLUDE), (ben, EXCLUDE), stage=FULL_TEXT)
    deciding.resolve(ada, kit.at(records[2], FULL_TEXT), EXCLUDE, reasons=animals)
    shown = re.sub(r"<[^>]+>", " ", world.get("Ada", "flow"))
    shown = re.sub(r"\s+", " ", shown)
    for words in (
        "From databases 7", "Records screened 5", "Records excluded 1",
        "Records still to be screened 1", "Records to be settled 1", "Reports sought 4",
        "Reports assessed 4", "Reports excluded 3",
        "Excluded: 1. About animals 2", "Excluded: No criterion named 1",
        "Excluded by criterion 1 2",
        "Reports included 1", "Duplicates removed before screening not reported",
        "Not finished: 2 records still to be decided",
    ):  # fmt: skip
        assert words in shown, words
    assert "do not agree with each other: Search 1 said it found 12, and 7 of its" in shown


FILES = {
    "svg": (b"<svg ", "image/svg+xml"),
    "narrow": (b"<svg ", "image/svg+xml"),
    "png": (b"\x89PNG", "image/png"),
    "pdf": (b"%PDF-", "application/pdf"),
    "docx": (b"PK", "application/vnd.openxmlformats"),
    "csv": (b"data,", "text/csv"),
}


@pytest.mark.parametrize("kind", FILES)
def test_the_flow_is_a_file_for_members_of_today_alone(world, kind):
    there = world.at(f"flow_{kind}")
    early = world.browsers["Ada"].get(there)
    assert early.status_code == 409
    assert "Nothing has been counted" in early.content.decode()
    kit.imported(world.ada, 2)
    answer = world.browsers["Ben"].get(there)
    begins, type_ = FILES[kind]
    assert answer.content.startswith(begins)
    assert answer["Content-Type"].startswith(type_)
    assert answer["Content-Disposition"].startswith('attachment; filename="flow')
    reviews.end_member(world.ada, world.ben)
    for name in ("Ben", "Eve"):
        assert world.browsers[name].get(there).status_code == 404


def test_whoever_takes_the_flow_as_a_file_is_no_longer_blind(world):
    one = kit.imported(world.ada, 1)[0]
    kit.decide(one, (world.ada, INCLUDE), (world.ben, INCLUDE))
    world.browsers["Ada"].get(world.at("flow_csv"))
    assert "would not be blind" in world.post("Ada", "undo", ABSTRACT, one.id, status=409)


def test_the_flow_page_shows_a_picture_for_each_width_once_something_is_counted(world):
    assert "Nothing has been counted yet" in world.get("Ada", "flow")
    assert "<picture" not in world.get("Ada", "flow")
    kit.imported(world.ada, 2)
    shown = world.get("Ada", "flow")
    assert f'srcset="{world.at("flow_narrow")}"' in shown
    assert f'src="{world.at("flow_svg")}"' in shown


def test_rounds_begun_by_chance_can_be_told_from_their_seed(world):
    kit.imported(world.ada, 4)
    assert rounds.begin(world.ada, ABSTRACT, 2).seed < 2**32


# -- duplicates ---------------------------------------------------------------------------------


def test_duplicates_are_looked_for_on_request_and_a_merge_is_undone(world):
    assert "Nothing is merged" in world.get("Ada", "duplicates")
    one, two = kit.imported(world.ada, 2)
    assert "among 2 new records" in world.get("Ada", "duplicates")
    world.post("Ada", "duplicates_look")
    assert "being looked through" in world.get("Ben", "duplicates")
    Look.objects.update(stage=rules.LOOK_FAILED)
    assert "Nothing was merged by half" in world.get("Ben", "duplicates")
    Look.objects.update(stage=rules.LOOK_DONE)
    pair = kit.pair(one, two, rules.SAME)
    shown = world.get("Ada", "duplicates")
    assert "By itself" in shown
    assert "Why: titles alike." in shown
    assert "set aside" in world.get("Ben", "screen_one", ABSTRACT, two.id)
    world.post("Ada", "pair_undo", pair.id)
    assert "undone already" in world.post("Ada", "pair_undo", pair.id, status=409)
    for show in ("apart", "versions", "nonsense"):
        answer = world.browsers["Ada"].get(world.at("duplicates") + f"?show={show}")
        assert ("By Ada" in answer.content.decode()) == (show == "apart")


def test_a_pair_is_shown_side_by_side_answered_and_skipped(world):
    one, two, three = kit.imported(world.ada, 3)
    Record.objects.filter(id=two.id).update(title="Record 1 and more", doi="10.1/x", year=None)
    first, second = kit.pair(one, two, rules.ASKED), kit.pair(two, three, rules.ASKED)
    shown = world.get("Ada", "pairs")
    for words in (
        "Same report",
        "Not the same",
        "Versions of one work",
        "differs",
        "only one says",
    ):
        assert words in shown
    assert "<mark>" in shown
    assert "Choose one of the answers" in world.post("Ada", "pair", first.id, status=422)
    skipped = world.browsers["Ada"].get(world.at("pairs") + "?skip=2").content.decode()
    assert "You skipped 2 pairs" in skipped
    at = world.post("Ada", "pair", first.id, says="apart")
    assert at.endswith("/pairs/?skip=0")
    world.post("Ben", "pair", first.id, says="same")  # Ada was first: said, and nothing changed
    assert "Something else holds by now" in world.get("Ben", "pair", first.id)
    world.post("Ben", "pair", second.id, says="same")
    assert "No pair waits for a person" in world.get("Ada", "pairs")


def test_a_pair_of_another_review_is_not_there(world):
    other = kit.review("Zed", "Yan")[0]
    pair = kit.pair(*kit.imported(other, 2), rules.ASKED)
    for name, method in (("pair", "get"), ("pair", "post"), ("pair_undo", "post")):
        answer = getattr(world.browsers["Ada"], method)(world.at(name, pair.id), {"says": "same"})
        assert answer.status_code == 404


def test_strangers_and_former_members_find_no_duplicates(world):
    pair = kit.pair(*kit.imported(world.ada, 2), rules.ASKED)
    reviews.end_member(world.ada, world.ben)
    for who in ("Eve", "Ben"):
        for name, more in (("duplicates", ()), ("pairs", ()), ("pair", (pair.id,))):
            assert world.browsers[who].get(world.at(name, *more)).status_code == 404
        for name, more in (
            ("duplicates_look", ()),
            ("pair", (pair.id,)),
            ("pair_undo", (pair.id,)),
        ):
            sent = {"says": "same"}
            assert world.browsers[who].post(world.at(name, *more), sent).status_code == 404
        at = world.at("record_show", pair.first_id)
        assert world.browsers[who].post(at, {"field": "title", "number": "1"}).status_code == 404
    assert Pair.objects.get().holds == rules.ASKED


def test_a_records_page_shows_every_value_of_its_report_and_which_one_is_shown_can_be_chosen(world):
    one, two = kit.imported(world.ada, 2)
    Record.objects.filter(id=two.id).update(abstract="What people said, at length.", language="en")
    kit.decide(two, (world.ada, INCLUDE), (world.ben, INCLUDE))
    kit.pair(one, two, rules.SAME)
    shown = world.get("Ada", "record", one.id)
    for words in ("Records of this report", "Set aside", "as the best", "Record 2, Title and abs"):
        assert words in shown
    assert "at length" in world.get("Ada", "screen_one", FULL_TEXT, two.id)
    world.post("Ada", "record_show", one.id, field="abstract", number="1")
    assert "as someone chose" in world.get("Ben", "record", two.id)
    assert "at length" not in world.get("Ada", "screen_one", FULL_TEXT, two.id)
    world.post("Ada", "record_show", one.id, field="abstract", number="0")
    assert "as someone chose" not in world.get("Ben", "record", two.id)
    assert Trail.objects.filter(did="shown value chosen").count() == 2
    for field, number in (("abstract", "7"), ("abstract", "x"), ("raw", "1")):
        world.post("Ada", "record_show", one.id, field=field, number=number, status=409)
    lone = kit.imported(world.ada, 1)[0]
    assert "not merged with another" in world.post("Ada", "record_show", lone.id, status=409)
    assert Record.objects.get(id=one.id).abstract == one.abstract
