"""On Spark, duplicates are what they are on one machine: the same groups, pairs and links.

What Spark's steps compute is tested without Spark too, so that it is tested everywhere; with it
where pyspark (`firsthand[spark]`) and Java are.
"""

import csv
import importlib.util
import shutil
import sys
from dataclasses import asdict

import pytest

from firsthand.config import spark
from firsthand.config.commands import dedupe_spark
from firsthand.evidence import spark_dedupe
from firsthand.methods.dedupe import Report, find, tables
from firsthand.methods.dedupe.uniting import Uniting, edge

HERE = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
needs_spark = pytest.mark.skipif(not HERE, reason="pyspark or Java is not here")
SUBJECTS = ["waiting", "believing", "listening", "moving", "losing", "asking", "hoping", "telling"]


def made_up(count=60) -> list[Report]:
    """Titles that begin and end alike, so that keys hold many; some come again, spelt otherwise."""
    reports = []
    for number in range(count):
        subject, place = SUBJECTS[number % 8], number // 8
        title = f"Made-up stories of {subject} for help in place {place} told once more"
        first = Report(
            f"r{number}", (f"Beck{number % 7}, Ines", "Sá, Bruna"), 2000 + number % 9, title,
            "Journal of Made-up Stories", str(number % 30 + 1), "2", f"{number + 3}-{number + 9}",
            f"People told of {subject}, {number} times. " * 8,
        )  # fmt: skip
        reports.append(first)
        if number % 3 == 0:
            again = {"id": f"again{number}", "title": title.upper() + ".", "issue": ""}
            reports.append(Report(**{**asdict(first), **again}))
        if number % 10 == 0:
            again = {"id": f"notice{number}", "title": f"Correction: {title}", "pages": "1"}
            reports.append(Report(**{**asdict(first), **again}))
    return [*reports, *(Report(f"same{each}", title="Editorial") for each in range(40))]


def in_plain_python(reports):
    """Spark's steps, one after the other, without Spark."""
    rows = [spark_dedupe.written(at, each) for at, each in enumerate(reports)]
    blocks: dict[str, list] = {}
    for row in spark_dedupe._keyed(iter(rows)):
        blocks.setdefault(row["key"], []).append(row)
    several = [{"key": k, "members": m} for k, m in sorted(blocks.items()) if len(m) > 1]
    near = {(row["one"], row["other"]) for row in spark_dedupe._near(iter(several))}
    both = [
        {"one": a, "other": b, "report": rows[a]["report"], "other_report": rows[b]["report"]}
        for a, b in sorted(near)
    ]
    known = {row["place"]: spark_dedupe._facts(row["report"]) for row in rows}
    decided = spark_dedupe._decided(iter(both))
    edges = [edge(known, row["one"], row["other"]) for row in decided]
    return Uniting(known).found([each for each in edges if each])


def test_the_made_up_sample_holds_every_outcome_and_large_keys():
    found = find(made_up())
    assert found.groups
    assert found.links
    assert any(len(block) > 12 for block in blocks_of(made_up()))


def blocks_of(reports):
    blocks: dict[str, list] = {}
    rows = (spark_dedupe.written(at, each) for at, each in enumerate(reports))
    for row in spark_dedupe._keyed(rows):
        blocks.setdefault(row["key"], []).append(row["place"])
    return blocks.values()


def test_key_by_key_gives_what_one_machine_gives():
    assert in_plain_python(made_up()) == find(made_up())


@pytest.mark.parametrize("name", ["respiratory", "neuroimaging", "digital_work"])
def test_key_by_key_gives_the_same_on_labelled_sets(shared_dir, name):
    reports = labelled(shared_dir, name)
    assert in_plain_python(reports) == find(reports)


def labelled(shared_dir, name):
    place = shared_dir / "data/dedupe" / name / "records_pre_merged.csv"
    if not place.is_file():
        pytest.skip("no labelled sets here")
    return tables.records(tables.decoded(place.read_bytes()), name).reports


