"""Getting reports: how far each is, its PDFs, their text, and what the flow counts of it."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from firsthand.access.refused import Refused
from firsthand.evidence import diagram, flow, full_texts, pdf_apart, pdfs, rules
from firsthand.evidence.actions import full_texts as actions
from firsthand.evidence.actions import reviews, rounds
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.calibration import calibration
from firsthand.evidence.models import FullText, PageText, Retrieval, Screening, Trail
from firsthand.evidence.rules import FULL_TEXT, INCLUDE
from tests.evidence import kit, papers
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
TODAY = date(2026, 3, 2)


@pytest.fixture
def world():
    return World()


def sought(world, count=1):
    """Records that were included by their titles."""
    records = kit.imported(world.ada, count)
    for each in records:
        kit.decide(each, (world.ada, INCLUDE), (world.ben, INCLUDE))
    return records


def attached(world, record, content=papers.PAPER, name="paper.pdf"):
    """Return a PDF of a record, its text read."""
    row = actions.attach(world.ada, record, [(name, content)]).new[0]
    actions.read_text.func(str(row.id))
    return FullText.objects.get(id=row.id)


def upload(content, name="paper.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


# -- how far getting one is ---------------------------------------------------------------------


def test_a_report_that_could_not_be_got_is_asked_of_nobody_and_counts_as_not_retrieved(world):
    one, two, three = sought(world, 3)
    review = world.ada.review
    assert diagram.diagram(review, flow.flow(review)).databases.reports.not_retrieved is None
    actions.mark(world.ada, one, rules.GIVEN_UP, TODAY, "Asked three libraries")
    assert kit.at(one, FULL_TEXT).state == rules.NOT_GOT
    assert kit.next_number(world.ben, FULL_TEXT) == two.number
    kit.decide(two, (world.ada, INCLUDE), (world.ben, INCLUDE), stage=FULL_TEXT)
    reports = diagram.diagram(review, flow.flow(review)).databases.reports
    assert (reports.sought, reports.not_retrieved, reports.waiting) == (3, 1, 1)
    assert reports.assessed == 1
    line = Trail.objects.get(did="report marked").about
    assert (line["record"], line["now"], line["was"]) == (
        1, "Could not be got", "Not looked for yet",
    )  # fmt: skip
    assert line["note"] == "Asked three libraries"
    assert three.number == 3


def test_whoever_would_decide_on_it_is_told_why_not(world):
    one = sought(world)[0]
    actions.mark(world.ada, one, rules.GIVEN_UP, TODAY)
    assert "could not be got" in world.get("Ben", "screen_one", FULL_TEXT, one.id)
    with pytest.raises(Refused, match="marked as one that could not be got"):
        deciding.decide(world.ben, kit.at(one, FULL_TEXT), INCLUDE)


def test_a_report_that_is_found_after_all_is_asked_again(world):
    one = sought(world)[0]
    for status in (rules.GIVEN_UP, rules.GIVEN_UP, rules.REQUESTED):
        actions.mark(world.ada, one, status, TODAY)
    assert kit.at(one, FULL_TEXT).state == rules.UNSEEN
    actions.mark(world.ada, one, rules.GIVEN_UP, TODAY)
    attached(world, one)
    assert kit.at(one, FULL_TEXT).state == rules.UNSEEN
    assert Retrieval.objects.get().status == rules.GOT


def test_a_report_that_someone_has_read_was_got(world):
    one = sought(world)[0]
    kit.decide(one, (world.ben, INCLUDE), stage=FULL_TEXT)
    with pytest.raises(Refused, match="read this report already"):
        actions.mark(world.ada, one, rules.GIVEN_UP, TODAY)
    there = world.at("full_text_mark", one.id)
    answer = world.browsers["Ada"].post(there, marked(rules.GIVEN_UP, note="I tried"))
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "read this report already" in shown
    assert "I tried" in shown
    assert not Retrieval.objects.exists()


def marked(status, note="", on="2/3/2026"):
    return {"status": status, "on": on, "note": note}


def test_a_report_with_a_pdf_is_not_one_that_could_not_be_got(world):
    one = sought(world)[0]
    attached(world, one)
    with pytest.raises(Refused, match="Take the PDF away first"):
        actions.mark(world.ada, one, rules.GIVEN_UP, TODAY)


def test_a_record_undone_and_included_again_is_still_one_that_could_not_be_got(world):
    one = sought(world)[0]
    actions.mark(world.ada, one, rules.GIVEN_UP, TODAY)
    deciding.undo(world.ada, kit.at(one))
    assert not Screening.objects.filter(stage=FULL_TEXT).exists()
    actions.mark(world.ada, one, rules.GIVEN_UP, TODAY)  # also when it is not sought just now
    kit.decide(one, (world.ada, INCLUDE))
    assert kit.at(one, FULL_TEXT).state == rules.NOT_GOT


def test_a_round_is_over_without_what_could_not_be_got(world):
    one, two = sought(world, 2)
    row = rounds.begin(world.ada, FULL_TEXT, 2)
    kit.decide(one, (world.ada, INCLUDE), (world.ben, INCLUDE), stage=FULL_TEXT)
    actions.mark(world.ada, two, rules.GIVEN_UP, TODAY)
    assert calibration(row).is_over


def test_a_change_of_how_many_decide_reaches_what_could_not_be_got(world):
    one = sought(world)[0]
    actions.mark(world.ada, one, rules.GIVEN_UP, TODAY)
    reviews.change_protocol(world.ada, {"each": 1})
    assert kit.at(one, FULL_TEXT).needed == 1


def test_a_record_of_another_review_is_not_there_to_be_marked_or_given_a_pdf(world):
    other = kit.imported(kit.review("Zed", "Yan")[0], 1)[0]
    with pytest.raises(Refused):
        actions.mark(world.ada, other, rules.GOT, TODAY)
    with pytest.raises(Refused):
        actions.attach(world.ada, other, [("paper.pdf", papers.PAPER)])
    assert not FullText.objects.exists()


def test_reports_are_listed_by_how_far_they_are(world):
    assert "no report is sought" in world.get("Ada", "full_texts")
    one, two = sought(world, 2)
    world.browsers["Ada"].post(
        world.at("full_text_mark", one.id), marked(rules.REQUESTED, "By e-mail")
    )
    shown = world.get("Ben", "full_texts")
    assert "Requested (1)" in shown
    assert "Not looked for yet (1)" in shown
    for status, there in ((rules.REQUESTED, one), (rules.SOUGHT, two)):
        listed = world.browsers["Ben"].get(world.at("full_texts") + f"?show={status}")
        assert there.title in listed.content.decode()
        assert listed.content.decode().count('scope="row"') == 1
    nothing = world.browsers["Ben"].get(world.at("full_texts") + "?show=bought").content.decode()
    assert "No report is so far" in nothing
    assert full_texts.counts(world.ada.review)[rules.REQUESTED] == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"status": "lost"}, "Choose one."),
        ({"on": "soon"}, "Write the day as in"),
        ({"on": "1/1/2999"}, "still to come"),
        ({"on": ""}, "Write the day."),
    ],
)
def test_what_is_marked_wrongly_is_given_back(world, sent, said):
    one = sought(world)[0]
    answer = world.browsers["Ada"].post(
        world.at("full_text_mark", one.id), {**marked(rules.REQUESTED, "my words"), **sent}
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "my words" in answer.content.decode()


# -- PDFs ---------------------------------------------------------------------------------------


def test_a_pdf_is_attached_read_shown_by_page_and_given_to_members_as_a_file(world):
    one = sought(world)[0]
    world.post("Ben", "full_text_attach", one.id, pdfs=upload(papers.PAPER, "päper.pdf"))
    assert "Its text is being read" in world.get("Ada", "full_text", one.id)
    row = FullText.objects.get()
    actions.read_text.func(str(row.id))
    shown = world.get("Ada", "full_text", one.id)
    for words in ("Page 1", "Page 2", "31 people", "&lt;b&gt;&amp;amp; more&lt;/b&gt;", "2 pages"):
        assert words in shown, words
    answer = world.browsers["Ada"].get(world.at("full_text_file", row.id))
    assert answer.content == papers.PAPER
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''p%C3%A4per.pdf"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Retrieval.objects.get().status == rules.GOT
    assert Trail.objects.get(did="full text attached").about["file"] == "päper.pdf"


def test_the_same_pdf_twice_is_said_and_attached_once(world):
    one = sought(world)[0]
    attached(world, one)
    at = world.post("Ada", "full_text_attach", one.id, pdfs=upload(papers.PAPER))
    assert "attached already" in world.browsers["Ada"].get(at).content.decode()
    assert FullText.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", pdfs.EMPTY),
        (b"PK\x03\x04 a word file", pdfs.NOT_A_PDF),
        (b"\n%PDF-1.4 late", pdfs.NOT_A_PDF),
        (b"%PDF-1.7 and nothing behind", pdfs.WRONG["broken"]),
        (b"%PDF-1.7 and nothing behind %%EOF", pdfs.WRONG["broken"]),
        (papers.PAPER[: len(papers.PAPER) // 3], pdfs.WRONG["broken"]),
        (papers.locked(), pdfs.WRONG["locked"]),
        (papers.locked(""), pdfs.WRONG["locked"]),
    ],
)
def test_what_is_no_sound_pdf_is_refused_in_plain_words_and_the_others_are_taken(
    world, content, said
):
    one = sought(world)[0]
    answer = world.browsers["Ada"].post(
        world.at("full_text_attach", one.id),
        {"pdfs": [upload(content, "odd.pdf"), upload(papers.SCAN, "scan.pdf")]},
    )
    assert answer.status_code == 422
    assert f"odd.pdf: {said}" in answer.content.decode()
    assert [row.name for row in FullText.objects.all()] == ["scan.pdf"]


def test_a_page_without_a_file_or_with_one_that_is_too_large_says_so(world, settings):
    one = sought(world)[0]
    there = world.at("full_text_attach", one.id)
    assert "Choose at least one PDF" in world.post("Ada", "full_text_attach", one.id, status=422)
    settings.FIRSTHAND_LARGEST_REPORT = 100
    settings.FIRSTHAND_LARGER_AT = {"evidence:full_text_attach": 100}
    answer = world.browsers["Ada"].post(there, {"pdfs": upload(papers.PAPER)})
    assert "larger than 50 MB" in answer.content.decode()
    settings.FIRSTHAND_LARGEST_TOGETHER = 50
    answer = world.browsers["Ada"].post(there, {"pdfs": upload(papers.PAPER)})
    assert "too much at one time" in answer.content.decode()
    assert not FullText.objects.exists()


def test_a_pdf_larger_than_other_files_may_be_is_taken_here(world, settings):
    settings.FIRSTHAND_LARGEST_FILE = 100
    one = sought(world)[0]
    world.post("Ada", "full_text_attach", one.id, pdfs=upload(papers.PAPER))
    assert bytes(FullText.objects.get().content) == papers.PAPER


def test_a_pdf_taken_away_can_be_put_back(world):
    one = sought(world)[0]
    row = attached(world, one)
    for _ in range(2):  # pressed twice
        world.post("Ben", "full_text_away", row.id)
    shown = world.get("Ada", "full_text", one.id)
    assert "was taken away" in shown
    assert "31 people" not in shown
    actions.mark(world.ada, one, rules.REQUESTED, TODAY)
    for _ in range(2):
        world.post("Ben", "full_text_back", row.id)
    assert "31 people" in world.get("Ada", "full_text", one.id)
    assert Retrieval.objects.get().status == rules.GOT
    actions.take_away(world.ada, row)
    assert not actions.attach(world.ada, one, [("again.pdf", papers.PAPER)]).again
    assert FullText.objects.get().taken_away_at is None
    assert Trail.objects.filter(did="full text taken away").count() == 2


def test_strangers_and_former_members_find_no_full_text(world):
    one = sought(world)[0]
    row = attached(world, one)
    reviews.end_member(world.ada, world.ben)
    for who in ("Eve", "Ben"):
        window = world.browsers[who]
        for name, more in (
            ("full_texts", ()), ("full_text", (one.id,)), ("full_text_file", (row.id,)),
        ):  # fmt: skip
            assert window.get(world.at(name, *more)).status_code == 404
        for name, of in (
            ("full_text_mark", one.id), ("full_text_attach", one.id), ("full_text_away", row.id),
            ("full_text_back", row.id),
        ):  # fmt: skip
            assert window.post(world.at(name, of), marked(rules.GIVEN_UP)).status_code == 404
    assert Retrieval.objects.get().status == rules.GOT


def test_a_pdf_of_another_review_is_not_there(world):
    other = World.__new__(World)
    other.ada = kit.review("Zed", "Yan")[0]
    record = kit.imported(other.ada, 1)[0]
    row = actions.attach(other.ada, record, [("secret.pdf", papers.PAPER)]).new[0]
    for name in ("full_text_file", "full_text_away", "full_text_back"):
        window = world.browsers["Ada"]
        method = window.get if name == "full_text_file" else window.post
        assert method(world.at(name, row.id)).status_code == 404
    actions.take_away(world.ada, row)  # nor by the action alone
    actions.put_back(world.ada, row)
    assert FullText.objects.get().taken_away_at is None


# -- reading it ---------------------------------------------------------------------------------


def test_at_full_text_the_report_is_read_beside_the_form_and_words_are_found_in_it(world):
    one = sought(world)[0]
    assert "Attach its PDF" in world.get("Ada", "screen_one", FULL_TEXT, one.id)
    attached(world, one)
    there = world.at("screen_one", FULL_TEXT, one.id)
    shown = world.get("Ada", "screen_one", FULL_TEXT, one.id)
    assert 'id="page-2"' in shown
    assert "Exclude" in shown
    for words, hits in (("permanent homes", 1), ("CAFE", 2), ("<b>", 1), ("zebra", 0)):
        found = world.browsers["Ada"].get(there, {"find": words}).content.decode()
        assert found.count("<mark id=") == hits, words
    found = re.sub(r"\s+", " ", world.browsers["Ada"].get(there, {"find": "café"}).content.decode())
    assert "2 places" in found
    assert "Page 2</a>: " in found
    assert 'href="#found-2"' not in found
    assert "#found-2" in found
    assert "not in it" in world.browsers["Ada"].get(there, {"find": "zebra"}).content.decode()


def test_a_long_report_is_shown_in_parts_and_a_place_found_leads_to_its_part(world):
    one = sought(world)[0]
    row = attached(world, one, papers.pdf(*(f"This is leaf {at}" for at in range(1, 121))))
    assert row.pages == PageText.objects.count() == 120
    there = world.at("full_text", one.id)
    shown = world.browsers["Ada"].get(there).content.decode()
    assert "Pages 101 to 120" in shown
    assert 'id="page-50"' in shown
    assert 'id="page-51"' not in shown
    found = world.browsers["Ada"].get(there, {"find": "leaf 77"}).content.decode()
    assert '<mark id="found-1">leaf 77</mark>' in found
    part = world.browsers["Ada"].get(there, {"from": "101", "find": "leaf 77"}).content.decode()
    assert 'id="page-120"' in part
    assert "from=51" in part
    for odd in ("0", "999999", "x", "-3", "²"):
        assert world.browsers["Ada"].get(there, {"from": odd}).status_code == 200


def test_where_a_word_is_very_often_the_first_places_are_listed(world):
    one = sought(world)[0]
    attached(world, one, papers.pdf("home " * 600))
    found = world.browsers["Ada"].get(world.at("full_text", one.id), {"find": "home"})
    assert "The first 500 places" in found.content.decode()


def test_of_several_pdfs_one_is_read_and_another_can_be_chosen(world):
    one = sought(world)[0]
    attached(world, one)
    more = attached(world, one, papers.pdf("The supplement"), "more.pdf")
    assert "31 people" in world.get("Ada", "full_text", one.id)
    there = world.at("full_text", one.id)
    assert "The supplement" in world.browsers["Ada"].get(there, {"pdf": more.id}).content.decode()
    assert "31 people" in world.browsers["Ada"].get(there, {"pdf": "odd"}).content.decode()


def test_a_pdf_of_a_record_that_was_merged_with_it_is_read_too(world):
    one, two = sought(world, 2)
    attached(world, two)
    assert "None is attached yet" in world.get("Ada", "full_text", one.id)
    kit.pair(one, two, rules.SAME)
    assert "31 people" in world.get("Ada", "screen_one", FULL_TEXT, one.id)


def test_a_scan_says_plainly_that_it_has_no_text(world):
    one = sought(world)[0]
    row = attached(world, one, papers.SCAN)
    assert row.stage == rules.FAILED
    for name, more in (("full_text", ()), ("screen_one", (FULL_TEXT,))):
        assert "it is a scan" in world.get("Ada", name, *more, one.id)


def test_a_text_that_takes_too_long_is_kept_as_far_as_it_was_read_and_says_so(world, monkeypatch):
    one, two, three = sought(world, 3)
    monkeypatch.setattr(pdfs, "texts", lambda content, pages: pdfs.Texts(("The beginning",), False))
    row = attached(world, one)
    assert (row.stage, row.why_not) == (rules.READ, pdfs.CUT_OFF)
    assert "the text ends here" in world.get("Ada", "full_text", one.id)
    monkeypatch.setattr(pdfs, "texts", lambda content, pages: pdfs.Texts((), False))
    assert attached(world, two).why_not == pdfs.TOOK_TOO_MUCH

    def broken(content, pages):
        raise OSError

    monkeypatch.setattr(pdfs, "texts", broken)
    row = attached(world, three)
    assert (row.stage, "went wrong" in row.why_not) == (rules.FAILED, True)
    actions.read_text.func(str(row.id))  # read already: nothing is done
    assert FullText.objects.get(id=row.id).stage == rules.FAILED


def test_a_pdf_whose_reader_was_killed_is_read_later(world):
    one = sought(world)[0]
    actions.attach(world.ada, one, [("paper.pdf", papers.PAPER)])
    DBTaskResult.objects.all().delete()
    actions.pick_up()
    assert not DBTaskResult.objects.exists()
    FullText.objects.update(moved_at=timezone.now() - timedelta(hours=1))
    actions.pick_up()
    actions.pick_up()
    assert DBTaskResult.objects.count() == 1


# -- the process apart --------------------------------------------------------------------------


def test_a_process_that_is_not_done_in_time_gives_what_it_has(monkeypatch):
    assert pdfs.texts(papers.PAPER, 2).whole
    assert not pdfs.texts(papers.PAPER, 2, patience=0.001).whole
    monkeypatch.setattr(pdfs, "CHECK_PATIENCE", 0.001)
    with pytest.raises(pdfs.BadPdf, match="too long to open"):
        pdfs.check(papers.PAPER)


def test_half_a_line_is_left_out():
    assert list(pdfs._lines(b'{"page": 1, "text": "x"}\n{"page": 2, "te')) == [
        {"page": 1, "text": "x"}
    ]


def test_what_the_process_apart_says(capsys, monkeypatch):
    for content, said in (
        (papers.PAPER, '"pages": 2'), (papers.locked(), '"locked"'),
        (papers.locked(""), '"locked"'), (b"%PDF-x", '"broken"'), (papers.pdf(), '"broken"'),
    ):  # fmt: skip
        pdf_apart.check(content)
        assert said in capsys.readouterr().out
    monkeypatch.setattr(pdf_apart, "MOST_PAGES", 1)
    pdf_apart.check(papers.PAPER)
    assert '"too long"' in capsys.readouterr().out
    monkeypatch.setattr(pdf_apart, "MOST_TEXT", 10)
    pdf_apart.read(papers.PAPER)
    assert '{"page": 2, "text": ""}' in capsys.readouterr().out


class Page:
    def __init__(self, found):
        self.found = found

    def extract_text(self):
        if isinstance(self.found, type):
            raise self.found
        return self.found


def test_a_strange_page_costs_no_other_page():
    assert pdf_apart._text(Page(ZeroDivisionError)) == ""
    assert pdf_apart._text(Page(None)) == ""
    assert pdf_apart._text(Page("a\x00b\ud800")) == "a\ufffdb?"
    with pytest.raises(MemoryError):
        pdf_apart._text(Page(MemoryError))


def test_the_process_apart_bounds_itself_and_does_what_it_is_asked(monkeypatch, capsys):
    set_ = []
    monkeypatch.setattr(pdf_apart.resource, "setrlimit", lambda *what: set_.append(what))
    for what in ("check", "read"):
        monkeypatch.setattr(pdf_apart.sys, "stdin", Stdin(papers.PAPER))
        pdf_apart.main(what)
    out = capsys.readouterr().out
    assert '"pages": 2' in out
    assert '"page": 1' in out
    assert len(set_) == 8


class Stdin:
    def __init__(self, content):
        self.buffer = self
        self.content = content

    def read(self):
        return self.content


def test_models_say_what_they_are(world):
    one = sought(world)[0]
    row = attached(world, one)
    assert str(row) == "paper.pdf"
    assert str(row.texts.first()) == "page 1"
    assert str(Retrieval.objects.get()).startswith("got")
