"""Two versions begun side by side: what was coded with the one is counted by the other."""

import datetime as dt

import pytest

from firsthand.harms import crossing, queries
from firsthand.harms.actions import drafting, publishing
from firsthand.harms.models import ModelVersion
from firsthand.indicators import reading
from firsthand.methods import mapping
from firsthand.people import rules as roles
from firsthand.testimony.queries import CountedRow
from tests.harms import drafting_kit as kit

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def _beside():
    """Publish 2027 and 2028, both begun from 2022 before either was published."""
    first, second = kit.draft(), kit.draft(kit.user("Ben"), "2028")
    drafting.move(first, "S2.1", "S3", "It is about choice")
    drafting.split(
        first, "S5.2", [kit.words(label="One half"), kit.words(label="Other half")], "Two things"
    )
    drafting.merge(second, ["S4.1", "S4.2"], kit.words(label="Both of these"), "Said as one")
    drafting.remove(second, "S7.3", "Nobody chose it")
    for each in (first, second):
        kit.ready(each)
    versions = publishing.publish(first), publishing.publish(second, left_out=["2027"])
    assert {one.drafting.based_on.slug for one in versions} == {"2022"}
    return versions


def test_an_account_coded_with_one_version_is_counted_by_the_one_begun_beside_it():
    first, second = _beside()
    steward = kit.user("Cai", roles.STEWARD)
    publishing.use(steward, "2027")
    publishing.use(steward, "2028")
    codes = ("S3.11", "S5.19", "S4.2", "S7.3", "I1")  # moved; half; merged there; removed there
    row = CountedRow(codes, first.slug, dt.date(2026, 1, 1), "council", "")
    told = reading.account(row, reading.current())
    assert told.sources == {"S2", "S5", "S4"}
    assert told.impacts == {"I1"}
    said = {(line.old, line.new): line.relation for line in crossing.lines(first, second)}
    assert said["S3.11", "S2.1"] == said["I1", "I1"] == mapping.EXACT
    assert said["S5.19", "S5.2"] == said["S4.2", "S4.1"] == mapping.BROAD
    assert crossing.ways(second, first).among["S4.1"] == ("S4.1", "S4.2")
    other = crossing.translated({"S4.1": 3, "S7.3": 2}, first, second)
    assert (other.counts["S4.1"].low, other.lost) == (3, {"S7.3": 2})


def test_where_no_map_leads_nothing_is_made_up(later):
    old = queries.version("2022")
    assert [line.new for line in crossing.lines(old, later)] == ["S1.1", "S1", "S5.15"]
    assert crossing.lines(old, ModelVersion(slug="alone")) == ()
