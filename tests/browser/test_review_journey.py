"""A whole scoping review in a real browser, with and without JavaScript: protocol to flow.

Set FIRSTHAND_SCREENSHOTS to a directory to have each page photographed there.
"""

import re

import pytest
from django.urls import reverse

from firsthand.config import chores
from firsthand.evidence import rules
from firsthand.evidence.actions import criteria, importing, reviews, rounds
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.models import ImportFile, Review
from firsthand.evidence.rules import ABSTRACT, EXCLUDE, FULL_TEXT, INCLUDE, MAYBE
from firsthand.people import rules as roles
from tests.browser.walk import press
from tests.evidence import kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
# One record as each of five databases writes it; the last is cut off in the middle.
EXPORT = (
    "\n".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Brook, Ada\nAU  - Fell, Sam\nPY  - 20{place:02}/03//\n"
        f"T2  - Journal of Made-up Care\nVL  - {place}\nAB  - {abstract}\nKW  - harm\nER  - \n"
        for place, (title, abstract) in enumerate(
            [
                (
                    "Being moved without being asked: tenants of supported housing",
                    "We asked 31 people.",
                ),
                ("Direct payments and who decides", "Interviews with people who employ helpers."),
                ("Pain relief after surgery in dogs", "A trial with 40 dogs."),
                ("What people say of crisis houses", "A survey of 212 people. Most felt heard."),
            ],
            start=11,
        )
    )
    + "TY  - JOUR\nTI  - Waiting for a care assessment: a diary st"
)


def at(name, review, *more):
    return reverse(f"evidence:{name}", args=[review.id, *more])


@pytest.fixture
def sit(open_page, live_server):
    """Open a page as someone who is signed in and holds their keys."""

    def opened(person, path, **kwargs):
        window = open_page("/about/", **kwargs)
        sitting = person.browser().cookies["sitting"].value
        window.context.add_cookies([{"name": "sitting", "value": sitting, "url": live_server.url}])
        window.goto(live_server.url + path)
        return window

    return opened


def said(window) -> str:
    return re.sub(r"\s+", " ", window.locator("main").inner_text())


# -- the journey --------------------------------------------------------------------------------


def begin(window, url: str) -> Review:
    """Protocol, two criteria, a second reviewer."""
    window.goto(f"{url}/you/desk/")
    window.get_by_role("link", name="Evidence reviews").click()
    window.get_by_role("link", name="Begin a review").click()
    window.get_by_label("Title of the review").fill("Harm in social care (made up)")
    press(window, "Begin")
    assert "Write the question" in said(window)
    window.get_by_label("What is the question?").fill("What harms do people name?")
    press(window, "Begin")
    window.get_by_role("link", name="write down the criteria").click()
    window.get_by_label("What does it say?").fill("About people who use social care")
    press(window, "Add it")
    window.get_by_role("link", name="Add a criterion").click()
    window.get_by_label("must not meet it").check()
    window.get_by_label("What does it say?").fill("About animals")
    press(window, "Add it")
    review = Review.objects.get()
    window.goto(url + at("members", review))
    window.get_by_label("Who is to take part?").select_option(label="Ben Fell, Researcher")
    press(window, "Add")
    assert "Ben Fell takes part now" in window.locator("body").inner_text()
    return review


def search_and_import(window, url: str, review: Review) -> None:
    window.goto(url + at("searches", review))
    window.get_by_role("link", name="Write down a search").click()
    window.get_by_label("Its name").fill("PsycINFO")
    window.get_by_label("Platform").fill("Ovid")
    window.get_by_label("On which day?").fill("2/3/2026")
    window.get_by_label("The search, exactly").fill("(harm* OR iatrogen*) AND social care")
    window.get_by_label("How many did it find?").fill("5")
    press(window, "Save")
    file = {"name": "psycinfo.ris", "mimeType": "text/plain", "buffer": EXPORT.encode()}
    for expected in ("One file is being read", "psycinfo.ris is here already"):
        window.get_by_label("Files from this search").set_input_files(file)
        press(window, "Import")
        assert expected in window.locator("body").inner_text()
    chores.do_jobs()
    window.reload()
    window.get_by_role("link", name="psycinfo.ris").click()
    assert "5 records, 1 problem" in said(window)
    assert "Problems" in said(window)


