"""A whole review by commands alone: from the protocol to the flow diagram, by two reviewers."""

import csv
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from firsthand import cli
from firsthand.evidence import charts
from firsthand.evidence.models import (
    Chart,
    ChartForm,
    Decision,
    Pair,
    Reconciled,
    Record,
    Review,
    Trail,
)

pytestmark = pytest.mark.django_db
TITLE = "Harm in care (made up)"
PROTOCOL = f"""
title: {TITLE}
question: Which harms do people name?
each: 2
criteria:
  - include: It is about social care.
  - exclude: It is about hospitals only.
searches:
  - {{database: PsycINFO, platform: Ovid, ran_on: 2026-03-02, string: harm and care, hits: 14}}
"""
RIS = """TY  - JOUR
TI  - {title}
AU  - {author}
PY  - {year}
JO  - Journal of made up care
VL  - {volume}
SP  - {page}
DO  - {doi}
AB  - What people said of {title}.
ER  -
"""
TOPICS = (
    "Waiting lists", "Lost letters", "Keys and doors", "Evening visits", "Direct payments",
    "Moving house", "Being believed", "Carers at work", "Night shelters", "Shared flats",
    "Bus passes", "Benefit forms",
)  # fmt: skip
NAMES = ("Brook", "Okri", "Lowe", "Marsh", "Field", "Stone", "Wood", "Hill", "Lake", "Moor", "Vale",
         "Glen")  # fmt: skip


def ris(at: int, title: str = "") -> str:
    return RIS.format(
        title=title or f"{TOPICS[at]} in social care", author=f"{NAMES[at]}, Ada", year=2010 + at,
        volume=at + 1, page=at * 11 + 3, doi=f"10.5555/made.up.{at}",
    )  # fmt: skip


def nbib(at: int) -> str:
    return (
        f"PMID- {900 + at}\nTI  - {TOPICS[at]} in social care\nAU  - {NAMES[at]} A\n"
        f"DP  - {2010 + at}\nJT  - Journal of made up care\nVI  - {at + 1}\nPG  - {at * 11 + 3}\n"
        f"LID - 10.5555/made.up.{at} [doi]\n\n"
    )


class Desk:
    """Someone at a machine's command line."""

    def __init__(self, place: Path, capsys) -> None:
        self.place, self._capsys = place, capsys

    def run(self, *words: object, code: int = 0) -> SimpleNamespace:
        got = cli.main(["review", *map(str, words)])
        shown = self._capsys.readouterr()
        assert got == code, shown.err + shown.out
        return SimpleNamespace(out=shown.out, err=shown.err)

    def json(self, *words: object, code: int = 0):
        return json.loads(self.run(*words, "--json", code=code).out)

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.place / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.place / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def filled(self, name: str, choices: dict[str, str], reasons: str = "") -> Path:
        """Fill a table of what is to be decided in, as a notebook would; "*": all others."""
        rows = self.table(name)
        for row in rows:
            row["choice"] = choices.get(row["record"], choices.get("*", ""))
            row["reasons"] = reasons if row["choice"] == "exclude" else ""
        with (self.place / name).open("w", encoding="utf-8", newline="") as file:
            lines = csv.DictWriter(file, rows[0])
            lines.writeheader()
            lines.writerows(rows)
        return self.place / name

    def decides(
        self, who: str, choices: dict[str, str], stage: str = "abstract", reasons=""
    ) -> dict:
        self.run("screen", TITLE, "--as", who, "--stage", stage, "--out", self.place / "todo.csv")
        table = self.filled("todo.csv", choices, reasons)
        return self.json("screen", TITLE, "--as", who, "--stage", stage, "--decisions", table)


@pytest.fixture
def desk(tmp_path, capsys) -> Desk:
    return Desk(tmp_path, capsys)


@pytest.fixture
def begun(desk) -> Desk:
    """A review of Ada's and Ben's, with ten records from two files, two of them in both."""
    desk.run("new", "--from", desk.file("p.yaml", PROTOCOL), "--as", "Ada", "--here")
    desk.run("people", TITLE, "--as", "Ada", "--add", "Ben", "--here")
    a = desk.file("a.ris", "".join(map(ris, range(10))))
    b = desk.file("b.nbib", "".join(map(nbib, (0, 1))))
    desk.run("import", a, b, "--review", TITLE, "--as", "Ben", "--search", 1)
    return desk


def test_a_whole_review_is_done_by_commands_alone(begun):
    desk = begun
    found = desk.json("dedupe", TITLE, "--as", "Ada", "--why", desk.place / "why.csv")
    assert found["set_aside"] == 2
    whole_review(desk, "1,11", screened=11)
    _settled_chart_is_read()


