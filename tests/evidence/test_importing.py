"""Nothing twice, nothing lost, problems with their line, and going on after a kill."""

import io

import pytest
from django.db import IntegrityError, transaction

from firsthand.access.refused import Refused
from firsthand.config import chores
from firsthand.evidence import keeping, queries, rules
from firsthand.evidence.actions import importing, searches
from firsthand.evidence.formats import columns
from firsthand.evidence.formats.reading import read
from firsthand.evidence.formats.reference import Problem, Reference
from firsthand.evidence.models import ImportFile, ImportProblem, Record, Screening
from tests.evidence import kit

pytestmark = pytest.mark.django_db
RIS = "TY  - JOUR\nTI  - Bluebells {0}\nAU  - Brook, Ada\nPY  - 2019\nZZ  - {0}\nER  - \n"


def ris(count: int) -> bytes:
    return "".join(RIS.format(place) for place in range(1, count + 1)).encode()


@pytest.fixture
def ada():
    return kit.review("Ada", "Ben")[0]


@pytest.fixture
def run(ada):
    return searches.add(ada, kit.SEARCH)


def imported(ada, run, content: bytes, name: str = "export.ris") -> ImportFile:
    file = importing.take(ada, run, [(name, content)]).new[0]
    importing.read_file.call(str(file.id))
    return queries.file(ada.review, file.id)


def test_every_record_remembers_its_search_its_file_and_its_line(ada, run):
    file = imported(ada, run, ris(3))
    assert (file.stage, file.records_read, file.wrong) == (rules.READ, 3, 0)
    rows = list(Record.objects.all())
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.line for row in rows] == [1, 7, 13]
    assert {row.file.run for row in rows} == {run}
    assert rows[0].authors == ["Brook, Ada"]


def test_every_field_of_the_file_is_kept_as_it_came(ada, run):
    imported(ada, run, ris(1))
    assert ["ZZ", "1"] in Record.objects.get().raw


def test_each_record_waits_to_be_screened_by_as_many_as_the_protocol_says(ada, run):
    imported(ada, run, ris(2))
    assert (
        list(Screening.objects.values_list("stage", "state", "needed"))
        == [(rules.ABSTRACT, rules.UNSEEN, 2)] * 2
    )


def test_the_same_file_twice_is_said_and_nothing_is_imported_again(ada, run):
    imported(ada, run, ris(2))
    other = searches.add(ada, kit.SEARCH)
    taken = importing.take(ada, other, [("renamed.ris", ris(2)), ("new.ris", ris(3))])
    assert [name for name, _ in taken.again] == ["renamed.ris"]
    assert taken.again[0][1].run == run
    assert [each.name for each in taken.new] == ["new.ris"]
    assert Record.objects.count() == 2


def test_the_same_file_may_be_in_another_review(ada, run):
    imported(ada, run, ris(2))
    other = kit.review("Eve")[0]
    assert imported(other, searches.add(other, kit.SEARCH), ris(2)).records_read == 2


