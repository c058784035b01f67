"""Charting: forms in versions, saving half-way, two windows, two people apart, settling."""

import pytest

from firsthand.access.refused import Refused
from firsthand.evidence import charting_policies, charts
from firsthand.evidence.actions import chart_forms, charting, reviews
from firsthand.evidence.models import Chart, ChartForm, ChartSave, Draw, Reconciled, Study, Trail
from firsthand.methods.charting.drawing import draw
from firsthand.methods.charting.values import DIFFERS, TEXT, UNREPORTED, Field, Passage, asked
from tests.evidence import charting_kit, kit
from tests.evidence.charting_kit import NO, YES, chart, given

pytestmark = pytest.mark.django_db


class Two:
    """Two people and a third, studies, a form."""

    def __init__(self, count=2):
        self.ada, self.ben, self.cai = kit.review("Ada", "Ben", "Cai", each=1)
        self.studies = charting_kit.placed(self.ada, count)
        self.form = charting_kit.form(self.ada)
        self.one = self.studies[0]

    def twice(self):
        """Let the first study be charted by two people."""
        Study.objects.filter(id=self.one.id).update(needed=2)
        self.one.refresh_from_db()
        return self.one

    def answers(self, study=None):
        found = {each.row.id: each for each in charts.charted(self.ada.review)}
        return found[(study or self.one).id].charted


@pytest.fixture
def two():
    return Two()


# -- the form -------------------------------------------------------------------------------------


def test_a_published_version_never_changes_and_a_change_makes_a_draft_of_the_next(two):
    before = two.form.fields
    chart_forms.change(two.ada, "f1", Field("", TEXT, "How it was done"))
    assert ChartForm.objects.get(version=1).fields == before
    draft = charts.draft(two.ada.review)
    assert (draft.version, charts.fields(draft)[0].label) == (2, "How it was done")
    assert charts.published(two.ada.review).version == 1
    chart_forms.publish(two.ada)
    assert charts.published(two.ada.review).version == 2
    assert [each.version for each in charts.versions(two.ada.review)] == [1, 2]
    with pytest.raises(Refused, match="no draft"):
        chart_forms.publish(two.ada)


def test_fields_are_moved_retired_and_used_again_and_each_step_is_in_the_trail(two):
    chart_forms.move(two.ada, "f2", -1)
    chart_forms.retire(two.ada, "f1")
    form = charts.fields(charts.draft(two.ada.review))
    assert [each.key for each in asked(form)][:2] == ["f2", "f3"]
    assert form[1].retired
    chart_forms.use_again(two.ada, "f1")
    assert not charts.fields(charts.draft(two.ada.review))[1].retired
    for did in ("moved", "retired", "used again"):
        assert Trail.objects.filter(did=f"charting field {did}").count() == 1


def test_a_field_that_was_never_published_goes_altogether(two):
    made = chart_forms.add(two.ada, Field("", TEXT, "A slip"))
    chart_forms.retire(two.ada, made.key)
    assert "A slip" not in str(charts.draft(two.ada.review).fields)
    assert Trail.objects.filter(did="charting field removed").count() == 1
    with pytest.raises(Refused):
        chart_forms.retire(two.ada, made.key)


def test_a_draft_is_thrown_away_and_the_trail_keeps_it(two):
    chart_forms.drop(two.ada)  # there is none
    chart_forms.change(two.ada, "f1", Field("", TEXT, "Other"))
    chart_forms.drop(two.ada)
    assert charts.draft(two.ada.review) is None
    assert "Other" in str(Trail.objects.get(did="charting draft dropped").about)


def test_a_form_that_asks_nothing_or_has_an_empty_group_is_not_published():
    ada = kit.review("Ada")[0]
    made = chart_forms.add(ada, Field("", TEXT, "A"))
    chart_forms.retire(ada, made.key)
    with pytest.raises(Refused, match="asks nothing"):
        chart_forms.publish(ada)
    chart_forms.add(ada, Field("", "group", "Findings"))
    with pytest.raises(Refused, match="has no fields yet"):
        chart_forms.publish(ada)


def test_a_change_that_changes_nothing_leaves_no_line(two):
    same = charts.fields(two.form)[0]
    chart_forms.change(two.ada, "f1", same)
    assert not Trail.objects.filter(did="charting field changed").exists()


# -- charting -------------------------------------------------------------------------------------


def test_a_chart_is_saved_half_way_and_finished_later(two):
    chart(two.ada, two.one, finish=False, f2=given("12"))
    assert two.answers().answers == {}  # nothing of it counts yet
    chart(two.ada, two.one, f2=given("12", Passage("Twelve people", 1, "p. 3")))
    assert two.answers()["f2"].value == "12"
    assert two.answers()["f2"].passages[0].place == "p. 3"
    assert [each.did for each in Trail.objects.filter(did__startswith="chart ").order_by("at")] == [
        "chart saved", "chart saved", "chart finished",
    ]  # fmt: skip


