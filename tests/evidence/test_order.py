"""In which order records come: as imported, by chance, or learned from what was settled."""

import pytest
from django_tasks_db.models import DBTaskResult

from firsthand.config import chores
from firsthand.evidence import ordering, ranking, rules, screening
from firsthand.evidence.actions import ordering as actions
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.models import Ordering, Ranked, Record, Screening, Trail
from firsthand.evidence.rules import ABSTRACT, CHANCE, EXCLUDE, IMPORTED, INCLUDE, LEARNED
from tests.evidence import kit

pytestmark = pytest.mark.django_db

CARE = "Direct payments and personal assistants in social care: what disabled people say"
BEES = "Pollen stores of bees in mountain meadows after wet summers"
TIDES = "Tides along a stony coast measured by floating gauges"
KINDS = (BEES, CARE, TIDES)


@pytest.fixture(autouse=True)
def nothing_in_memory():
    ranking.forget()
    yield
    ranking.forget()


def work():
    """Do the jobs that wait, as the worker does, within the test's transaction."""
    while row := DBTaskResult.objects.ready().first():
        row.delete()
        actions.rank.call(*row.args_kwargs["args"])


def mixed(by, count=21):
    """Records of three made-up kinds in turn: no word is in more than half of them."""
    records = kit.imported(by, count)
    for place, each in enumerate(records):
        each.title = f"{KINDS[place % 3]}, part {place}"
        each.abstract = ""
        each.save()
    return records


def is_care(number):
    return KINDS[(number - 1) % 3] == CARE


def is_bees(number):
    return KINDS[(number - 1) % 3] == BEES


def upcoming(member, count, stage=ABSTRACT):
    """The numbers of the next records, each skipped in turn."""
    past = []
    while len(past) < count and (row := screening.next_for(member, stage, past=past)):
        past.append(row.number)
    return past


@pytest.fixture
def ada():
    return kit.review("Ada", each=1, question="How do bees live?")[0]


# -- three equal choices ------------------------------------------------------------------------


def test_where_nobody_chose_records_come_as_they_were_imported(ada):
    kit.imported(ada, 3)
    assert ordering.how(ordering.current(ada.review, ABSTRACT)) == IMPORTED
    assert kit.next_number(ada) == 1


def test_by_chance_the_order_is_the_same_each_time_and_for_everyone_and_no_record_is_left_out():
    ada, ben = kit.review("Ada", "Ben")
    kit.imported(ada, 30)
    actions.choose(ada, ABSTRACT, CHANCE)
    seen = {}
    for member in (ada, ben):
        at, numbers = 0, []
        while (row := screening.next_for(member, ABSTRACT, at)).number not in numbers:
            at = row.number
            numbers.append(at)
        seen[member] = numbers
    assert seen[ada] == seen[ben]
    assert sorted(seen[ada]) == list(range(1, 31)) != seen[ada]


def test_a_choice_is_a_line_in_the_trail_and_can_be_taken_back_at_any_time(ada):
    records = mixed(ada)
    kit.decide(records[3], (ada, INCLUDE))
    actions.choose(ada, ABSTRACT, LEARNED)
    actions.choose(ada, ABSTRACT, LEARNED)  # pressed twice
    work()
    actions.choose(ada, ABSTRACT, IMPORTED)
    lines = Trail.objects.filter(did="order changed").order_by("at")
    assert [(line.by, line.about["now"]) for line in lines] == [
        (ada.user, rules.ORDERS[LEARNED]), (ada.user, rules.ORDERS[IMPORTED]),
    ]  # fmt: skip
    assert not Ranked.objects.exists()
    assert kit.next_number(ada) == 1
    assert kit.at(records[3]).state == rules.INCLUDED


def test_the_order_of_one_stage_is_not_that_of_another(ada):
    actions.choose(ada, ABSTRACT, CHANCE)
    assert ordering.current(ada.review, rules.FULL_TEXT) is None


# -- learned ------------------------------------------------------------------------------------


def test_what_is_like_the_included_ones_comes_first(ada):
    records = mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    kit.decide(records[1], (ada, INCLUDE))
    kit.decide(records[0], (ada, EXCLUDE))
    kit.decide(records[2], (ada, EXCLUDE))
    work()
    assert all(map(is_care, upcoming(ada, 6)))
    order = Ordering.objects.get()
    assert (order.learned, order.trouble, order.asked_at) == (3, "", None)


def test_before_anything_is_decided_the_question_says_what_comes_first(ada):
    mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    work()
    assert all(map(is_bees, upcoming(ada, 7)))


def test_each_settled_record_is_learned_from_in_the_background_and_taking_back_is_too(ada):
    records = mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    work()
    for at in (1, 4):
        kit.decide(records[at], (ada, INCLUDE))
    for at in (0, 2):
        kit.decide(records[at], (ada, EXCLUDE))
    assert DBTaskResult.objects.ready().count() == 1  # asked for once, however much was settled
    work()
    assert is_care(upcoming(ada, 1)[0])
    for at in (1, 4, 0, 2):
        deciding.undo(ada, kit.at(records[at]))
    work()
    assert Ordering.objects.get().learned == 0
    assert is_bees(upcoming(ada, 1)[0])