def whole_review(desk: Desk, merged: str, screened: int) -> None:
    """From merged records to a drawn flow, by Ada and Ben, with everything that can lie between.

    `merged` is a pair that is to be kept apart; `screened` how many records are screened then.
    """
    _undone(desk, merged)
    differ = _calibrated(desk)
    _reworded(desk)
    _screened(desk, differ)
    _charted(desk)
    _drawn(desk, screened)


def _undone(desk: Desk, merged: str) -> None:
    """A merge is undone: the two are kept apart, and both are screened."""
    assert all(each["why"] for each in desk.table("why.csv"))
    before = desk.json("dedupe", TITLE, "--as", "Ada")["set_aside"]
    desk.run("dedupe", TITLE, "--as", "Ben", "--undo", merged)
    assert desk.json("dedupe", TITLE, "--as", "Ben")["set_aside"] == before - 1
    assert Trail.objects.filter(did="duplicates undone", about__how="by command").count() == 1


def _calibrated(desk: Desk) -> str:
    """A round, of which nobody is told before both have decided all; return what they differ on."""
    desk.run("agree", TITLE, "--as", "Ada", "--begin", 4, "--seed", 3)
    todo = desk.json("screen", TITLE, "--as", "Ada", "--most", 4)["to_decide"]
    drawn = {str(each["record"]) for each in todo}
    differ = min(drawn, key=int)
    desk.decides("Ada", dict.fromkeys(drawn, "include"))
    before = desk.json("agree", TITLE, "--as", "Ben")["rounds"][0]
    assert (before["over"], before["figures"], before["differed"]) == (False, [], [])
    desk.decides("Ben", dict.fromkeys(drawn, "include") | {differ: "exclude"}, reasons="2")
    went = desk.json("agree", TITLE, "--as", "Ben")["rounds"][0]
    assert (went["alike"], went["differed"]) == (3, [int(differ)])
    percent = went["figures"][0]
    assert (percent["value"], percent["records"]) == (0.75, 4)
    assert percent["low_95"] < 0.75 < percent["high_95"]
    return differ


def _reworded(desk: Desk) -> None:
    """They talk, and reword a criterion: that needs its reason."""
    words = ("criteria", TITLE, "--as", "Ada", "--reword", "2", "It is about hospitals alone.")
    assert "Say why" in desk.run(*words, code=2).err
    assert desk.json(*words, "--reason", "Round 1")["version"] == 3


def _screened(desk: Desk, differ: str) -> None:
    """The conflict is settled, all others are screened, and three of four kept in full text."""
    desk.run("settle", TITLE, "--as", "Ben", "--out", desk.place / "differ.csv")
    assert "Ada: include; Ben: exclude" in desk.table("differ.csv")[0]["decided"]
    settled = desk.filled("differ.csv", {"*": "include"})
    assert desk.json("settle", TITLE, "--as", "Ben", "--settled", settled)["settled"] == 1
    others = {"*": "exclude"}
    desk.decides("Ada", others, reasons="2")
    assert desk.decides("Ben", others, reasons="2")["left_for_you"] == 0
    # Full text: to leave one out needs a reason.
    table = desk.file("full.csv", f"record,choice,reasons\n{differ},exclude,\n")
    wrong = desk.run(
        "screen", TITLE, "--as", "Ada", "--stage", "full-text", "--decisions", table, code=1
    )
    assert "full.csv, line 2: reasons: Choose at least one criterion" in wrong.err
    for who in ("Ada", "Ben"):
        choices = {"*": "include", differ: "exclude"}
        desk.decides(who, choices, stage="full-text", reasons="1")


def _drawn(desk: Desk, screened: int) -> None:
    drawn_to = desk.place / "flow.svg"
    told = desk.json("flow", "--review", TITLE, "--as", "Ada", "--output", drawn_to)
    counts = {each["what"]: each["count"] for each in told["counts"]}
    assert counts["Records screened"] == screened
    assert [each for each in counts if "uplicate" in each and counts[each] > 0]
    assert drawn_to.read_text().startswith("<svg")


FORM = """
- {label: How it was done, kind: text, required: true}
- {label: How many, kind: number, unit: people}
- {label: Who took part, kind: many, choices: [Women, Men]}
- {label: Harm, kind: group, parts: [{label: What, kind: text}, {label: People, kind: number}]}
"""