def test_what_is_needed_keeps_a_chart_from_being_finished_and_not_from_being_saved(two):
    saved = charting.save(two.ada, two.one, two.form, {"f2": given("3")}, 0, finish=True)
    assert saved.missing == ("f1", "f4")
    row = Chart.objects.get()
    assert (row.finished_at, row.answers["f2"]["value"]) == (None, "3")
    saved = charting.save(
        two.ada, two.one, two.form, {"f1": UNREPORTED, "f4": UNREPORTED}, 1, finish=True
    )
    assert saved.missing == ()


def test_two_windows_lose_nothing(two):
    chart(two.ada, two.one, finish=False, f2=given("1"))
    first = {"f1": given("Interviews"), "f4": given(YES), "f2": given("1"), "f3": UNREPORTED}
    charting.save(two.ada, two.one, two.form, first, 1)
    other = {"f1": given("Survey"), "f4": given(YES), "f2": given("1")}
    saved = charting.save(two.ada, two.one, two.form, other, 1)
    assert saved.clashes == ()
    row = Chart.objects.get()
    assert row.answers["f1"]["value"] == "Survey"
    assert row.answers["f3"]["state"] == "not reported"
    clash = charting.save(two.ada, two.one, two.form, {**other, "f1": given("Diary")}, 1)
    assert clash.clashes == ("f1",)
    assert clash.answers["f1"].value == "Diary"
    assert clash.theirs["f1"].value == "Survey"
    row.refresh_from_db()
    assert (row.revision, row.answers["f1"]["value"]) == (3, "Survey")
    assert ChartSave.objects.count() == 3


def test_two_windows_of_a_chart_that_was_not_begun_lose_nothing(two):
    charting.save(two.ada, two.one, two.form, {"f2": given("1")}, 0)
    saved = charting.save(two.ada, two.one, two.form, {"f1": given("x")}, 0)
    assert set(saved.answers) == {"f1", "f2"}


def test_a_save_that_changes_nothing_is_none(two):
    chart(two.ada, two.one, finish=False)
    chart(two.ada, two.one, finish=False)
    assert ChartSave.objects.count() == 1


def test_a_finished_chart_is_taken_up_again_before_it_is_changed(two):
    chart(two.ada, two.one)
    with pytest.raises(Refused, match="finished this chart"):
        chart(two.ada, two.one, f2=given("9"))
    charting.take_up(two.ada, Chart.objects.get())
    charting.take_up(two.ada, Chart.objects.get())
    assert two.answers().answers == {}
    chart(two.ada, two.one, f2=given("9"))
    assert two.answers()["f2"].value == "9"
    assert Trail.objects.filter(did="chart taken up again").count() == 1


def test_a_study_that_one_person_charts_needs_no_second(two):
    chart(two.ada, two.one, finish=False)
    with pytest.raises(Refused, match="charted by Ada already"):
        chart(two.ben, two.one)


def test_who_left_without_finishing_makes_room_for_another(two):
    chart(two.ben, two.one, finish=False)
    reviews.end_member(two.ada, two.ben)
    chart(two.cai, two.one)
    assert two.answers()["f1"].value == "Interviews"


def test_nobody_charts_with_a_draft_or_another_reviews_form(two):
    chart_forms.change(two.ada, "f1", Field("", TEXT, "Other"))
    with pytest.raises(Refused):
        charting.save(two.ada, two.one, charts.draft(two.ada.review), {}, 0)
    dan = kit.review("Dan")[0]
    with pytest.raises(Refused):
        charting.save(two.ada, two.one, charting_kit.form(dan), {}, 0)


def test_a_chart_keeps_its_version_and_a_later_one_carries_what_did_not_change(two):
    chart(two.ada, two.one, f2=given("12"), f3=UNREPORTED)
    chart_forms.change(two.ada, "f2", Field("", "number", "People asked", unit="people"))
    chart_forms.add(two.ada, Field("", TEXT, "New"))
    second = chart_forms.publish(two.ada)
    assert "f2" not in two.answers().answers
    assert two.answers()["f1"].value == "Interviews"
    begun = charts.begins_with(two.ada, two.one, second)
    assert set(begun) == {"f1", "f3", "f4"}
    charting.save(two.ada, two.one, second, {**begun, "f2": given("14")}, 0, finish=True)
    assert two.answers()["f2"].value == "14"
    assert Chart.objects.get(form=two.form).answers["f2"]["value"] == "12"


# -- two people -----------------------------------------------------------------------------------