def test_rows_of_a_table_become_records_and_those_without_id_are_left_out():
    pyarrow = pytest.importorskip("pyarrow")
    work = spark_dedupe.from_columns(["ID", "title", "year"], "x.parquet")
    rows = [{"row": ["a", "One", "2001"], "place": 0}, {"row": [None, "Two", None], "place": 1}]
    (made,) = work([pyarrow.RecordBatch.from_pylist(rows)])
    (row,) = made.to_pylist()
    assert (row["place"], row["id"]) == (0, "a")
    assert '"year": 2001' in row["report"]


def test_a_table_without_titles_is_refused():
    with pytest.raises(ValueError, match="no column title"):
        spark_dedupe.from_columns(["ID", "year"], "x.parquet")


def test_every_outcome_is_written_with_its_reason(tmp_path):
    found = find(made_up())
    spark.write(found, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    merges = [merge for group in found.groups for merge in group.merges]
    assert len(rows) == len(merges) + len(found.pairs) + len(found.links)
    assert all(row["rule"] and row["why"] for row in rows)
    assert {row["outcome"] for row in rows} <= {"merged", "for a person", "linked"}


class Given:
    def __init__(self, records, out):
        self.records, self.out = records, out


def test_a_file_that_is_not_there_is_said(tmp_path, capsys):
    assert dedupe_spark.run(Given(tmp_path / "none.csv", tmp_path / "out.csv")) == 1
    assert "is not there" in capsys.readouterr().err


def test_without_spark_the_command_says_how_to_get_it(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    (tmp_path / "a.csv").write_text("ID,title\n1,One\n")
    assert dedupe_spark.run(Given(tmp_path / "a.csv", tmp_path / "out.csv")) == 1
    assert "firsthand[spark]" in capsys.readouterr().err


@pytest.fixture(scope="module")
def on_spark():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_MASTER", "local[2]")
        yield spark.session()


@needs_spark
def test_spark_gives_what_one_machine_gives(on_spark, tmp_path):
    records = spark.in_order(made_up(), tmp_path / "records.parquet")
    assert spark_dedupe.found(records) == find(made_up())


@needs_spark
def test_an_id_that_stands_twice_is_refused_on_spark(on_spark, tmp_path):
    records = spark.in_order([*made_up(9), made_up(9)[0]], tmp_path / "records.parquet")
    with pytest.raises(ValueError, match="'r0' stands more than once"):
        spark_dedupe.found(records)


@needs_spark
def test_the_command_reads_parquet_and_csv_alike(on_spark, tmp_path, capsys):
    text = "ID,title,author,year,pages,journal\n" + "".join(
        f'{each.id},{each.title},"{"; ".join(each.authors)}",{each.year},{each.pages},J\n'
        for each in made_up(20)
    )
    (tmp_path / "a.csv").write_text(text)
    on_spark.read.csv(str(tmp_path / "a.csv"), header=True).coalesce(1).write.parquet(
        str(tmp_path / "a.parquet")
    )
    for name in ("a.csv", "a.parquet"):
        assert dedupe_spark.run(Given(tmp_path / name, tmp_path / f"{name}.out")) == 0
    outs = [(tmp_path / f"a.{kind}.out").read_text() for kind in ("csv", "parquet")]
    assert outs[0] == outs[1]
    assert outs[0].count("merged") > 3
    assert "groups of" in capsys.readouterr().out


@needs_spark
@pytest.mark.slow
@pytest.mark.parametrize("name", ["respiratory", "neuroimaging", "digital_work"])
def test_spark_gives_the_same_on_labelled_sets(on_spark, shared_dir, tmp_path, name):
    reports = labelled(shared_dir, name)
    found = spark_dedupe.found(spark.in_order(reports, tmp_path / "records.parquet"))
    assert found == find(reports)