def decide_all(window, url: str, review: Review, choose, js: bool, stage: str = ABSTRACT) -> None:
    """Decide every record that comes: by keys where there are scripts, by buttons otherwise."""
    window.goto(url + at("screen", review, stage))
    for _ in range(9):
        title = window.locator("h1").inner_text()
        if title.startswith("Nothing left"):
            return
        choice, reason = choose(title)
        if js:
            window.wait_for_function("!document.querySelector('[data-keys]').hidden")
            if reason:
                window.keyboard.press(reason)
            with window.expect_navigation():
                window.keyboard.press(choice[0])
        else:
            if reason:
                window.locator(f"input[name=reasons][value='{reason}']").check()
            press(window, choice.title())
    raise AssertionError("there is always another")


def ada_says(title: str) -> tuple[str, str]:
    return (EXCLUDE, "2") if "dogs" in title else (INCLUDE, "")


def ben_says(title: str) -> tuple[str, str]:
    if "Direct payments" in title:
        return EXCLUDE, "1"
    return (MAYBE, "") if "crisis" in title else ada_says(title)


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_a_review_goes_from_protocol_to_flow(sit, live_server, js):
    ada, ben = (someone(roles.RESEARCHER, name) for name in ("Ada Brook", "Ben Fell"))
    url = live_server.url
    window = sit(ada, "/", js=js)
    review = begin(window, url)
    search_and_import(window, url, review)

    window.goto(url + at("rounds", review, ABSTRACT))
    window.get_by_role("link", name="Begin a round").click()
    window.get_by_label("How many records?").fill("3")
    press(window, "Begin")
    undo_once(window, url, review)
    decide_all(window, url, review, ada_says, js)
    other = sit(ben, at("screen", review, ABSTRACT), js=js)
    assert "We asked 31 people." not in said(window)  # nothing left for her
    decide_all(other, url, review, ben_says, js)

    window.goto(url + at("rounds", review, ABSTRACT))
    window.get_by_role("link", name="Round 1").click()
    assert "All agreed on" in said(window)
    window.goto(url + at("conflicts", review, ABSTRACT))
    for note in ("We talked it over.", "Sure now."):
        window.locator("main h2 a").first.click()
        window.get_by_label("Note").fill(note)
        press(window, "Include")
    assert "Nothing is to be settled" in said(window)

    decide_all(window, url, review, lambda title: (INCLUDE, ""), js, FULL_TEXT)
    decide_all(other, url, review, full_text, js, FULL_TEXT)
    window.goto(url + at("conflicts", review, FULL_TEXT))
    window.locator("main h2 a").first.click()
    press(window, "Exclude")
    assert "Choose at least one criterion" in said(window)
    window.locator("input[name=reasons][value='1']").check()
    press(window, "Exclude")
    window.goto(url + at("flow", review))
    for words in (
        "From databases 5", "Records screened 5", "Records excluded 1", "Reports sought 4",
        "Reports assessed 4", "Reports excluded 1", "Excluded by criterion 1 1",
        "Reports included 3",
    ):  # fmt: skip
        assert words in said(window), words
    drawn = "document.querySelector('picture img').naturalWidth"
    window.wait_for_function(f"{drawn} > 0")
    assert window.evaluate(drawn) > 500
    with window.expect_download() as sent:
        window.get_by_role("link", name="PDF").click()
    assert sent.value.suggested_filename == "flow.pdf"


def undo_once(window, url: str, review: Review) -> None:
    """Decide by mistake, and take it back."""
    window.goto(url + at("screen", review, ABSTRACT))
    title = window.locator("h1").inner_text()
    window.get_by_label("Note").fill("a slip")
    press(window, "Maybe")
    press(window, "Undo my last decision")
    assert window.locator("h1").inner_text() == title
    assert window.get_by_label("Note").input_value() == "a slip"
    window.get_by_label("Note").fill("")


def full_text(title: str) -> tuple[str, str]:
    return (EXCLUDE, "1") if "Waiting" in title else (INCLUDE, "")


# -- each page ----------------------------------------------------------------------------------