def test_every_record_comes_even_when_only_a_few_are_ranked(ada, monkeypatch):
    monkeypatch.setattr(ranking, "TOP", 3)
    mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    work()
    assert Ranked.objects.count() == 3
    assert sorted(upcoming(ada, 21)) == list(range(1, 22))


def test_without_a_worker_records_come_as_they_were_imported(ada):
    mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    assert upcoming(ada, 3) == [1, 2, 3]


def test_what_was_skipped_comes_again_when_nothing_else_is_left(ada):
    kit.imported(ada, 2)
    actions.choose(ada, ABSTRACT, LEARNED)
    assert screening.next_for(ada, ABSTRACT, past=[1, 2]).number == 1


def test_new_records_are_ranked_with_the_others(ada):
    records = mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    kit.decide(records[1], (ada, INCLUDE))
    work()
    new = kit.imported(ada, 1)[0]
    Record.objects.filter(id=new.id).update(title=CARE)
    actions.ask(ada.review_id)
    work()
    assert new.number in upcoming(ada, 7)


def test_a_question_put_anew_is_started_from(ada):
    mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    work()
    ada.review.question = "What do disabled people say of personal assistants?"
    ada.review.save()
    actions.ask(ada.review_id)
    work()
    assert is_care(upcoming(ada, 1)[0])


def test_a_record_set_aside_as_a_duplicate_leaves_the_order(ada):
    records = mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    work()
    kit.pair(records[0], records[3], rules.SAME)
    assert 4 not in upcoming(ada, 21)
    actions.ask(ada.review_id)
    work()
    assert not Ranked.objects.filter(screening__stands=False).exists()


def test_the_longest_abstract_of_a_report_is_what_it_is_ranked_by(ada):
    records = mixed(ada)
    kit.pair(records[0], records[3], rules.SAME)
    aside = Screening.objects.get(stands=False).record
    Record.objects.filter(id=aside.id).update(abstract=CARE)
    actions.choose(ada, ABSTRACT, LEARNED)
    kit.decide(records[1], (ada, INCLUDE))
    kit.decide(records[2], (ada, EXCLUDE))
    work()
    standing = 1 if aside.number == 4 else 4
    others = [n for n in upcoming(ada, 21) if not is_care(n)]
    assert others[0] == standing


# -- blind --------------------------------------------------------------------------------------


def ranks(stage=ABSTRACT):
    rows = Ranked.objects.filter(screening__stage=stage).order_by("rank")
    return list(rows.values_list("screening__number", flat=True))


@pytest.mark.parametrize("choice", [INCLUDE, EXCLUDE, rules.MAYBE])
def test_what_one_reviewer_decided_has_no_part_in_the_order_before_all_have(choice):
    ada, ben = kit.review("Ada", "Ben")
    records = mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    kit.decide(records[1], (ada, INCLUDE), (ben, INCLUDE))
    kit.decide(records[0], (ada, EXCLUDE), (ben, EXCLUDE))
    work()
    before = ranks()
    whys = dict(Ranked.objects.values_list("screening__number", "why"))
    kit.decide(records[5], (ada, choice))
    assert not DBTaskResult.objects.ready().exists()  # so nobody can tell that he decided, either
    actions.ask(ada.review_id)
    work()
    assert ranks() == before
    assert dict(Ranked.objects.values_list("screening__number", "why")) == whys


def test_a_record_on_which_two_differ_is_learned_from_once_it_is_settled():
    ada, ben = kit.review("Ada", "Ben")
    records = mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    row = kit.decide(records[1], (ada, INCLUDE), (ben, EXCLUDE))
    work()
    assert Ordering.objects.get().learned == 0
    deciding.resolve(ada, row, INCLUDE)
    work()
    assert Ordering.objects.get().learned == 1


def test_who_is_ahead_of_the_others_still_has_ranked_records(monkeypatch):
    monkeypatch.setattr(ranking, "TOP", 4)
    ada, ben = kit.review("Ada", "Ben", question="How do bees live?")
    mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    work()
    for _ in range(4):
        deciding.decide(ada, screening.next_for(ada, ABSTRACT), EXCLUDE)
    actions.ask(ada.review_id)
    work()
    assert is_bees(kit.next_number(ada))
    assert kit.at(Record.objects.get(number=kit.next_number(ben))).state == rules.PARTLY


# -- several at once ----------------------------------------------------------------------------