def _charted(desk) -> None:
    """A form is published, a quarter charted twice and blind, and what differs is settled."""
    told = desk.json("chart", TITLE, "--as", "Ada", "--form", desk.file("form.yaml", FORM))
    assert (told["form"], told["studies"]) == (1, 3)
    told = desk.json("chart", TITLE, "--as", "Ada", "--draw", 25, "--seed", 1)
    (twice,) = told["by_two"]
    for who, many in (("Ada", "12"), ("Ben", "14")):
        desk.run("chart", TITLE, "--as", who, "--out", desk.place / "chart.csv")
        rows = desk.table("chart.csv")
        for row in rows:
            row |= {"How it was done": "Interviews", "Who took part": "women | Men",
                    "How many": many if row["study"] == str(twice) else "Not reported",
                    "Harm: What": "Nobody asked | No notice", "Harm: People": "3 |"}  # fmt: skip
        with (desk.place / "chart.csv").open("w", encoding="utf-8", newline="") as file:
            lines = csv.DictWriter(file, rows[0])
            lines.writeheader()
            lines.writerows(rows)
        went = desk.json("chart", TITLE, "--as", who, "--charts", desk.place / "chart.csv")
        assert went["left_for_you"] == []
    assert went["to_settle"] == [{"study": twice, "field": "How many"}]
    assert Chart.objects.filter(study__number=twice).count() == 2
    assert Chart.objects.count() == 4
    words = ("chart", TITLE, "--as", "Ben", "--settle", twice, "How many", 13)
    assert "Say why" in desk.run(*words, code=2).err
    assert desk.json(*words, "--reason", "Table 1")["to_settle"] == []
    assert Reconciled.objects.get().answer["value"] == "13"


def _settled_chart_is_read() -> None:
    harm = charts.charted(Review.objects.get())[0].charted.answers["f6"]
    assert [len(each.answers) for each in harm.value] == [2, 1]


def test_what_a_chart_cannot_be_is_told_by_line_and_the_rest_is_kept(begun):
    desk = begun
    desk.run("dedupe", TITLE, "--as", "Ada")
    for stage in ("abstract", "full-text"):
        for who in ("Ada", "Ben"):
            desk.decides(who, {"3": "include", "4": "include"}, stage=stage)
    assert "no charting form yet" in desk.run(
        "chart", TITLE, "--as", "Ada", "--out", desk.place / "x.csv", code=1
    ).err  # fmt: skip
    for wrong, said in (
        ("title: no list", "has to be a list of fields"),
        ("- {kind: text}", "every field needs a label"),
        ("- {label: A, kind: poem}", "the kind of 'A' has to be one of text, number"),
        ("- {label: A, kind: choice}", "choices are for the kinds choice and many"),
        ("- {label: A, kind: group, parts: [{label: B, kind: group}]}", "the kind of 'B'"),
    ):
        form = desk.file("wrong.yaml", wrong)
        assert said in desk.run("chart", TITLE, "--as", "Ada", "--form", form, code=1).err
    assert not ChartForm.objects.exists()
    assert "this is for an owner" in desk.run(
        "chart", TITLE, "--as", "Ben", "--draw", 25, code=1
    ).err  # fmt: skip
    desk.run("chart", TITLE, "--as", "Ada", "--form", desk.file("form.yaml", FORM))
    table = desk.file(
        "charts.csv",
        "study,How it was done,How many,Who took part,Harm: What,Harm: People\n"
        "1,Diaries,nine,,,\n9,Diaries,9,,,\n1,,9,,,\n1,Diaries,9,Cats,,\n"
        "2,Diaries,9,Women,not reported,not reported\nx,,,,,\n",
    )
    told = desk.run("chart", TITLE, "--as", "Ben", "--charts", table, code=1).err
    for said in (
        "line 2: ", "Write a number", "line 3: there is no study 9",
        "line 4: kept, but not finished: How it was done is needed.",
        "line 5: Who took part: 'Cats' is none of: Women, Men.", "'x' is no number of a study",
    ):  # fmt: skip
        assert said in told
    assert Chart.objects.get(study__number=2).answers["f6"]["state"] == "not reported"
    assert Chart.objects.get(study__number=1).finished_at is None
    for words, said in (
        ((1, "How old", 3), "no field called 'How old'"), ((9, "How many", 3), "no study 9"),
        ((1, "How many", "some"), "Write a number"), ((1, "Harm", "x"), "settled on its page"),
        ((1, "How many", ""), "say what it is to be"), ((2, "How many", 3), ""),
    ):  # fmt: skip
        shown = desk.run("chart", TITLE, "--as", "Ada", "--settle", *words, "--reason", "r", code=1)
        assert said in shown.err
    assert not Reconciled.objects.exists()
    for share in (0, 101):
        told = desk.run("chart", TITLE, "--as", "Ada", "--draw", share, code=2).err
        assert "from 1 to 100" in told