def test_a_file_is_in_a_review_once_says_the_database(ada, run):
    file = imported(ada, run, ris(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportFile.objects.create(
            run=run, review=ada.review, name="x", fingerprint=file.fingerprint, size=1, by=ada,
            stage=rules.READ,
        )  # fmt: skip


def test_one_bad_line_costs_no_other_record_and_is_told_with_its_line(ada, run):
    cut = ris(2) + b"TY  - JOUR\nTI  - Cut off in the mid"
    file = imported(ada, run, cut)
    assert file.records_read == 3
    problem = ImportProblem.objects.get()
    assert problem.line >= 13
    assert problem.said
    assert Record.objects.get(number=3).title == "Cut off in the mid"


def test_what_cannot_be_read_at_all_says_why_and_can_be_tried_again(ada, run):
    file = imported(ada, run, b"\x89PNG\r\n\x1a\n nothing of ours", "photo.png")
    assert file.stage == rules.FAILED
    assert file.why_failed
    importing.again(ada, file)
    assert ImportFile.objects.get().stage == rules.WAITING
    with pytest.raises(Refused, match="being read, or has been read"):
        importing.again(ada, file)


def test_what_goes_wrong_on_our_side_is_said_and_the_file_is_kept(ada, run, monkeypatch):
    def broken(*args):
        yield from ()
        raise RuntimeError

    monkeypatch.setattr(importing, "read", broken)
    file = imported(ada, run, ris(1))
    assert "Something went wrong on this site" in file.why_failed
    monkeypatch.undo()
    importing.again(ada, file)
    importing.read_file.call(str(file.id))
    assert queries.file(ada.review, file.id).records_read == 1


def test_reading_goes_on_where_a_killed_process_stopped(ada, run, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    kept = []

    def killed(file, batch, begin):
        if kept:
            raise KeyboardInterrupt
        kept.append(begin)
        keeping.keep(file, batch, begin)

    monkeypatch.setattr(importing, "keep", killed)
    file = importing.take(ada, run, [("a.ris", ris(5))]).new[0]
    with pytest.raises(KeyboardInterrupt):
        importing.read_file.call(str(file.id))
    assert Record.objects.count() == 2
    monkeypatch.setattr(importing, "keep", keeping.keep)
    ImportFile.objects.update(moved_at="2026-01-01T00:00Z")
    importing.pick_up()
    importing.read_file.call(str(file.id))
    titles = list(Record.objects.values_list("title", flat=True))
    assert titles == [f"Bluebells {place}" for place in range(1, 6)]


def test_two_who_read_one_file_at_once_keep_nothing_twice(ada, run):
    file = importing.take(ada, run, [("a.ris", ris(2))]).new[0]
    first = list(read(io.BytesIO(ris(2)), "a.ris"))
    keeping.keep(file, first, 0)
    with pytest.raises(keeping.Overtaken):
        keeping.keep(file, first, 0)
    importing.read_file.call(str(file.id))
    assert Record.objects.count() == 2


def test_a_reader_that_was_overtaken_leaves_the_file_to_the_other(ada, run, monkeypatch):
    def overtaken(*args):
        raise keeping.Overtaken

    monkeypatch.setattr(importing, "keep", overtaken)
    file = imported(ada, run, ris(1))
    assert file.stage == rules.WAITING


def test_a_file_that_is_read_already_is_left_alone(ada, run):
    file = imported(ada, run, ris(1))
    importing.read_file.call(str(file.id))
    assert Record.objects.count() == 1


def test_a_nul_costs_nothing(ada, run):
    odd = Reference(
        "article", "a\x00b", ("c\x00",), None, "", "", "", "", "", "", "", "", "", (), "",
        (("TI", "a\x00b"),), 1, "ris",
    )  # fmt: skip
    file = importing.take(ada, run, [("a.ris", b"x")]).new[0]
    keeping.keep(file, [odd, Problem(1, "a\x00", "b\x00")], 0)
    row = Record.objects.get()
    assert (row.title, row.raw) == ("a\ufffdb", [["TI", "a\ufffdb"]])


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_what_was_sent(ada, run):
    file = importing.take(ada, run, [("export.ris", ris(2))]).new[0]
    chores.do_jobs()
    assert queries.file(ada.review, file.id).stage == rules.READ


SMALL = 300_000  # bytes: enough of them, and quick


def test_real_exports_come_in_whole(ada, run, shared_dir):
    """As many records and problems are kept as the reader yields; what fails says why."""
    found = sorted((shared_dir / "data/imports").rglob("*"))
    paths = [each for each in found if each.is_file() and each.suffix != ".md"]
    sent = [(each.name, each.read_bytes()) for each in paths if each.stat().st_size < SMALL]
    if not sent:
        pytest.skip("no real exports here")
    taken = importing.take(ada, run, sent)
    assert len(taken.new) + len(taken.again) == len(sent)
    contents = {each.fingerprint: bytes(each.content) for each in ImportFile.objects.all()}
    for file in taken.new:
        importing.read_file.call(str(file.id))
        row = queries.file(ada.review, file.id)
        if row.stage == rules.COLUMNS:
            importing.say_columns(ada, row, columns.guess(row.header))
            importing.read_file.call(str(file.id))
            row = queries.file(ada.review, file.id)
        if row.stage == rules.FAILED:
            assert row.why_failed
            continue
        things = list(read(io.BytesIO(contents[row.fingerprint]), row.name))
        assert row.records_read == sum(isinstance(each, Reference) for each in things), row.name
        assert row.wrong == len(things) - row.records_read, row.name
    assert Record.objects.count() == Screening.objects.count() > 500
