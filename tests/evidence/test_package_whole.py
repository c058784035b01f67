"""What came after the first package: getting, labels, shares, stopping, versions; out and in."""

from datetime import date

import pytest

from firsthand.access.refused import Refused
from firsthand.evidence import rules, shares, stopping
from firsthand.evidence.actions import (
    criteria,
    full_texts,
    highlights,
    labels,
    ordering,
    packages,
    reviews,
    searches,
    strategies,
    studies,
    talking,
    updates,
)
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.actions import shares as sharing
from firsthand.evidence.actions import stopping as ending
from firsthand.evidence.diagram import diagram
from firsthand.evidence.flow import flow
from firsthand.evidence.models import (
    FullText,
    ImportFile,
    LabelOn,
    Meeting,
    Note,
    Ordering,
    Retrieval,
    Review,
    Screening,
    SearchRun,
    Share,
)
from firsthand.evidence.package.going_out import Out
from firsthand.evidence.package.tables import Bad
from firsthand.evidence.rules import ABSTRACT, CHANCE, EXCLUDE, FULL_TEXT, INCLUDE
from firsthand.evidence.versions import versions
from tests.evidence import kit, papers
from tests.evidence.test_package import brought, changed, opened, table, taken

pytestmark = pytest.mark.django_db
LOOK = {"colour": "sun", "line": "dotted"}


@pytest.fixture
def ada():
    """A review in its first update, in which all that came later has been done."""
    ada, ben, cai = kit.review("Ada (1.)", "Ben Okri", "Cai Okri", each=2)
    reason = criteria.add(ada, EXCLUDE, "About animals")
    strategies.save(ada, {"blocks": [{"name": "Harm", "terms": ["harm*"]}]}, "begun")
    built = strategies.save(ben, {"blocks": [{"name": "Harm", "terms": ["hurt"]}]}, "more", 1)
    one, two, three, four, five = kit.imported(ada, 5)
    SearchRun.objects.filter(review=ada.review).update(strategy=built)
    ImportFile.objects.filter(review=ada.review).update(
        header=["Titel"], sample=[["a, b"]], columns=["title"]
    )
    label, gone = (labels.make(ben, {"name": name, **LOOK}) for name in ("Foxglove", "Gone"))
    for record in (one, two, three, four):
        for member in (ada, ben):
            kit.decide(record, (member, EXCLUDE if (record, member) == (two, ben) else INCLUDE))
    labels.put(ben, kit.at(one), [label, gone])
    labels.remove(ben, gone)
    note = talking.write(ben, kit.at(two), "harebell")
    talking.write(ada, kit.at(two), "speedwell")
    talking.take_back(ben, note)
    talking.put_on_list(cai, kit.at(two))
    deciding.reopen(ada, kit.at(three), "A new criterion")
    deciding.resolve(cai, kit.at(three), EXCLUDE, "after all", [reason])
    kit.decide(five, (ada, EXCLUDE), (ben, EXCLUDE))
    deciding.resolve(ada, kit.at(two), INCLUDE)
    full_texts.mark(ben, one, rules.GIVEN_UP, date(2026, 4, 1), "wrote twice")
    full_texts.attach(ada, two, [("two.pdf", papers.PAPER)])
    away = full_texts.attach(ada, four, [("four.pdf", papers.PAPER)]).new[0]
    full_texts.take_away(ada, away)
    for record in (two, four):
        for member in (ada, ben):
            deciding.decide(member, kit.at(record, FULL_TEXT), INCLUDE)
    updates.begin(ben, "A year has passed")
    highlights.add(ada, {"name": "Harm", "words": "harm*\nhurt", **LOOK})
    searches.add(ada, {**kit.SEARCH, "hits": 0})
    kit.imported(ada, 12, "Newer")
    sharing.split(ada, ABSTRACT, 1, {ada.id: 0, ben.id: 50, cai.id: 50}, seed=7)
    sharing.join(ada, ABSTRACT)
    sharing.split(ada, ABSTRACT, 2, {ada.id: 40, ben.id: 30, cai.id: 30}, seed=2**32 - 1)
    ordering.choose(ben, ABSTRACT, CHANCE)
    ending.aim(ben, ABSTRACT, 95, 95, 2)
    ending.draw(ada, ABSTRACT, 3, seed=3)
    for row in list(Screening.objects.filter(state=rules.UNSEEN, pool=False).order_by("id"))[:5]:
        asked = [each.member for each in Share.objects.filter(screening=row)]
        deciding.decide(asked[0], row, EXCLUDE, "campion")
        deciding.decide(asked[1], row, EXCLUDE)
    left = Screening.objects.filter(state=rules.UNSEEN, stage=ABSTRACT).first()
    labels.put(Share.objects.filter(screening=left).first().member, left, [label])
    deciding.decide(Share.objects.filter(screening=left).first().member, left, INCLUDE, "bryony")
    ending.stop(ada, ABSTRACT, "Enough")
    studies.follow(ada.review)
    reviews.end_member(ada, cai)
    return ada


def drawn(review):
    row = Review.objects.get(id=review.id)
    return [diagram(row, flow(row, each)) for each in versions(row)]


def test_all_of_it_comes_back_byte_for_byte(ada):
    first = taken(ada)
    second = taken(brought(first))
    for name in opened(first).namelist():
        assert opened(first).read(name) == opened(second).read(name), name
        assert name.endswith((".md", ".json")) or b"\n" in opened(first).read(name)
    assert first == second