def test_a_share_is_drawn_with_its_seed_and_can_be_drawn_again():
    two = Two(8)
    chart(two.ada, two.one)  # others may have seen this one
    row = charting.draw(two.ada, 25, seed=11)
    assert row.pool == [2, 3, 4, 5, 6, 7, 8]
    assert row.drawn == list(draw(row.pool, 25, 11))
    assert len(row.drawn) == 2
    assert set(Study.objects.filter(needed=2).values_list("number", flat=True)) == set(row.drawn)
    later = charting.draw(two.ada, 50)
    assert not set(row.drawn) & set(later.pool)
    told = Trail.objects.filter(did="studies drawn to be charted twice").first().about
    assert told["seed"] == 11
    assert Draw.objects.count() == 2


def test_drawing_needs_two_people_and_something_to_draw(two):
    for study in two.studies:
        chart(two.ada, study)
    with pytest.raises(Refused, match="no study left"):
        charting.draw(two.ada, 25)
    alone = kit.review("Dan")[0]
    with pytest.raises(Refused, match="two people"):
        charting.draw(alone, 25)


def test_nothing_is_told_before_both_have_finished_and_then_both_stay(two):
    two.twice()
    chart(two.ada, two.one, f4=given(YES))
    assert charts.opened(two.one, charts.charts_of(two.one)) is None
    assert two.answers().answers == {}
    charting.take_up(two.ada, Chart.objects.get())  # still blind
    chart(two.ada, two.one)
    chart(two.ben, two.one, f4=given(NO))
    assert two.answers()["f4"].state == DIFFERS
    assert two.answers()["f1"].value == "Interviews"
    for each in Chart.objects.all():
        with pytest.raises(Refused, match="both charts stay"):
            charting.take_up(each.member, each)
    with pytest.raises(Refused, match="Ada and Ben"):
        chart(two.cai, two.one)


def test_a_difference_is_settled_with_a_reason_by_one_of_the_two_or_an_owner(two):
    two.twice()
    chart(two.cai, two.one, f4=given(YES))
    with pytest.raises(Refused, match="once two people"):
        charting.reconcile(two.ada, two.one, two.form, "f4", given(NO), "Asked")
    chart(two.ben, two.one, f4=given(NO))
    charting.reconcile(two.ada, two.one, two.form, "f4", given(NO), "Page 4 says so")
    charting.reconcile(two.ada, two.one, two.form, "f4", given(NO), "Page 4 says so")
    assert two.answers()["f4"].value == NO
    charting.reconcile(two.ben, two.one, two.form, "f4", UNREPORTED, "Page 4 is another study")
    assert two.answers()["f4"] == UNREPORTED
    assert Reconciled.objects.count() == 2  # the first has ended and is kept
    assert [each.answers["f4"]["value"] for each in charts.charts_of(two.one)] == [YES, NO]
    with pytest.raises(Refused):
        charting.reconcile(two.ada, two.one, two.form, "nothing", UNREPORTED, "x")
    assert Trail.objects.filter(did="charts reconciled").count() == 2


def test_who_charted_neither_and_owns_nothing_settles_nothing(two):
    two.twice()
    for member in (two.ada, two.ben):
        chart(member, two.one)
    with pytest.raises(Refused):
        charting.reconcile(two.cai, two.one, two.form, "f4", given(NO), "I think so")
    dan = kit.review("Dan")[0]
    with pytest.raises(Refused):
        charting.reconcile(dan, two.one, two.form, "f4", given(NO), "I think so")


def test_two_charts_under_different_versions_are_compared_under_the_one_they_share(two):
    two.twice()
    chart(two.ada, two.one)
    chart(two.ben, two.one)
    chart_forms.add(two.ada, Field("", TEXT, "New"))
    second = chart_forms.publish(two.ada)
    charting.save(
        two.ada, two.one, second, {"f1": given("Other"), "f4": given(YES)}, 0, finish=True
    )
    assert charts.opened(two.one, charts.charts_of(two.one)).form == two.form
    newest = Chart.objects.get(form=second)
    assert charting_policies.may_take_up(newest, charts.charts_of(two.one))


def test_rows_say_what_they_are(two):
    chart(two.ada, two.one)
    row = charting.draw(two.ada, 25)
    Study.objects.filter(id=two.studies[1].id).update(needed=2)
    for member in (two.ada, two.ben):
        chart(member, two.studies[1])
    settled = charting.reconcile(two.ada, two.studies[1], two.form, "f4", given(NO), "So")
    save = ChartSave.objects.first()
    for each, said in (
        (two.form, "version 1"), (save.chart, "a chart of"), (save, "save 1"), (row, "25% of 1"),
        (settled, "f4 of"),
    ):  # fmt: skip
        assert said in str(each)
