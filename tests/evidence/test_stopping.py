"""When to stop: what the rule and the audit say, when they say nothing, stopping and going on."""

import pytest

from firsthand.access.refused import Refused
from firsthand.evidence import diagram, flow, rules, screening, stopping
from firsthand.evidence.actions import ordering, rounds
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.actions import stopping as actions
from firsthand.evidence.models import Audit, AuditRecord, Plan, Screening, Stop, Trail
from firsthand.evidence.rules import ABSTRACT, CHANCE, EXCLUDE, FULL_TEXT, INCLUDE, LEARNED
from firsthand.methods.screening import curve
from firsthand.methods.screening.audit import bounds
from firsthand.methods.screening.stopping import look
from tests.evidence import kit
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def ada():
    return kit.review("Ada", each=1)[0]


def read(by, count, included=()):
    """Decide the next records, in the order they come; those at `included` places are included."""
    for place in range(1, count + 1):
        row = screening.next_for(by, ABSTRACT)
        deciding.decide(by, row, INCLUDE if place in included else EXCLUDE)


def ruled(by):
    row = by.review
    order = stopping.Ordering.objects.filter(ended_at=None).first()
    return stopping.ruled(stopping.plan(row, ABSTRACT), order, stopping.reading(row, ABSTRACT))


def audited(by):
    row = by.review
    return stopping.audited(
        stopping.audit(row, ABSTRACT), stopping.plan(row, ABSTRACT), stopping.reading(row, ABSTRACT)
    )


# -- what counts as read --------------------------------------------------------------------------


def test_a_record_counts_as_read_once_it_is_settled_and_in_that_order():
    ada, ben = kit.review("Ada", "Ben")
    one, two, three, four = kit.imported(ada, 4)
    kit.decide(one, (ada, INCLUDE), (ben, EXCLUDE))
    kit.decide(two, (ada, EXCLUDE), (ben, EXCLUDE))
    kit.decide(three, (ada, INCLUDE))
    now = stopping.reading(ada.review, ABSTRACT)
    assert (now.total, now.labels, now.unread) == (4, (0,), 3)
    deciding.resolve(ada, kit.at(one), INCLUDE)
    assert stopping.reading(ada.review, ABSTRACT).labels == (0, 1)
    deciding.undo(ben, kit.at(two))
    assert stopping.reading(ada.review, ABSTRACT).labels == (1,)
    assert kit.at(two).settled_at is None
    kit.pair(one, four, rules.SAME)
    assert stopping.reading(ada.review, ABSTRACT).total == 3


# -- the rule -------------------------------------------------------------------------------------


def test_the_rule_says_nothing_where_nothing_was_aimed_at_or_the_order_does_not_stand(ada):
    kit.imported(ada, 40)
    assert ruled(ada).not_because == stopping.NO_PLAN
    actions.aim(ada, ABSTRACT, 95, 95, 4)
    assert ruled(ada).not_because == stopping.IN_ORDER_OF_IMPORT
    ordering.choose(ada, ABSTRACT, CHANCE)
    assert ruled(ada).not_because == stopping.ORDER_CHANGED
    actions.aim(ada, ABSTRACT, 95, 95, 4)
    assert not ruled(ada).not_because
    kit.imported(ada, 1)
    assert ruled(ada).not_because == stopping.RECORDS_CHANGED


def test_looks_are_taken_where_the_aim_said_and_give_the_published_p_corrected(ada):
    kit.imported(ada, 60)
    ordering.choose(ada, ABSTRACT, CHANCE)
    row = actions.aim(ada, ABSTRACT, 80, 90, 4)
    assert (row.every, row.begun, row.total) == (15, 0, 60)
    read(ada, 14, included=(1, 2, 3))
    found = ruled(ada)
    assert (found.look, found.next, found.met) == (None, 1, False)
    read(ada, 20)
    found = ruled(ada)
    labels = [1, 1, 1] + [0] * 27
    assert found.look == look(60, labels, 0.8, [15, 30])
    assert found.next == 11


def test_the_rule_is_met_once_nothing_can_be_missed_any_more_and_the_price_said_so(ada):
    kit.imported(ada, 60)
    ordering.choose(ada, ABSTRACT, CHANCE)
    actions.aim(ada, ABSTRACT, 50, 80, 6)
    read(ada, 20, included=(1, 2, 3, 4, 5, 6, 7, 8))
    price = ruled(ada).price
    read(ada, price - 1)
    assert not ruled(ada).met
    read(ada, 1)
    found = ruled(ada)
    assert (found.met, found.price, found.next) == (True, None, None)


