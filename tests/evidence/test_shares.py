"""Shares: everyone is asked theirs alone, drawn by chance, changeable while nobody has decided."""

import pytest

from firsthand.access.refused import Refused
from firsthand.evidence import rules, screening, shares
from firsthand.evidence.actions import reviews, rounds
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.actions import shares as actions
from firsthand.evidence.models import Screening, Share, Split, Trail
from firsthand.evidence.rules import ABSTRACT, EXCLUDE, INCLUDE
from tests.evidence import kit
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def members():
    return kit.review("Ada", "Ben", "Cai")


@pytest.fixture
def world():
    return World()


def even(members):
    return {each.id: 100 / len(members) for each in members}


def asked(member):
    """Return the numbers of all records that someone would be asked, in turn."""
    found, after = [], 0
    while (row := screening.next_for(member, ABSTRACT, after)) and row.number > after:
        found.append(row.number)
        after = row.number
    return found


def test_each_is_asked_their_own_share_alone_and_every_record_of_someone(members):
    kit.imported(members[0], 9)
    row = actions.split(members[0], ABSTRACT, 1, even(members), seed=7)
    theirs = [asked(each) for each in members]
    assert sorted(number for each in theirs for number in each) == list(range(1, 10))
    assert [len(each) for each in theirs] == [3, 3, 3]
    assert (row.seed, row.records) == (7, 9)
    assert set(Screening.objects.values_list("needed", flat=True)) == {1}
    line = Trail.objects.get(did="shares drawn").about
    assert line["seed"] == 7
    assert sorted(line["shares"]) == ["Ada: 3", "Ben: 3", "Cai: 3"]
    assert str(row) == "shares at abstract"


def test_by_two_each_two_meet_equally_often(members):
    kit.imported(members[0], 9)
    actions.split(members[0], ABSTRACT, 2, even(members), seed=7)
    pairs = [
        frozenset(row.shares.values_list("member", flat=True)) for row in Screening.objects.all()
    ]
    assert sorted(pairs.count(each) for each in set(pairs)) == [3, 3, 3]


def test_the_same_seed_draws_the_same_shares(members):
    kit.imported(members[0], 12)
    drawn = []
    for seed in (1, 1, 2):
        actions.split(members[0], ABSTRACT, 1, even(members), seed=seed)
        drawn.append(asked(members[1]))
    assert drawn[0] == drawn[1] != drawn[2]
    assert Split.objects.count() == 3


def test_a_record_in_the_share_of_someone_else_is_not_theirs_to_decide(members):
    ada, ben, cai = members
    record = kit.imported(ada, 1)[0]
    actions.split(ada, ABSTRACT, 1, {ben.id: 100, ada.id: 0, cai.id: 0})
    with pytest.raises(Refused, match="in the share of someone else"):
        deciding.decide(cai, kit.at(record), INCLUDE)
    assert kit.decide(record, (ben, INCLUDE)).state == rules.INCLUDED


def test_what_someone_has_begun_stays_and_the_rest_is_drawn_anew(members):
    ada, ben, cai = members
    records = kit.imported(ada, 8)
    actions.split(ada, ABSTRACT, 2, {ada.id: 50, ben.id: 50})
    kit.decide(records[0], (ada, INCLUDE))
    row = actions.split(ada, ABSTRACT, 1, {cai.id: 100})
    assert row.records == 7
    assert asked(ben) == [1]
    assert asked(cai) == list(range(2, 9))


def test_shares_are_put_together_again(members):
    ada, ben, _ = members
    kit.imported(ada, 4)
    actions.split(ada, ABSTRACT, 1, even(members))
    assert actions.join(ada, ABSTRACT) == 4
    assert actions.join(ada, ABSTRACT) == 0
    assert asked(ben) == [1, 2, 3, 4]
    assert set(Screening.objects.values_list("needed", flat=True)) == {2}
    assert not Share.objects.exists()
    assert Trail.objects.filter(did="shares put together").count() == 1


def test_what_is_imported_later_is_asked_of_everyone(members):
    kit.imported(members[0], 3)
    actions.split(members[0], ABSTRACT, 1, even(members))
    kit.imported(members[0], 1)
    assert all(4 in asked(each) for each in members)
    assert shares.in_pool(members[0].review, ABSTRACT) == 1


def test_whoever_leaves_gives_back_what_they_have_not_decided(members):
    ada, ben, cai = members
    records = kit.imported(ada, 6)
    actions.split(ada, ABSTRACT, 2, {ben.id: 50, cai.id: 50})
    kit.decide(records[0], (ben, INCLUDE))
    reviews.end_member(ada, ben)
    assert Share.objects.filter(member=ben).count() == 1
    assert asked(ada) == [2, 3, 4, 5, 6]
    assert asked(cai) == [1, 2, 3, 4, 5, 6]
    assert Trail.objects.get(did="share given back").about["records"] == 5
    assert kit.decide(records[1], (cai, EXCLUDE), (ada, EXCLUDE)).state == rules.EXCLUDED


