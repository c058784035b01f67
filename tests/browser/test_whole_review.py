"""A whole review on real exports in a real browser: from protocol to flow, all that lies between.

Two reviewers, a calibration round, a conflict, an undone merge, and double charting. The exports
are not part of the project: without them this is skipped.
"""

import pytest

from firsthand.config import chores
from firsthand.evidence import rules, studying
from firsthand.evidence.models import Member, Pair, Reconciled, Record, Review, Screening
from firsthand.evidence.rules import ABSTRACT, EXCLUDE, FULL_TEXT, INCLUDE
from firsthand.people import rules as roles
from tests.browser.test_review_journey import at, begin, said
from tests.browser.test_review_journey import sit as sit
from tests.browser.walk import press
from tests.evidence import charting_kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# Exports of six programs in four formats; the first two hold the same six records.
EXPORTS = {
    "asreview+asreview/tests_demo_data_ovid_psycinfo.ris": 6,
    "asreview+asreview/tests_demo_data_ovid_zotero.ris": 6,
    "mjwestgate+synthesisr/tests_testthat_testdata_Scopus_bib_example.bib": 3,
    "mjwestgate+synthesisr/tests_testthat_testdata_WoS_ciw_example.ciw": 5,
    "asreview+asreview/tests_demo_data_proquest.ris": 6,
    "holub008+nbib/tests_resources_single.nbib": 1,
}


@pytest.fixture
def exports(shared_dir):
    place = shared_dir / "data/imports"
    if not place.is_dir():
        pytest.skip("no sample exports here")
    return [place / name for name in EXPORTS]


def import_all(window, url, review, exports) -> None:
    """Write a search down and import all of its files at once."""
    window.goto(url + at("search_add", review))
    window.get_by_label("Its name").fill("Six exports")
    window.get_by_label("On which day?").fill("2/3/2026")
    window.get_by_label("The search, exactly").fill("whatever was asked")
    press(window, "Save")
    window.get_by_label("Files from this search").set_input_files(exports)
    press(window, "Import")
    chores.do_jobs()
    window.reload()
    assert Record.objects.filter(review=review).count() == sum(EXPORTS.values())


def undo_a_merge(window, url, review) -> int:
    """Undo the first merge; return how many records are screened then."""
    window.goto(url + at("duplicates", review))
    merged = Pair.objects.filter(review=review, holds=rules.SAME, ended_at=None).count()
    assert merged >= 6
    window.get_by_role("button", name="Undo").first.click()
    kept = Pair.objects.filter(review=review, holds=rules.SAME, ended_at=None).count()
    assert kept == merged - 1
    assert Pair.objects.filter(review=review, holds=rules.APART, ended_at=None).count() == 1
    return Screening.objects.filter(review=review, stage=ABSTRACT, stands=True).count()


def decide(window, url, review, choose, stage=ABSTRACT) -> None:
    """Decide, by keys, every record that comes."""
    window.goto(url + at("screen", review, stage))
    for _ in range(60):
        if window.locator("h1").inner_text().startswith("Nothing left"):
            return
        number = int(window.locator("main").inner_text().split("Record ")[1].split()[0])
        choice, reason = choose(number)
        window.wait_for_function("!document.querySelector('[data-keys]').hidden")
        if reason:
            window.keyboard.press(reason)
        with window.expect_navigation():
            window.keyboard.press(choice[0])
    raise AssertionError("there is always another")


def settle_all(window, url, review, stage, button) -> int:
    """Settle every conflict alike; return how many there were."""
    for settled in range(60):
        window.goto(url + at("conflicts", review, stage))
        links = window.locator("main section h2 a")
        if not links.count():
            return settled
        links.first.click()
        if button == "Exclude":
            window.locator("input[name=reasons]").first.check()
        press(window, button)
    raise AssertionError("there is always another")


def chart(window, url, review, study, people: str) -> None:
    """Chart a study to the end."""
    window.goto(url + at("chart", review, study.id))
    window.locator("[name=f1]").fill("Interviews")
    window.locator("[name=f2]").fill(people)
    window.locator(f"[name=f4][value={charting_kit.YES}]").check()
    window.locator("button[name=finish]").click()


def test_real_exports_go_from_protocol_to_flow(sit, live_server, exports):
    ada, ben = (someone(roles.RESEARCHER, name) for name in ("Ada Brook", "Ben Fell"))
    url = live_server.url
    window = sit(ada, "/")
    review = begin(window, url)
    import_all(window, url, review, exports)
    screened = undo_a_merge(window, url, review)

    window.goto(url + at("round_begin", review, ABSTRACT))
    window.get_by_label("How many records?").fill("4")
    press(window, "Begin")
    other = sit(ben, at("review", review))
    decide(window, url, review, lambda number: (EXCLUDE if number % 3 else INCLUDE, ""))
    decide(other, url, review, lambda number: (EXCLUDE if number % 3 == 1 else INCLUDE, ""))
    window.goto(url + at("rounds", review, ABSTRACT))
    window.get_by_role("link", name="Round 1").click()
    assert "All agreed on" in said(window)
    assert settle_all(window, url, review, ABSTRACT, "Exclude") >= 1
    included = Screening.objects.filter(review=review, stage=FULL_TEXT, stands=True).count()
    assert 4 <= included < screened

    first = min(Screening.objects.filter(stage=FULL_TEXT).values_list("number", flat=True))
    choose = lambda number: (EXCLUDE, "1") if number == first else (INCLUDE, "")  # noqa: E731
    decide(window, url, review, choose, FULL_TEXT)
    decide(other, url, review, choose, FULL_TEXT)

    charting_kit.form(Member.objects.get(review=review, user=ada.user))
    window.goto(url + at("studies", review))
    window.goto(url + at("doubles", review))
    window.get_by_label("Which share, in per cent?").fill("25")
    press(window, "Draw")
    study = next(each.row for each in studying.living(review) if each.row.needed == 2)
    chart(window, url, review, study, "12")
    other.goto(url + at("study", review, study.id))
    assert "12" not in said(other).split("Reports")[0]
    chart(other, url, review, study, "14")
    other.goto(url + at("chart_settle", review, study.id, "f2"))
    other.locator("[name=f2]").fill("13")
    other.locator("[name=reason]").fill("Table 1 says so")
    press(other, "Save this value")
    assert Reconciled.objects.get().answer["value"] == "13"

    window.goto(url + at("flow", Review.objects.get()))
    total, aside = sum(EXPORTS.values()), sum(EXPORTS.values()) - screened
    for words in (
        "By other ways not reported", f"From databases {total}",
        f"Duplicates removed before screening {aside}", f"Records screened {screened}",
        f"Reports assessed {included}", "Reports excluded 1", f"Reports included {included - 1}",
        f"Studies included {included - 1}",
    ):  # fmt: skip
        assert words in said(window), words