def test_an_aim_written_down_late_takes_no_sample_from_what_was_read_before(ada):
    kit.imported(ada, 40)
    read(ada, 10, included=(1,))
    ordering.choose(ada, ABSTRACT, CHANCE)
    row = actions.aim(ada, ABSTRACT, 95, 95, 3)
    assert (row.begun, row.every) == (10, 10)
    read(ada, 10)
    assert ruled(ada).look == look(40, [1] + [0] * 19, 0.95, [20], begin=10)


def test_samples_do_not_begin_before_what_was_aimed_at():
    labels = [0] * 30 + [1] * 5 + [0] * 15
    assert look(100, labels, 0.9, [50], begin=35).p != look(100, labels, 0.9, [50]).p
    with pytest.raises(ValueError, match="Looks must rise"):
        look(100, labels, 0.9, [50], begin=50)


def test_an_aim_is_kept_with_its_date_and_a_new_one_ends_it(ada):
    kit.imported(ada, 3)
    actions.aim(ada, ABSTRACT, 95, 95, 10)
    actions.aim(ada, ABSTRACT, 90, 95, 10)
    assert [row.ended_at is None for row in Plan.objects.order_by("at")] == [False, True]
    assert Trail.objects.filter(did="aim of screening written down").count() == 2
    read(ada, 3)
    with pytest.raises(Refused, match="nothing left to read"):
        actions.aim(ada, ABSTRACT, 95, 95, 10)


# -- the audit ------------------------------------------------------------------------------------


def test_what_is_drawn_comes_first_and_the_same_seed_draws_the_same():
    drawn = []
    for name in ("Ada", "Eve"):
        owner = kit.review(name, each=1)[0]
        kit.imported(owner, 40)
        run = actions.draw(owner, ABSTRACT, 5, seed=3)
        drawn.append(list(run.draws.values_list("screening__number", flat=True)))
        assert kit.next_number(owner) in drawn[-1]
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == 5


def test_drawing_more_goes_on_with_the_same_audit_and_draws_nothing_twice(ada):
    kit.imported(ada, 20)
    read(ada, 4, included=(1,))
    actions.draw(ada, ABSTRACT, 6, seed=3)
    read(ada, 3)
    run = actions.draw(ada, ABSTRACT, 50)
    assert (run.number, run.population, run.before) == (1, 16, 1)
    assert sorted(run.draws.values_list("place", flat=True)) == list(range(1, 17))
    assert AuditRecord.objects.values("screening").distinct().count() == 16
    with pytest.raises(Refused, match="has been drawn"):
        actions.draw(ada, ABSTRACT, 1)


def test_only_draws_up_to_the_first_that_is_not_settled_count(ada):
    kit.imported(ada, 40)
    run = actions.draw(ada, ABSTRACT, 4, seed=3)
    rows = [each.screening for each in run.draws.order_by("place")]
    for at, choice in ((0, EXCLUDE), (1, INCLUDE), (3, INCLUDE)):
        deciding.decide(ada, rows[at], choice)
    found = audited(ada)
    assert (found.size, found.drawn, found.hits) == (4, 2, 1)
    low, high = bounds(40, 2, 1, found.sure / 100)
    assert (found.said.left_low, found.said.left_high) == (max(low, 2) - 2, high - 2)


def test_all_audits_together_spend_the_doubt_of_one(ada):
    kit.imported(ada, 10)
    actions.draw(ada, ABSTRACT, 2)
    assert audited(ada).sure == pytest.approx(97.5)
    kit.imported(ada, 1)
    assert audited(ada).not_because == stopping.RECORDS_CHANGED
    assert actions.draw(ada, ABSTRACT, 2).number == 2
    assert audited(ada).sure == pytest.approx(100 - 5 / 6)
    assert Audit.objects.filter(ended_at=None).count() == 1


def test_an_audit_does_not_hold_when_what_was_settled_before_is_taken_back(ada):
    record = kit.imported(ada, 10)[0]
    read(ada, 1)
    actions.draw(ada, ABSTRACT, 2)
    deciding.undo(ada, kit.at(record))
    assert audited(ada).not_because == stopping.TAKEN_BACK


def test_everything_drawn_and_read_certifies_and_the_price_was_true(ada):
    kit.imported(ada, 60)
    read(ada, 10, included=range(1, 11))
    actions.aim(ada, ABSTRACT, 80, 80, 3)
    actions.draw(ada, ABSTRACT, 1, seed=1)
    read(ada, 1)
    price = audited(ada).price
    actions.draw(ada, ABSTRACT, price)
    read(ada, price - 1)
    assert not audited(ada).met
    read(ada, 1)
    found = audited(ada)
    assert (found.met, found.price) == (True, None)
    assert found.said.recall >= 0.8


def test_nothing_is_drawn_when_nothing_is_left(ada):
    kit.imported(ada, 1)
    read(ada, 1)
    with pytest.raises(Refused, match="nothing left to read"):
        actions.draw(ada, ABSTRACT, 1)