def test_every_version_of_the_flow_diagram_is_the_same(ada):
    eve = brought(taken(ada))
    assert len(drawn(ada.review)) == 2
    assert drawn(eve.review) == drawn(ada.review)


def test_what_stopping_says_is_the_same(ada):
    eve = brought(taken(ada))
    said = []
    for row in (ada.review, eve.review):
        now, aim = stopping.reading(row, ABSTRACT), stopping.plan(row, ABSTRACT)
        order = Ordering.objects.get(review=row, ended_at=None)
        said.append((
            now, stopping.ruled(aim, order, now),
            stopping.audited(stopping.audit(row, ABSTRACT), aim, now),
            stopping.not_screened(row, ABSTRACT),
        ))  # fmt: skip
    assert said[0] == said[1]
    assert said[0][0].labels.count(1) == 3
    assert not said[0][2].not_because


def test_shares_are_those_of_the_same_people(ada):
    eve = brought(taken(ada))
    assert shares.to_share(eve.review, ABSTRACT) == shares.to_share(ada.review, ABSTRACT)
    for split, same in zip(
        shares.splits(ada.review, ABSTRACT), shares.splits(eve.review, ABSTRACT), strict=True
    ):
        assert sorted(split.percents.values()) == sorted(same.percents.values())
        assert (split.seed, split.records) == (same.seed, same.records)
        assert split.shares.count() == same.shares.count()
        assert set(same.percents) <= {str(each.id) for each in eve.review.members.all()}


def test_what_waits_for_another_reviewer_tells_nothing(ada):
    held = opened(taken(ada))
    every = "".join(held.read(name).decode() for name in held.namelist())
    assert "bryony" not in every
    assert {row["record"] for row in table(taken(ada), "labels_on.csv")} == {"1"}
    assert "labels put" not in every


def test_no_name_is_in_any_table(ada):
    held = opened(taken(ada))
    every = "".join(held.read(name).decode() for name in held.namelist())
    for name in ("Ada (1.)", "Okri", str(ada.id)):
        assert name not in every
    assert Out(ada.review).listed("Someone who has another name now: 3") == "Someone: 3"


def test_the_pdf_is_not_in_it_and_can_be_attached_again(ada):
    content = taken(ada)
    assert not [name for name in opened(content).namelist() if name.endswith(".pdf")]
    eve = brought(content)
    row = FullText.objects.get(record__review=eve.review, taken_away_at=None)
    assert (row.stage, bytes(row.content)) == (rules.FAILED, b"")
    assert "not in the package" in row.why_not
    full_texts.attach(eve, row.record, [("again.pdf", papers.PAPER)])
    row.refresh_from_db()
    assert (bytes(row.content), row.why_not) == (papers.PAPER, "")
    assert taken(eve) != b""
    assert Retrieval.objects.filter(record__review=eve.review, status=rules.GIVEN_UP).exists()


def test_notes_and_labels_are_their_own_numbers(ada):
    eve = brought(taken(ada))
    said = Note.objects.filter(screening__review=eve.review)
    assert [(each.text, each.taken_back_at is None) for each in said] == [
        ("harebell", False), ("speedwell", True),
    ]  # fmt: skip
    assert said[0].member.user.name.startswith("Reviewer ")
    assert LabelOn.objects.filter(screening__review=eve.review).count() == 2
    assert Meeting.objects.filter(screening__review=eve.review).count() == (
        Meeting.objects.filter(screening__review=ada.review).count()
    )


def test_it_is_not_taken_while_a_file_waits_for_its_columns(ada):
    ImportFile.objects.filter(review=ada.review).update(stage=rules.COLUMNS, content=b"x")
    with pytest.raises(Refused, match="what is in its columns"):
        taken(ada)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("strategies.csv", b'""terms""', b'""words""', "content is no search"),
        ("searches.csv", b",2,", b",9,", "is named here|do not fit|9"),
        ("files.csv", b'"[""Titel""]"', b"[7]", "not those of a table"),
        ("labels.csv", b",sun,", b",moon,", "colour is 'moon'"),
        ("labels_on.csv", b"\r\n1,", b"\r\n7,", "Label 7 is named here"),
        ("reopenings.csv", b"[]", b'["x"]', "criteria are not numbers"),
        ("splits.csv", b": 30", b': "30"', "is broken"),
        ("splits.csv", b": 30", b": null", "percents are not numbers"),
        ("shares.csv", b",2\r\n", b",5\r\n", "Drawing of shares 5"),
        ("audits.csv", b"\r\nabstract,1,", b"\r\nabstract,2,", "Audit abstract 1"),
        ("plans.csv", b",95,", b",300,", "do not fit together"),
        ("retrievals.csv", b"given-up", b"lost", "status is 'lost'"),
        ("updates.csv", b"\r\n1,5,", b"\r\n1,0,", "do not fit together"),
    ],
)
def test_a_wrong_cell_is_told(ada, name, old, new, said):
    content = taken(ada)
    text = opened(content).read(name)
    assert old in text, text
    with pytest.raises(Bad, match=said):
        packages.bring_in(kit.user("Mal"), changed(content, {name: text.replace(old, new, 1)}))