@pytest.mark.parametrize("way", [CHANCE, LEARNED])
def test_two_who_share_the_work_are_not_given_the_same_record(way):
    ada, ben = kit.review("Ada", "Ben", each=1)
    mixed(ada)
    actions.choose(ada, ABSTRACT, way)
    work()
    decided = []
    while (rows := [screening.next_for(each, ABSTRACT) for each in (ada, ben)]) != [None, None]:
        if len(set(rows)) == 2:
            decided += [
                deciding.decide(m, r, EXCLUDE) for m, r in zip((ada, ben), rows, strict=True)
            ]
        else:  # near the end one share is through before the other
            decided.append(deciding.decide(ada, rows[0], EXCLUDE))
    assert len(decided) == 21
    assert sum(each.member == ben for each in decided) >= 8


def test_who_works_alone_of_two_is_given_every_record():
    ada, _ = kit.review("Ada", "Ben", each=1)
    mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    work()
    assert sorted(upcoming(ada, 21)) == list(range(1, 22))


def test_a_decision_while_it_is_ranked_is_kept_and_asks_for_the_next_ranking(ada, monkeypatch):
    records = mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    whys = ranking.whys

    def meanwhile(*given):
        if kit.at(records[1]).state == rules.UNSEEN:
            kit.decide(records[1], (ada, INCLUDE))
        return whys(*given)

    monkeypatch.setattr(ranking, "whys", meanwhile)
    work()
    assert kit.at(records[1]).state == rules.INCLUDED
    assert 2 not in upcoming(ada, 21)
    assert Ordering.objects.get().learned == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_ranks(ada):
    mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    chores.do_jobs()
    assert Ordering.objects.get().ranked_at


# -- what can go wrong ----------------------------------------------------------------------------


def test_records_without_a_common_word_come_as_imported_and_it_is_said(ada):
    kit.imported(ada, 2)
    for number, word in ((1, "one"), (2, "other")):
        Record.objects.filter(number=number).update(title=f"{word * 9}", abstract="")
    ada.review.question = "?"
    ada.review.save()
    actions.choose(ada, ABSTRACT, LEARNED)
    work()
    assert "share a word" in Ordering.objects.get().trouble
    assert kit.next_number(ada) == 1


def test_a_review_without_records_is_ranked_once_there_are_some(ada):
    actions.choose(ada, ABSTRACT, LEARNED)
    work()
    assert "no records" in Ordering.objects.get().trouble
    mixed(ada)
    actions.ask(ada.review_id)
    work()
    assert Ordering.objects.get().trouble == ""


def test_a_ranking_that_breaks_is_said_and_screening_goes_on(ada, monkeypatch):
    mixed(ada)
    monkeypatch.setattr(ranking, "whys", lambda *_: 1 / 0)
    actions.choose(ada, ABSTRACT, LEARNED)
    work()
    assert "Something went wrong" in Ordering.objects.get().trouble
    assert kit.next_number(ada) == 1


def test_a_ranking_whose_worker_was_killed_is_made_later(ada, monkeypatch):
    mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    DBTaskResult.objects.all().delete()
    actions.pick_up()
    assert not DBTaskResult.objects.exists()  # it may still be at work
    monkeypatch.setattr(actions, "STUCK", -actions.STUCK)
    actions.pick_up()
    work()
    assert Ordering.objects.get().ranked_at


def test_a_ranking_of_an_order_that_was_changed_meanwhile_does_nothing(ada):
    mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    actions.choose(ada, ABSTRACT, CHANCE)
    work()
    assert not Ranked.objects.exists()


def test_only_a_few_reviews_stay_in_the_workers_memory(monkeypatch):
    monkeypatch.setattr(ranking, "_HELD_MOST", 1)
    for name in ("Ada", "Ben"):
        owner = kit.review(name)[0]
        mixed(owner)
        actions.choose(owner, ABSTRACT, LEARNED)
    work()
    assert len(ranking._HELD) == 1


# -- what is set up is kept ------------------------------------------------------------------------


def told():
    return list(Ranked.objects.order_by("rank").values_list("screening__number", "rank", "why"))


def test_after_an_import_only_new_texts_are_read_and_the_order_is_that_of_a_fresh_start(
    monkeypatch,
):
    ada = kit.review("Ada", each=1)[0]
    first = mixed(ada)
    actions.choose(ada, ABSTRACT, LEARNED)
    for each in first[:5]:
        deciding.decide(ada, kit.at(each), INCLUDE if is_care(each.number) else EXCLUDE)
    work()
    later = mixed(ada, 6)
    longer = "Meadows by the coast where wardens count gulls and payments, in longer words"
    Record.objects.filter(id=later[0].id).update(abstract=longer)
    kit.pair(first[7], later[0], rules.SAME)
    read, seen = ranking.Reader.read, []
    monkeypatch.setattr(
        ranking.Reader, "read", lambda reader, text: seen.append(text) or read(reader, text)
    )
    actions.ask(ada.review_id)
    work()
    kept = told()
    assert len(seen) == 6 + 1 + 1  # the new ones, the one that was lent an abstract, the question
    assert sum(longer in text for text in seen) == 2
    ranking.forget()
    actions.ask(ada.review_id)
    work()
    assert told() == kept