# -- stopping and going on ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "counted"), [(LEARNED, (7, None)), (CHANCE, (None, 7)), (None, (None, 7))]
)
def test_what_is_left_unread_is_counted_as_prisma_asks_and_never_as_excluded(ada, how, counted):
    kit.imported(ada, 10)
    if how:
        ordering.choose(ada, ABSTRACT, how)
    read(ada, 3, included=(1,))
    actions.stop(ada, ABSTRACT, "Next to nothing is left.")
    way = diagram.diagram(ada.review, flow.flow(ada.review)).databases
    assert (way.automation, way.other_reasons) == counted
    assert (way.screened, way.excluded, way.waiting) == (3, 2, None)
    assert kit.next_number(ada) is None
    actions.go_on(ada, ABSTRACT)
    actions.go_on(ada, ABSTRACT)  # pressed twice
    way = diagram.diagram(ada.review, flow.flow(ada.review)).databases
    assert (way.automation, way.other_reasons, way.waiting) == (None, None, 7)
    assert kit.next_number(ada)
    done = list(Trail.objects.filter(did__startswith="screening").order_by("at"))
    assert [line.did for line in done] == ["screening stopped", "screening goes on"]
    assert done[0].about["left_unread"] == 7


def test_what_was_begun_is_finished_after_stopping_and_new_records_are_screened():
    ada, ben = kit.review("Ada", "Ben")
    records = kit.imported(ada, 3)
    kit.decide(records[2], (ada, INCLUDE))
    actions.stop(ada, ABSTRACT, "Enough.")
    assert kit.next_number(ada) is None
    assert kit.next_number(ben) == 3
    kit.imported(ada, 1)
    assert kit.next_number(ada) == 4
    assert stopping.not_screened(ada.review, ABSTRACT) == 2


def test_stopping_is_refused_where_it_makes_no_sense():
    ada, ben = kit.review("Ada", "Ben")
    with pytest.raises(Refused, match="no record left"):
        actions.stop(ada, ABSTRACT, "Enough.")
    records = kit.imported(ada, 3)
    with pytest.raises(Refused, match="sought in full is read"):
        actions.stop(ada, FULL_TEXT, "Enough.")
    rounds.begin(ada, ABSTRACT, 1, seed=1)
    with pytest.raises(Refused, match="calibration round"):
        actions.stop(ada, ABSTRACT, "Enough.")
    for each in records[:2]:
        kit.decide(each, (ada, EXCLUDE), (ben, EXCLUDE))
    row = Screening.objects.filter(round__isnull=False).get().record
    if kit.at(row).state == rules.UNSEEN:
        kit.decide(row, (ada, EXCLUDE), (ben, EXCLUDE))
        kit.imported(ada, 1)
    actions.stop(ada, ABSTRACT, "Enough.")
    with pytest.raises(Refused, match="stopped here already"):
        actions.stop(ada, ABSTRACT, "Enough.")


def test_what_came_after_a_stop_can_be_left_too_and_going_on_brings_all_of_it_back():
    ada = kit.review("Ada", each=1)[0]
    kit.imported(ada, 4)
    read(ada, 1)
    first = actions.stop(ada, ABSTRACT, "Enough for now.")
    kit.imported(ada, 3)
    assert stopping.unseen(ada.review, ABSTRACT) == 3
    read(ada, 1)
    second = actions.stop(ada, ABSTRACT, "Enough in the update too.")
    assert (first.unread, second.unread) == (3, 5)
    assert [each.reason for each in Stop.objects.filter(ended_at=None)] == [second.reason]
    assert Stop.objects.count() == 2
    assert Trail.objects.filter(did="screening stopped").count() == 2
    assert stopping.not_screened(ada.review, ABSTRACT) == 5
    assert stopping.not_screened(ada.review, ABSTRACT, number__lte=4) == 3
    assert screening.next_for(ada, ABSTRACT) is None
    actions.go_on(ada, ABSTRACT)
    assert stopping.unseen(ada.review, ABSTRACT) == 5


# -- the curve ------------------------------------------------------------------------------------


def test_the_curve_has_the_first_and_the_last_record_and_rises():
    assert curve.points([1, 0, 1]) == ((0, 0), (1, 1), (2, 1), (3, 2))
    many = curve.points([1] * 1000, 10)
    assert (many[0], many[-1], len(many)) == ((0, 0), (1000, 1000), 11)
    assert curve.points([]) == ((0, 0),)


def test_a_curve_is_drawn_with_its_name_and_words_escaped():
    svg = curve.drawn(curve.points([1, 0]), "Found & left", "1 of <2>")
    assert "<title>Found &amp; left</title><desc>1 of &lt;2&gt;</desc>" in svg
    assert "52.0,204.0" in svg
    assert "nan" not in curve.drawn(curve.points([0, 0]), "None", "none")
    with pytest.raises(ValueError, match="no curve"):
        curve.drawn(curve.points([]), "", "")