def filled():
    """A review in which every page has something to show."""
    people = [someone(roles.RESEARCHER, name) for name in ("Ada Brook", "Ben Fell")]
    ada = reviews.make(
        people[0].user,
        {**kit.PROTOCOL, "population": "People who use mental health social care",
         "databases": "PsycINFO\nASSIA", "dates": "1990 to June 2026"},
    )  # fmt: skip
    ben = reviews.add_member(ada, people[1].user, rules.REVIEWER)
    first = criteria.add(ada, INCLUDE, "About people who use social care")
    criteria.reword(ada, first, "About people who use mental health social care", "Too wide")
    animals = criteria.add(ada, EXCLUDE, "About animals")
    criteria.retire(ada, criteria.add(ada, EXCLUDE, "Before 1990"), "The search has this limit")
    run = kit.searches.add(ada, kit.SEARCH)
    files = [("psycinfo.ris", EXPORT.encode()), ("photo.png", b"\x89PNG\r\n\x1a\n")]
    importing.take(ada, run, files)
    chores.do_jobs()
    importing.take(ada, run, [("waiting.ris", EXPORT.replace("dogs", "cats").encode())])
    round_ = rounds.begin(ada, ABSTRACT, 2, seed=5)
    records = list(ada.review.records.all())
    spare = [each for each in records if kit.at(each).round_id is None][-1]
    for each in records:
        if each == spare:
            continue
        row = kit.at(each)
        deciding.decide(ada, row, INCLUDE, "Their own words.")
        differs = each.number % 2
        deciding.decide(ben, row, EXCLUDE if differs else INCLUDE, "Is it?", [animals] * differs)
    return people[0], ada.review, records, run, round_, first


def pages():
    person, review, records, run, round_, first = filled()
    failed = ImportFile.objects.get(name="photo.png")
    read = ImportFile.objects.get(name="psycinfo.ris")
    conflict = review.screenings.filter(state=rules.CONFLICT).first()
    yield person, "reviews", reverse("evidence:reviews")
    yield person, "new", reverse("evidence:new")
    yield person, "example", reverse("evidence:example")
    for name, *more in (
        ("review",), ("protocol",), ("history",), ("members",), ("criteria",), ("criterion_add",),
        ("criterion", first.id), ("criterion_retire", first.id), ("searches",), ("search_add",),
        ("search", run.id), ("imported", read.id), ("imported", failed.id),
        ("record", conflict.record_id), ("screen", ABSTRACT), ("screen", FULL_TEXT),
        ("screen_one", ABSTRACT, records[0].id), ("conflicts", ABSTRACT),
        ("resolve", ABSTRACT, conflict.record_id), ("rounds", ABSTRACT),
        ("round", ABSTRACT, round_.id), ("round_begin", ABSTRACT), ("flow",),
    ):  # fmt: skip
        last = str(more[-1])[:9] if more else ""
        yield person, f"{name}-{last}".strip("-"), at(name, review, *more)


def test_each_page_is_right_by_axe_and_needs_no_sideways_scrolling(sit, looked):
    window = None
    for person, name, path in pages():
        window = window or sit(person, path)
        window.goto(re.sub(r"(//[^/]+).*", r"\1", window.url) + path)
        looked(window, name)


def test_keys_can_be_switched_off_and_do_nothing_where_one_types(sit):
    person, review, *_ = filled()
    window = sit(person, at("screen", review, ABSTRACT))
    there = window.url
    window.get_by_label("Note").press("e")
    window.get_by_role("button", name="Keys are on").click()
    window.keyboard.press("e")
    window.reload()
    assert window.get_by_role("button", name="Keys are off").is_visible()
    window.keyboard.press("i")
    assert window.url == there


def test_u_takes_back_where_one_looks_at_ones_own_decision(sit):
    person, review, *_ = filled()
    row = review.screenings.filter(state=rules.INCLUDED).first()
    window = sit(person, at("screen_one", review, ABSTRACT, row.record_id))
    window.wait_for_function("!document.querySelector('[data-keys]').hidden")
    with window.expect_navigation():
        window.keyboard.press("u")
    assert "Your decision is taken back" in window.locator("body").inner_text()
    assert window.get_by_label("Note").input_value() == "Their own words."