def test_what_a_command_did_is_in_the_history_with_the_member_and_by_command(begun):
    rows = Trail.objects.filter(review__title=TITLE)
    assert rows.exclude(about__how="by command").count() == 0
    assert rows.get(did="file imported", about__file="a.ris").by.name == "Ben"
    assert rows.get(did="review made").by.name == "Ada"


def test_a_reviewer_is_never_shown_what_another_decided(begun):
    begun.run("dedupe", TITLE, "--as", "Ada")
    decisions = "record,choice,note\n3,include,harebell\n4,exclude,harebell\n"
    begun.run("screen", TITLE, "--as", "Ben", "--decisions", begun.file("ben.csv", decisions))
    shown = begun.run("screen", TITLE, "--as", "Ada", "--json").out
    shown += begun.run("screen", TITLE, "--as", "Ada", "--out", begun.place / "ada.csv").out
    shown += begun.run("settle", TITLE, "--as", "Ada", "--json").out
    shown += begun.run("agree", TITLE, "--as", "Ada", "--json").out
    shown += (begun.place / "ada.csv").read_text()
    assert "harebell" not in shown
    assert "Ben" not in shown
    told = begun.json("screen", TITLE, "--as", "Ada")
    assert (told["decided_by_you"], told["left_for_you"]) == (0, 10)
    assert not Decision.objects.filter(revealed=True).exists()


def test_the_same_table_twice_changes_nothing_and_another_choice_is_told(begun):
    table = begun.file("ada.csv", "record,choice\n3,include\n4,exclude\n99,include\nx,include\n")
    first = begun.json("screen", TITLE, "--as", "Ada", "--decisions", table, code=1)
    assert first["kept"] == 2
    assert [each.partition(": ")[2] for each in first["not_kept"]] == [
        "record 99 is not screened at this stage.", "'x' is no number of a record.",
    ]  # fmt: skip
    begun.run("screen", TITLE, "--as", "Ada", "--decisions", table, code=1)
    assert Decision.objects.count() == 2
    other = begun.file("other.csv", "record,choice\n3,exclude\n4,perhaps\n")
    told = begun.run("screen", TITLE, "--as", "Ada", "--decisions", other, code=1).err
    assert "line 2: You have decided this record already. Undo that first" in told
    assert "line 3: choice: Choose Include, Exclude or Maybe." in told
    begun.run("screen", TITLE, "--as", "Ada", "--undo", 3)
    assert Decision.objects.count() == 1
    assert "You have not decided this record" in begun.run(
        "screen", TITLE, "--as", "Ada", "--undo", 3, code=1
    ).err  # fmt: skip


def test_the_same_file_twice_is_said(begun):
    again = begun.run(
        "import", begun.place / "a.ris", "--review", TITLE, "--as", "Ada", "--search", 1
    )
    assert "here already, as a.ris. Nothing was imported again." in again.out
    assert Record.objects.count() == 12


def test_unsure_pairs_are_answered_from_a_table_and_an_answer_is_undone(begun):
    begun.run("dedupe", TITLE, "--as", "Ada")
    one, other = Record.objects.filter(number__in=(3, 4)).order_by("id")
    Pair.objects.create(review=Review.objects.get(), first=one, second=other, holds="asked",
                        reason="titles alike")  # fmt: skip
    assert begun.json("dedupe", TITLE, "--as", "Ada")["unsure"][0]["why"] == "titles alike"
    table = begun.file("answers.csv", "first;second;answer\n4;3;Same\n5;6;same\n7;8;\n1;11;what\n")
    told = begun.run("dedupe", TITLE, "--as", "Ada", "--answers", table, code=1).err
    assert "answers.csv, line 3: nothing is known of records 5 and 6 together." in told
    assert "answers.csv, line 5: 'what' is none of: same, apart, versions." in told
    assert Pair.objects.get(ended_at=None, first=one, second=other).holds == "same"
    begun.run("dedupe", TITLE, "--as", "Ada", "--answer", "3,4", "same")  # said before
    assert "Someone has answered" in begun.run(
        "dedupe", TITLE, "--as", "Ben", "--answer", "3,4", "apart", code=1
    ).err  # fmt: skip
    begun.run("dedupe", TITLE, "--as", "Ben", "--undo", "3,4")
    assert Pair.objects.get(ended_at=None, first=one, second=other).holds == "asked"
    assert begun.run("dedupe", TITLE, "--as", "Ben", "--undo", "3,4", code=1).err