# -- the pages ------------------------------------------------------------------------------------


@pytest.fixture
def world():
    return World()


def test_the_page_of_stopping_says_what_is_known_and_never_that_one_may_stop(world):
    shown = world.get("Ben", "stopping", ABSTRACT)
    for words in (
        "Nothing is settled yet",
        "This is not known",
        stopping.NO_PLAN,
        "has grown flat",
    ):
        assert (words in shown) is (words != "has grown flat")
    assert world.browsers["Ben"].get(world.at("stopping_curve", ABSTRACT)).status_code == 409
    records = kit.imported(world.ada, 12)
    world.post("Ada", "order", ABSTRACT, how=CHANCE)
    world.post("Ada", "stopping_plan", ABSTRACT, recall="90", sure="80", looks="2")
    world.post("Ada", "stopping_audit", ABSTRACT, size="4")
    for each in records:
        kit.decide(each, (world.ada, INCLUDE), (world.ben, INCLUDE))
    shown = world.get("Ben", "stopping", ABSTRACT)
    for words in ("To find <strong>90%</strong>", "At the last look", "At least <strong>100.0%",
                  "Takes for granted", "has grown flat", "What was found so far"):  # fmt: skip
        assert words in shown, words
    assert "you can stop" not in shown.lower()
    drawn = world.browsers["Ben"].get(world.at("stopping_curve", ABSTRACT))
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/svg+xml")
    assert "sought in full is read" in world.get("Ben", "stopping", FULL_TEXT)


def test_the_page_says_what_it_costs_before_the_aim_is_reached(world):
    kit.imported(world.ada, 30)
    world.post("Ada", "order", ABSTRACT, how=CHANCE)
    world.post("Ada", "stopping_plan", ABSTRACT, recall="90", sure="80", looks="2")
    world.post("Ada", "stopping_audit", ABSTRACT, size="4")
    shown = world.get("Ada", "stopping", ABSTRACT)
    assert shown.count("What it costs:") == 2
    assert "No look was due yet" in shown


def test_seeing_what_was_found_keeps_ones_own_decisions(world):
    record = kit.imported(world.ada, 1)[0]
    kit.decide(record, (world.ada, INCLUDE), (world.ben, INCLUDE))
    world.get("Ada", "stopping", ABSTRACT)
    assert "would not be blind" in world.post("Ada", "undo", ABSTRACT, record.id, status=409)


def test_an_owner_stops_with_a_reason_and_goes_on(world):
    kit.imported(world.ada, 3)
    assert "Say why you stop" in world.post("Ada", "stop", ABSTRACT, status=422, reason=" ")
    assert "3 records" in world.get("Ada", "stop", ABSTRACT)
    world.post("Ada", "stop", ABSTRACT, reason="Next to nothing is left")
    for name, more in (("stopping", (ABSTRACT,)), ("screen", (ABSTRACT,)), ("history", ())):
        assert "Next to nothing is left" in world.get("Ben", name, *more)
    assert "screening stopped before they were read" in world.get("Ben", "flow")
    assert "Go on screening" not in world.get("Ben", "stopping", ABSTRACT)
    world.post("Ada", "go_on", ABSTRACT)
    assert Stop.objects.get().ended_at
    assert "Stop screening here" in world.get("Ada", "stopping", ABSTRACT)


@pytest.mark.parametrize("name", ["stopping_plan", "stopping_audit", "stop", "go_on"])
def test_only_an_owner_aims_draws_stops_and_goes_on(world, name):
    kit.imported(world.ada, 3)
    sent = {"recall": "95", "sure": "95", "looks": "3", "size": "2", "reason": "Enough"}
    for who in ("Ben", "Eve"):
        assert world.browsers[who].post(world.at(name, ABSTRACT), sent).status_code == 404
    assert not any(each.objects.exists() for each in (Plan, Audit, Stop))


def test_a_stranger_sees_nothing_of_it(world):
    for name in ("stopping", "stopping_curve"):
        assert world.browsers["Eve"].get(world.at(name, ABSTRACT)).status_code == 404
        assert world.browsers["Ada"].get(world.at(name, "hearsay")).status_code == 404


@pytest.mark.parametrize("typed", ["", "many", "0", "100000", "1.5"])
def test_numbers_that_cannot_be_are_asked_for_again_and_what_was_typed_stays(world, typed):
    kit.imported(world.ada, 3)
    said = world.post("Ada", "stopping_audit", ABSTRACT, status=422, size=typed)
    assert "Write a whole number from 1 to 2000" in said
    said = world.post(
        "Ada", "stopping_plan", ABSTRACT, status=422, recall=typed, sure="95", looks="7"
    )
    assert "Write a whole number from 50 to 100" in said
    assert 'value="7"' in said
    assert not Plan.objects.exists()