def test_whoever_leaves_without_a_share_gives_nothing_back(members):
    reviews.end_member(members[0], members[1])
    assert not Trail.objects.filter(did="share given back").exists()


def test_a_change_of_how_many_decide_leaves_shares_as_they_were_drawn(members):
    ada, ben, _ = members
    one, two = kit.imported(ada, 2)
    actions.split(ada, ABSTRACT, 1, {ben.id: 100})
    kit.imported(ada, 1)
    reviews.change_protocol(ada, {"each": 3})
    assert [row.needed for row in Screening.objects.order_by("number")] == [1, 1, 3]
    assert kit.decide(one, (ben, INCLUDE)).state == rules.INCLUDED
    assert two.number == 2


def test_a_round_takes_records_out_of_the_shares(members):
    ada, ben, cai = members
    kit.imported(ada, 4)
    actions.split(ada, ABSTRACT, 1, {ben.id: 100})
    rounds.begin(ada, ABSTRACT, 2, seed=1)
    assert Share.objects.count() == 2
    assert len(asked(cai)) == 2


def test_duplicates_set_aside_are_in_nobodys_share(members):
    one, two, _ = kit.imported(members[0], 3)
    kit.pair(one, two, rules.SAME)
    row = actions.split(members[0], ABSTRACT, 1, {members[1].id: 100})
    assert row.records == 2
    assert shares.line(members[1], ABSTRACT).records == 2


def test_someone_of_another_review_is_given_no_share(members):
    other = kit.review("Zed", "Yan")[0]
    kit.imported(members[0], 2)
    with pytest.raises(Refused, match="make 50 %"):
        actions.split(members[0], ABSTRACT, 1, {members[0].id: 50, other.id: 50})
    with pytest.raises(Refused, match="no record left"):
        actions.split(other, ABSTRACT, 1, {other.id: 100})


# -- the pages ----------------------------------------------------------------------------------


def test_an_owner_shares_out_the_rest_and_everyone_sees_how_far_all_are(world):
    records = kit.imported(world.ada, 4)
    assert "Nothing is shared out" in world.get("Ben", "shares", ABSTRACT)
    assert "Share out the rest" not in world.get("Ben", "shares", ABSTRACT)
    shown = world.get("Ada", "share_out", ABSTRACT)
    assert "Ada, in percent" in shown
    assert 'value="50.0"' in shown
    parts = {f"part-{world.ada.id}": "50", f"part-{world.ben.id}": "50"}
    world.post("Ada", "share_out", ABSTRACT, asked="1", **parts)
    mine = Share.objects.filter(member=world.ben).first().screening
    deciding.decide(world.ben, mine, INCLUDE)
    shown = world.get("Ben", "shares", ABSTRACT)
    assert "Seed" in shown
    assert "each by one person" in shown
    other = Share.objects.exclude(member=world.ben).first().screening
    shown = world.get("Ben", "screen_one", ABSTRACT, other.record_id)
    assert "in the share of someone else" in shown
    line = shares.line(world.ben, ABSTRACT)
    assert (line.records, line.decided, line.left) == (2, 1, 1)
    world.post("Ada", "shares_join", ABSTRACT)
    assert Share.objects.count() == 1
    assert len(records) == 4


def test_whose_share_is_done_hears_so(world):
    kit.imported(world.ada, 1)
    actions.split(world.ada, ABSTRACT, 1, {world.ben.id: 100})
    deciding.decide(world.ben, Screening.objects.get(), EXCLUDE)
    assert "Your share: 1 of 1 record decided" in world.get("Ben", "screen", ABSTRACT)
    assert "Your share" not in world.get("Ada", "screen", ABSTRACT)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"ada": "70"}, "They have to make 100 %"),
        ({"ada": "-1"}, "not below 0"),
        ({"ada": ""}, "which part Ada is asked"),
        ({"ada": "some"}, "Write a number"),
        ({"ada": "101"}, "100 at most"),
        ({"asked": "3"}, "Choose one."),
        ({"asked": "2", "ada": "70", "ben": "30"}, "50 % is the most"),
    ],
)
def test_shares_that_cannot_be_drawn_say_why_and_nothing_typed_is_lost(world, sent, said):
    kit.imported(world.ada, 2)
    given = {"asked": "1", "ada": "50", "ben": "50", **sent}
    shown = world.post(
        "Ada", "share_out", ABSTRACT, status=422, asked=given["asked"],
        **{f"part-{world.ada.id}": given["ada"], f"part-{world.ben.id}": given["ben"]},
    )  # fmt: skip
    assert said in shown
    assert f'value="{given["ben"]}"' in shown
    assert not Split.objects.exists()


def test_sharing_out_is_for_owners_and_to_strangers_nothing_is_there(world):
    kit.imported(world.ada, 2)
    for name in ("share_out", "shares_join"):
        assert world.browsers["Ben"].post(world.at(name, ABSTRACT)).status_code == 404
    assert world.browsers["Eve"].get(world.at("shares", ABSTRACT)).status_code == 404
    assert world.browsers["Ada"].get(world.at("shares", "odd")).status_code == 404
